import type { Json } from '../../areas/policies/index.ts'
import * as held from './compile-held.ts'
import { onc } from './compile-onc.ts'
import { lockScreen, osUpdate, passcode, restrictions, singleApp } from './compile-ours.ts'
import { type Compiled, type Fields, isFields, type Part } from './compiled.ts'
import { type Mode, modes } from './modes.ts'
import { policyKind } from './policies/vendor.ts'

/** One thing a device should have, as it goes into a policy. */
export interface Wanted {
  readonly item: string
  readonly kind: string
  readonly value: Json
}

/** What a policy is made for. */
export interface For {
  readonly mode: Mode
  /** Package names by the ids of the catalog's apps. */
  readonly packages: ReadonlyMap<string, string>
}

/** What every policy says: what devices report. Of somebody's own device it is the work profile alone, and less. */
export function basePolicy(mode: Mode): Fields {
  const whole = mode !== 'work-profile'
  return {
    statusReportingSettings: {
      applicationReportsEnabled: true,
      softwareInfoEnabled: true,
      deviceSettingsEnabled: true,
      ...(whole ? { memoryInfoEnabled: true, networkInfoEnabled: true } : {}),
    },
  }
}

const makers: Readonly<Record<string, (value: Fields, mode: Mode) => Part | null>> = {
  passcode,
  restrictions,
  'os-update': osUpdate,
  'lock-screen': lockScreen,
  'single-app': singleApp,
  kiosk: held.kiosk,
  'private-dns': held.privateDns,
  'app-permissions': held.appPermissions,
  encryption: held.encryption,
  'work-time': held.workTime,
  vpn: held.vpn,
  'work-and-personal': held.workAndPersonal,
  location: held.location,
  accounts: held.accounts,
  'reset-protection': held.resetProtection,
}

/** Whether anybody has written how this kind is said to devices held so; else the code of why not. Pure. */
export function placeOf(kind: string, value: Json, mode: string): true | string {
  const held = modes.find(m => m === mode)
  if (!held) return 'honor.no-such-setting'
  const part = partOf({ item: '', kind, value }, { mode: held, packages: new Map() })
  if (part === null) return 'honor.no-such-setting'
  if (typeof part === 'string') return part
  const none = Object.keys(part.fields).length === 0 && part.apps.length === 0
  return none && part.left.length > 0 && kind !== 'app' ? 'honor.no-such-setting' : true
}

/** The one policy that says all of these, and which field of it comes from which item. Pure; the same items give the same policy, in whatever order. */
export function compile(wanted: readonly Wanted[], on: For): Compiled {
  const policy: Fields = { ...basePolicy(on.mode) }
  const origin = new Map<string, string[]>()
  const packages = new Map<string, string[]>()
  const refused = new Map<string, string>()
  const applications = new Map<string, Fields>()
  for (const one of [...wanted].sort((a, b) => (a.item < b.item ? -1 : 1))) {
    const part = partOf(one, on)
    if (part === null || typeof part === 'string') {
      refused.set(one.item, part ?? 'honor.no-such-setting')
      continue
    }
    for (const [field, value] of Object.entries(part.fields)) {
      policy[field] = joined(policy[field], value)
      origin.set(field, [...(origin.get(field) ?? []), one.item])
    }
    for (const app of part.apps) {
      const name = String(app['packageName'])
      applications.set(name, stricter(applications.get(name), app))
      packages.set(name, [...(packages.get(name) ?? []), one.item])
    }
  }
  if (applications.size > 0)
    policy['applications'] = [...applications].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, app]) => app)
  return { policy, origin, packages, refused }
}

function partOf({ item, kind, value }: Wanted, on: For): Part | string | null {
  if (!isFields(value)) return null
  if (kind === 'app') return appPart(value, on)
  if (kind === policyKind) return wholePart(value)
  if (kind === 'wifi' || kind === 'certificates') return onc(item, kind, value)
  return makers[kind]?.(value, on.mode) ?? null
}

/** Google's own words go in as they are; its apps come together with those of ours. */
function wholePart({ applications, ...fields }: Fields): Part {
  return { fields, apps: Array.isArray(applications) ? applications.filter(isFields) : [], left: [] }
}

const presences: Readonly<Record<string, string>> = {
  required: 'FORCE_INSTALLED',
  available: 'AVAILABLE',
  forbidden: 'BLOCKED',
  removed: 'BLOCKED',
}
const updating: Readonly<Record<string, string>> = {
  always: 'AUTO_UPDATE_HIGH_PRIORITY',
  never: 'AUTO_UPDATE_POSTPONED',
  store: 'AUTO_UPDATE_DEFAULT',
}

function appPart(value: Fields, { packages }: For): Part {
  const packageName = packages.get(String(value['app']))
  if (packageName === undefined) return { fields: {}, apps: [], left: ['app'] }
  const installType = presences[String(value['presence'])] ?? 'AVAILABLE'
  const kept = installType !== 'BLOCKED'
  const { config, updates, removable } = value
  // The person may take off what comes by itself.
  const type = installType === 'FORCE_INSTALLED' && removable === true ? 'PREINSTALLED' : installType
  return {
    fields: {},
    apps: [
      {
        packageName,
        installType: type,
        ...(kept && isFields(config) ? { managedConfiguration: config } : {}),
        ...(kept && typeof updates === 'string' ? { autoUpdateMode: updating[updates] ?? 'AUTO_UPDATE_DEFAULT' } : {}),
      },
    ],
    left: [],
  }
}

const strictness = ['AVAILABLE', 'PREINSTALLED', 'FORCE_INSTALLED', 'KIOSK', 'BLOCKED']

/** Of two that speak about one app, what is blocked stays blocked, and what is required is more than offered. */
function stricter(known: Fields | undefined, app: Fields): Fields {
  if (!known) return app
  const of = (a: Fields): number => strictness.indexOf(String(a['installType']))
  return of(app) >= of(known) ? { ...known, ...app } : { ...app, ...known }
}

/** Lists are put together, objects key by key; of two plain values the later counts. */
function joined(known: unknown, value: unknown): unknown {
  if (Array.isArray(known) && Array.isArray(value)) {
    const all = [...known, ...value].map(v => JSON.stringify(v))
    return [...new Set(all)].map((v): unknown => JSON.parse(v))
  }
  if (isFields(known) && isFields(value))
    return Object.fromEntries(
      [...new Set([...Object.keys(known), ...Object.keys(value)])].map(key => [
        key,
        key in value ? joined(known[key], value[key]) : known[key],
      ]),
    )
  return value ?? known
}
