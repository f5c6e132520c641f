import type { AppleDevice } from './device.ts'
import type { App } from './interior.ts'
import { mayRemove } from './managed.ts'
import { appListsIn, restrictionsIn } from './profile-rules.ts'

/** An app as somebody finds it in the store. */
export interface AppWish {
  identifier: string
  name: string
}

/** What people install and take away again when nobody asks them to. */
const wanted: readonly AppWish[] = [
  { identifier: 'com.zhiliaoapp.musically', name: 'TikTok' },
  { identifier: 'com.whatsapp.WhatsApp', name: 'WhatsApp' },
  { identifier: 'com.valvesoftware.Steam', name: 'Steam' },
  { identifier: 'com.netflix.Netflix', name: 'Netflix' },
  { identifier: 'jp.naver.line', name: 'LINE' },
  { identifier: 'com.nordvpn.NordVPN', name: 'NordVPN' },
]

/** The owner installs an app from the store; a supervised device on which that is not allowed has no store to do it from. */
export function installApp(device: AppleDevice, wish: AppWish): 'installed' | 'there' | 'refused' {
  const { interior } = device
  if (interior.apps.some(app => app.identifier === wish.identifier)) return 'there'
  const limits = restrictionsIn(interior.profiles.values(), interior.supervised)
  if (limits.get('allowAppInstallation') === false || limits.get('allowUIAppInstallation') === false) return 'refused'
  interior.apps = [...interior.apps, appOf(device, wish)]
  return 'installed'
}

/** The owner takes an app away. */
export function removeApp(device: AppleDevice, identifier: string): 'removed' | 'absent' | 'refused' {
  const { interior } = device
  if (!interior.apps.some(app => app.identifier === identifier)) return 'absent'
  if (!mayRemove(device, identifier)) return 'refused'
  const managed = interior.managed.get(identifier)
  if (managed) managed.state = 'ManagedButUninstalled'
  interior.apps = interior.apps.filter(app => app.identifier !== identifier)
  return 'removed'
}

/** The apps that can be seen and opened: what is blocked, or not on a list of the only ones, stays installed and is hidden. */
export function openableApps(device: AppleDevice): App[] {
  const { interior } = device
  const { allowed, blocked } = appListsIn(interior.profiles.values(), interior.supervised)
  return interior.apps.filter(
    app => !blocked.has(app.identifier) && (allowed === undefined || allowed.includes(app.identifier)),
  )
}

/** One change of mind of the owner, drawn from the device's own chance: an app comes, or one that came so goes. Answers what was tried. */
export function changeApps(device: AppleDevice): { did: 'install' | 'remove'; app: AppWish; how: string } {
  const app = device.chance.pick(wanted)
  const there = device.interior.apps.some(one => one.identifier === app.identifier)
  return there
    ? { did: 'remove', app, how: removeApp(device, app.identifier) }
    : { did: 'install', app, how: installApp(device, app) }
}

function appOf({ chance }: AppleDevice, { identifier, name }: AppWish): App {
  const major = 1 + chance.below(26)
  return {
    identifier,
    name,
    shortVersion: `${major}.${chance.below(12)}`,
    version: String(major * 1000 + chance.below(1000)),
    bundleSize: 4_000_000 + chance.below(300_000_000),
    dynamicSize: chance.below(90_000_000),
  }
}
