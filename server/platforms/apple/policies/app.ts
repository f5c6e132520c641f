import type { Dict, Plist } from '@muster/wire/plist/plist.ts'
import { Real } from '@muster/wire/plist/value.ts'
import type { Json } from '../../../areas/policies/index.ts'
import type { AppSpec } from '../apps/spec.ts'
import type { AppOrder, DeclarationSet } from './artifact.ts'
import { flagOf, given, isValues, type Pen, secretIn, textOf, textsOf, type Values, type Writer } from './pen.ts'
import { declares, older, systemOf } from './target.ts'
import { tunnelUuid } from './ties.ts'

const managedType = 'com.apple.configuration.app.managed'
const packageType = 'com.apple.configuration.package'

/** That an app is there, offered, gone or not to be used. */
export const app: Writer = (value, pen) => {
  const { on } = pen
  const spec = pen.app()
  const presence = textOf(value['presence'])
  // Before anything is known of it, as when it is only looked where it goes.
  if (spec === undefined)
    return { displayName: 'App', order: { app: textOf(value['app']) ?? '', does: 'look', command: {} } }
  if (spec === null) return { refused: 'app-gone' }
  if (spec.platform !== systemOf(on)) return { refused: 'app-other-platform' }
  if (presence === 'forbidden') return forbid(spec, pen)
  if (presence === 'removed') return { displayName: spec.name, order: removal(spec) }
  if (presence === 'available' && !spec.asked) return { refused: 'app.not-asked' }
  if (spec.kind === 'web') return clip(spec, value, pen)
  if (!spec.seated) return { refused: 'app.seat' }
  if (spec.kind === 'book') return book(spec, pen)
  if (spec.kind === 'file' && !spec.release) return { refused: 'app-no-release' }
  if (spec.release?.minimumOs && older(on, spec.release.minimumOs)) return { refused: 'app-needs-newer-os' }
  if (spec.needsSeat && on.enrollment === 'user-enrollment' && textOf(value['seat']) !== 'user')
    return { refused: 'app-user-seat-only' }
  const order = install(spec, value, pen)
  return { displayName: spec.name, native: declared(spec, value, pen), order }
}

function removal({ id, bundle, storeId, kind }: AppSpec): AppOrder {
  const command: Dict =
    kind === 'book'
      ? { RequestType: 'RemoveMedia', MediaType: 'Book', iTunesStoreID: Number(storeId) }
      : { RequestType: 'RemoveApplication', Identifier: bundle ?? '' }
  return { app: id, does: 'remove', command }
}

/** Supervised devices hide what is blocked; what management put there it takes away as well. */
function forbid(spec: AppSpec, pen: Pen): ReturnType<Writer> {
  const { on } = pen
  if (spec.bundle === null) return { refused: 'app-kind' }
  const blocks = systemOf(on) === 'ios' && on.supervised === true
  if (!blocks) return { displayName: spec.name, order: removal(spec) }
  const key = older(on, '15') ? 'blacklistedAppBundleIDs' : 'blockedAppBundleIDs'
  pen.add('com.apple.applicationaccess', 'forbidden', { [key]: [spec.bundle] }, spec.name)
  return { displayName: spec.name, needsSupervision: true }
}

/** A web app is a payload of its own, on every system that has a home screen. */
function clip(spec: AppSpec, value: Values, pen: Pen): ReturnType<Writer> {
  if (pen.on.platform === 'tvos') return { refused: 'app-kind' }
  const content = given({
    URL: spec.address ?? '',
    Label: spec.name,
    IsRemovable: flagOf(value['removable']) ?? true,
    FullScreen: pen.on.platform === 'macos' ? undefined : flagOf(value['fullScreen']),
    Icon: spec.icon === null ? undefined : new Uint8Array(Buffer.from(spec.icon, 'base64')),
  })
  pen.add('com.apple.webClip.managed', 'clip', content, spec.name)
  return { displayName: spec.name }
}

function book(spec: AppSpec, { on }: Pen): ReturnType<Writer> {
  if (systemOf(on) !== 'ios') return { refused: 'app-kind' }
  const command: Dict = { RequestType: 'InstallMedia', MediaType: 'Book', iTunesStoreID: Number(spec.storeId) }
  return { displayName: spec.name, order: { app: spec.id, does: 'install', command } }
}

/** The command that installs an app (Apple: Install Application; on a Mac with a package of its own: Install Enterprise Application). */
function install(spec: AppSpec, value: Values, pen: Pen): AppOrder {
  const { on } = pen
  const mac = systemOf(on) === 'macos'
  const keeps = flagOf(value['leaveOnEnd']) === true ? 0 : 1
  const backup = flagOf(value['backup']) === false ? 4 : 0
  const managed = !mac || !older(on, '11')
  if (mac && spec.release) {
    const command = given({
      RequestType: 'InstallEnterpriseApplication',
      ManifestURL: spec.release.manifest,
      InstallAsManaged: managed ? true : undefined,
      ManagementFlags: managed ? keeps : undefined,
    })
    return { app: spec.id, does: 'install', command }
  }
  const command = given({
    RequestType: 'InstallApplication',
    ...(spec.release ? { ManifestURL: spec.release.manifest } : { iTunesStoreID: Number(spec.storeId) }),
    Options: spec.release ? undefined : { PurchaseMethod: spec.needsSeat ? 1 : 0 },
    ManagementFlags: keeps + backup,
    ChangeManagementState: flagOf(value['takeOver']) === true && managed ? 'Managed' : undefined,
    InstallAsManaged: mac && managed ? true : undefined,
    Configuration: configuration(value['config'], pen),
    Attributes: filled(attributes(value, pen)),
  })
  return { app: spec.id, does: 'install', command }
}

function attributes(value: Values, { on }: Pen): Dict {
  if (systemOf(on) === 'tvos') return given({ Removable: flagOf(value['removable']) })
  const domains = textsOf(value['domains'])
  const phone = systemOf(on) === 'ios'
  return given({
    VPNUUID: tunnelUuid(textOf(value['vpn'])),
    ContentFilterUUID: phone ? textOf(value['contentFilter']) : undefined,
    DNSProxyUUID: phone ? textOf(value['dnsProxy']) : undefined,
    RelayUUID: phone ? textOf(value['relay']) : undefined,
    CellularSliceUUID: phone ? textOf(value['cellularSlice']) : undefined,
    AssociatedDomains: domains.length > 0 ? domains : undefined,
    AssociatedDomainsEnableDirectDownloads: flagOf(value['directDownloads']),
    Removable: phone ? flagOf(value['removable']) : undefined,
    TapToPayScreenLock: phone ? flagOf(value['tapToPayLock']) : undefined,
    Hideable: phone && on.supervised === true ? flagOf(value['hideable']) : undefined,
    Lockable: phone && on.supervised === true ? flagOf(value['lockable']) : undefined,
  })
}

function filled(value: Dict): Dict | undefined {
  return Object.keys(value).length > 0 ? value : undefined
}

/** What only the command can say: with one of these the app goes by command. */
const commandOnly = ['config', 'takeOver', 'hideable', 'lockable', 'leaveOnEnd'] as const

/** The declaration that says the same, where the system knows it and it says all (Apple: App: Managed; Package). */
function declared(spec: AppSpec, value: Values, { on }: Pen): DeclarationSet | undefined {
  if (commandOnly.some(key => value[key] !== undefined)) return undefined
  // Declared and required, it could not be taken away; declared and optional, it would wait for somebody to ask once more.
  if (flagOf(value['removable']) === true || textOf(value['presence']) === 'available') return undefined
  if (spec.release && systemOf(on) === 'macos') {
    if (!declares(on, packageType, { macos: '26' })) return undefined
    const payload = { ManifestURL: spec.release.manifest, InstallBehavior: { Install: 'Required' } }
    return { configuration: [{ name: 'package', type: packageType, payload }], assets: [] }
  }
  if (!declares(on, managedType, { ios: '17.2', macos: '26' })) return undefined
  const user = textOf(value['seat']) === 'user'
  const payload = {
    ...(spec.release ? { ManifestURL: spec.release.manifest } : { AppStoreID: spec.storeId ?? '' }),
    InstallBehavior: { Install: 'Required', ...(spec.release ? {} : license(user, on)) },
    ...updates(value, on),
    ...backedUp(value),
    ...(systemOf(on) === 'ios' ? declaredAttributes(value) : {}),
  }
  return { configuration: [{ name: 'app', type: managedType, payload }], assets: [] }
}

function license(user: boolean, on: Pen['on']): { License: Values } {
  const kind = user ? 'User' : 'Device'
  const old = older(on, systemOf(on) === 'ios' ? '18' : '15')
  return { License: old ? { VPPType: kind } : { Assignment: kind } }
}

const automatic: Readonly<Record<string, string>> = { always: 'AlwaysOn', never: 'AlwaysOff', store: 'StoreSettings' }

function updates(value: Values, on: Pen['on']): Values {
  const said = automatic[textOf(value['updates']) ?? '']
  return said && !older(on, '26') ? { UpdateBehavior: { AutomaticAppUpdates: said } } : {}
}

function backedUp(value: Values): Values {
  const said = flagOf(value['backup'])
  return said === undefined ? {} : { IncludeInBackup: said }
}

function declaredAttributes(value: Values): Values {
  const domains = textsOf(value['domains'])
  const all: Record<string, Json | undefined> = {
    AssociatedDomains: domains.length > 0 ? domains : undefined,
    AssociatedDomainsEnableDirectDownloads: flagOf(value['directDownloads']),
    CellularSliceUUID: textOf(value['cellularSlice']),
    ContentFilterUUID: textOf(value['contentFilter']),
    DNSProxyUUID: textOf(value['dnsProxy']),
    RelayUUID: textOf(value['relay']),
    TapToPayScreenLock: flagOf(value['tapToPayLock']),
    VPNUUID: tunnelUuid(textOf(value['vpn'])),
  }
  const said = Object.fromEntries(Object.entries(all).flatMap(([k, v]) => (v === undefined ? [] : [[k, v] as const])))
  return Object.keys(said).length > 0 ? { Attributes: said } : {}
}

/** The configuration as the app reads it, secrets opened and forms in their own types. */
function configuration(value: Json | undefined, pen: Pen): Dict | undefined {
  if (!isValues(value) || Object.keys(value).length === 0) return undefined
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => {
      const plain = plistOf(one, pen)
      return plain === undefined ? [] : [[key, plain] as const]
    }),
  )
}

function plistOf(value: Json, pen: Pen): Plist | undefined {
  if (value === null) return undefined
  if (secretIn(value) !== null) return pen.secret(value)
  if (Array.isArray(value)) return value.flatMap(v => plistOf(v, pen) ?? [])
  if (!isValues(value)) return value as string | number | boolean
  const { $data, $date, $real } = value
  if (typeof $data === 'string') return new Uint8Array(Buffer.from($data, 'base64'))
  if (typeof $date === 'string') return new Date($date)
  if (typeof $real === 'number') return new Real($real)
  return configuration(value, pen) ?? {}
}
