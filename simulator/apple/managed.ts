import { createHash } from 'node:crypto'
import { decode, type Dict, dict, list, str } from '@muster/wire/plist/plist.ts'
import { bundleOf, everything } from '../outside/store/catalog.ts'
import { take } from './behavior.ts'
import type { AppleDevice, Enrollment } from './device.ts'
import { fetchAsDevice } from './line.ts'
import { restrictionsIn } from './profile-rules.ts'

/** How far an app of management is, in the words of ManagedApplicationList. */
export type ManagedState =
  | 'Queued'
  | 'Prompting'
  | 'PromptingForManagement'
  | 'Installing'
  | 'Managed'
  | 'ManagedButUninstalled'
  | 'UserRejected'
  | 'ManagementRejected'
  | 'UserInstalledApp'
  | 'Failed'

/** An app that management put there or wants to. */
export interface ManagedApp {
  identifier: string
  name: string
  version: string
  state: ManagedState
  /** Identifier of the declaration that brought it; by command when absent. */
  declaration?: string
  /** Why a declared one is not there. */
  reason?: string
  /** Bits of ManagementFlags. */
  flags: number
  configuration?: Dict
  attributes?: Dict
  removable: boolean
}

/** What is asked for: by the store's number, or by a manifest. */
export interface Wanted {
  storeId?: number
  manifest?: string
  declaration?: string
  flags?: number
  takeOver?: boolean
  configuration?: Dict
  attributes?: Dict
  removable?: boolean
}

/** Begins to install an app; answers it in the state it is in at once. */
export async function bring(device: AppleDevice, enrollment: Enrollment, wanted: Wanted): Promise<ManagedApp> {
  const { interior } = device
  const what = await described(device, enrollment, wanted)
  const before = interior.managed.get(what.identifier)
  const app: ManagedApp = {
    ...what,
    state: 'Queued',
    flags: wanted.flags ?? 0,
    removable: wanted.removable ?? true,
    ...(wanted.declaration === undefined ? {} : { declaration: wanted.declaration }),
    ...(wanted.configuration === undefined ? {} : { configuration: wanted.configuration }),
    ...(wanted.attributes === undefined ? {} : { attributes: wanted.attributes }),
  }
  interior.managed.set(app.identifier, app)
  const own = interior.apps.some(a => a.identifier === app.identifier) && before === undefined
  const words = [app.identifier, String(wanted.storeId ?? '')]
  if (what.reason !== undefined) app.state = 'Failed'
  else if (take(device.behavior, ['fail-app'], words)) fail(app, 'Error.InstallFailed')
  else if (own && wanted.takeOver !== true) {
    app.state = 'UserInstalledApp'
    app.reason = 'Error.UnmanagedAppAlreadyInstalled'
  } else if (own) app.state = interior.supervised ? 'Installing' : 'PromptingForManagement'
  else if (interior.supervised || before?.state === 'Managed') app.state = 'Installing'
  else app.state = 'Prompting'
  if (app.state.startsWith('Prompting') && take(device.behavior, ['decline-app'], words)) decline(app)
  return app
}

function fail(app: ManagedApp, reason: string): void {
  app.state = 'Failed'
  app.reason = reason
}

function decline(app: ManagedApp): void {
  app.state = app.state === 'Prompting' ? 'UserRejected' : 'ManagementRejected'
  app.reason = 'Error.UserRejected'
}

/** Goes on with everything that is on its way: what installs is there, and the owner answers what they are asked unless they let it wait. */
export function goOn(device: AppleDevice): void {
  for (const app of device.interior.managed.values()) {
    if (app.state.startsWith('Prompting')) answerPrompt(device, app.identifier, device.options.prompts ?? 'accept')
    if (app.state === 'Queued' || app.state === 'Installing') settle(device, app)
  }
}

/** The owner answers what the device asks about an app, or lets it wait. */
export function answerPrompt(device: AppleDevice, identifier: string, how: 'accept' | 'decline' | 'wait'): boolean {
  const app = device.interior.managed.get(identifier)
  if (!app?.state.startsWith('Prompting') || how === 'wait') return false
  if (how === 'decline') decline(app)
  else settle(device, app)
  return true
}

function settle({ interior, chance }: AppleDevice, app: ManagedApp): void {
  app.state = 'Managed'
  delete app.reason
  const there = {
    identifier: app.identifier,
    name: app.name,
    version: app.version,
    shortVersion: app.version,
    bundleSize: 4_000_000 + chance.below(300_000_000),
    dynamicSize: 0,
  }
  interior.apps = [...interior.apps.filter(a => a.identifier !== app.identifier), there]
}

/** Takes an app of management away; false when it is none. */
export function drop({ interior }: AppleDevice, identifier: string): boolean {
  const app = interior.managed.get(identifier)
  if (!app) return false
  interior.managed.delete(identifier)
  if (app.state !== 'UserInstalledApp') interior.apps = interior.apps.filter(a => a.identifier !== identifier)
  return true
}

/** Management ends: what it put there goes with it, but for what was meant to stay. */
export function dropAll(device: AppleDevice): void {
  for (const app of [...device.interior.managed.values()])
    if (app.declaration !== undefined || (app.flags & 1) !== 0) drop(device, app.identifier)
  device.interior.managed.clear()
}

type Described = Pick<ManagedApp, 'identifier' | 'name' | 'version' | 'reason'>

async function described(device: AppleDevice, enrollment: Enrollment, wanted: Wanted): Promise<Described> {
  if (wanted.manifest !== undefined) return fromManifest(device, enrollment, wanted.manifest)
  const id = wanted.storeId ?? 0
  const sold = everything.find(a => a.id === id)
  const identifier = bundleOf(id) ?? `unknown.${id}`
  return {
    identifier,
    name: sold?.name ?? identifier,
    version: sold?.version ?? '1.0',
    ...(sold ? {} : { reason: 'Error.InvalidAppID' }),
  }
}

/** Reads a manifest and downloads what it names, in parts as large as its sums; bytes that are others than promised are not installed. */
async function fromManifest(device: AppleDevice, enrollment: Enrollment, url: string): Promise<Described> {
  const reply = await fetchAsDevice(device, enrollment, url)
  const nothing = {
    identifier: `manifest.${createHash('sha256').update(url).digest('hex').slice(0, 12)}`,
    name: '',
    version: '',
  }
  if (reply.status !== 200) return { ...nothing, reason: 'Error.DownloadFailed' }
  const [item] = list(dict(decode(reply.body)), 'items') ?? []
  const about = dict(dict(item)['metadata'])
  const identifier = str(about, 'bundle-identifier') ?? ''
  const said = { identifier, name: str(about, 'title') ?? '', version: str(about, 'bundle-version') ?? '' }
  const [asset] = list(dict(item), 'assets') ?? []
  const file = await fetchAsDevice(device, enrollment, str(dict(asset), 'url') ?? '')
  if (file.status !== 200) return { ...said, reason: 'Error.DownloadFailed' }
  const size = Number(dict(asset)['sha256-size'] ?? file.body.length)
  const sums = (list(dict(asset), 'sha256s') ?? []).map(String)
  const right = sums.every((sum, i) => {
    const part = file.body.subarray(i * size, (i + 1) * size)
    return createHash('sha256').update(part).digest('hex') === sum
  })
  device.ledger.downloads.push({ url: str(dict(asset), 'url') ?? '', bytes: file.body.length })
  return right ? said : { ...said, reason: 'Error.DownloadFailed' }
}

/** The app as `app.managed.list` tells of it. */
export function declaredWord(app: ManagedApp): Record<string, unknown> {
  const states: Readonly<Record<ManagedState, string>> = {
    Queued: 'queued',
    Prompting: 'prompting-for-consent',
    PromptingForManagement: 'prompting-for-management',
    Installing: 'installing',
    Managed: 'managed',
    ManagedButUninstalled: 'managed-but-uninstalled',
    UserRejected: 'failed',
    ManagementRejected: 'failed',
    UserInstalledApp: 'failed',
    Failed: 'failed',
  }
  return {
    identifier: app.identifier,
    'declaration-identifier': app.declaration,
    name: app.name,
    state: states[app.state],
    ...(app.state === 'Managed' ? { version: app.version, 'short-version': app.version } : {}),
    ...(app.reason === undefined ? {} : { reasons: [{ code: app.reason, description: 'It was told to fail.' }] }),
  }
}

/** Whether the person may take this app away. */
export function mayRemove(device: AppleDevice, identifier: string): boolean {
  const app = device.interior.managed.get(identifier)
  if (app && (app.declaration !== undefined || !app.removable)) return false
  return restrictionsIn(device.interior.profiles.values(), device.interior.supervised).get('allowAppRemoval') !== false
}
