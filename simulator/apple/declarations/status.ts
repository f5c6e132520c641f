import type { Account, AppleDevice, Enrollment } from '../device.ts'
import { declaredWord } from '../managed.ts'
import { passcodeDemanded } from '../profile-rules.ts'
import { updateItems } from '../updates.ts'
import { type Declared, type Held, at, object } from './declared.ts'
import { declarationTypes, knows, versionOf } from './known.ts'

/** Where declarations are carried out: the device, or an account of it. */
export interface Channel {
  device: AppleDevice
  enrollment: Enrollment
  account: Account | undefined
}

/** What is declared on this channel. */
export function declaredOn({ device, account }: Channel): Declared {
  return account?.declared ?? device.interior.declared
}

/** Everything a device can say of itself by name, now. */
export function statusItems(channel: Channel): Record<string, unknown> {
  const { device, enrollment } = channel
  const { hardware, interior } = device
  const own = enrollment.enrollmentId === undefined
  const mac = hardware.family === 'Mac'
  return {
    ...(own ? { 'device.identifier.serial-number': hardware.serial, 'device.identifier.udid': hardware.udid } : {}),
    'device.model.family': hardware.family,
    'device.model.identifier': hardware.productName,
    'device.model.marketing-name': hardware.modelName,
    'device.operating-system.build-version': interior.system.build,
    'device.operating-system.family': mac ? 'macOS' : hardware.family === 'AppleTV' ? 'tvOS' : 'iOS',
    'device.operating-system.version': interior.system.version,
    ...(interior.battery < 0 ? {} : { 'device.power.battery-health': 'normal' }),
    'passcode.is-present': interior.passcode,
    'passcode.is-compliant': passcodeCompliant(device),
    ...(mac ? { 'diskmanagement.filevault.enabled': hardware.productName !== 'Mac16,10' } : {}),
    ...updateItems(device),
    ...appLists(device),
    'security.certificate.list': interior.certificates.map((one, place) => ({
      identifier: `${place}`,
      'subject-summary': one.commonName,
      'is-identity': one.identity,
    })),
  }
}

/** Declared apps, and on Macs packages. */
function appLists({ hardware, interior }: AppleDevice): Record<string, unknown> {
  const apps = [...interior.managed.values()].filter(a => a.declaration !== undefined)
  const told = apps.map(declaredWord)
  if (!knows('com.apple.configuration.app.managed', hardware.family, versionOf(interior.system.version))) return {}
  return { 'app.managed.list': told, ...(hardware.family === 'Mac' ? { 'package.list': told } : {}) }
}

/** Whether the passcode is what profiles and declarations ask for. */
export function passcodeCompliant(device: AppleDevice): boolean {
  const { interior } = device
  const { required, minLength } = demanded(device)
  if (!required) return true
  return interior.passcode && interior.passcodeLength >= minLength
}

/** The passcode that profiles and active declarations ask for together. */
export function demanded(device: AppleDevice): { required: boolean; minLength: number } {
  const { interior } = device
  const all = passcodeDemanded(interior.profiles.values())
  for (const held of interior.declared.held.values()) {
    if (held.type !== 'com.apple.configuration.passcode.settings' || !held.active) continue
    const minLength = at(held.payload, 'MinimumLength')
    if (typeof minLength === 'number') all.minLength = Math.max(all.minLength, minLength)
    all.required ||= at(held.payload, 'RequirePasscode') === true || all.minLength > 0
  }
  return all
}

/** What the system supports (Apple: StatusManagementClientCapabilities). */
export function capabilities({ device }: Channel): Record<string, unknown> {
  const { family } = device.hardware
  const version = versionOf(device.interior.system.version)
  const types = Object.keys(declarationTypes).filter(type => knows(type, family, version))
  const of = (part: string): string[] => types.filter(type => type.startsWith(`com.apple.${part}.`))
  return {
    'supported-versions': ['1.0.0'],
    'supported-features': {},
    'supported-payloads': {
      declarations: {
        activations: of('activation'),
        assets: of('asset'),
        configurations: of('configuration'),
        management: of('management'),
      },
      'status-items': knownItems,
    },
  }
}

const knownItems = [
  'app.managed.list',
  'package.list',
  'device.identifier.serial-number',
  'device.identifier.udid',
  'device.model.family',
  'device.model.identifier',
  'device.model.marketing-name',
  'device.operating-system.build-version',
  'device.operating-system.family',
  'device.operating-system.version',
  'device.power.battery-health',
  'diskmanagement.filevault.enabled',
  'management.client-capabilities',
  'management.declarations',
  'passcode.is-compliant',
  'passcode.is-present',
  'security.certificate.list',
  'softwareupdate.device-id',
  'softwareupdate.failure-reason',
  'softwareupdate.install-reason',
  'softwareupdate.install-state',
  'softwareupdate.pending-version',
]

/** What is said of one declaration. */
export function graded(held: Held): Record<string, unknown> {
  return {
    identifier: held.identifier,
    'server-token': held.token,
    active: held.active,
    valid: held.valid,
    ...(held.reasons.length > 0 ? { reasons: held.reasons } : {}),
  }
}

/** The report: everything when `full`, else what has changed since the last one. Null when there is nothing to say. */
export function report(channel: Channel, full: boolean): Record<string, unknown> | null {
  const declared = declaredOn(channel)
  const now: Record<string, unknown> = { 'management.client-capabilities': capabilities(channel) }
  const all = statusItems(channel)
  const errors: unknown[] = []
  for (const name of declared.subscribed) {
    if (name.startsWith('management.')) continue
    if (Object.hasOwn(all, name)) now[name] = all[name]
    else errors.push({ StatusItem: name, Reasons: [{ Code: 'Error.StatusItemNotSupported', Description: 'unknown' }] })
  }
  const items = {}
  if (full) declared.said.clear()
  for (const [name, value] of Object.entries(now)) {
    const text = JSON.stringify(value)
    if (declared.said.get(name) === text) continue
    declared.said.set(name, text)
    place(items, name, value)
  }
  const fares = faring(declared)
  if (Object.keys(fares).length > 0) place(items, 'management.declarations', fares)
  if (Object.keys(items).length === 0 && errors.length === 0) return null
  return { StatusItems: items, Errors: errors, ...(full ? { FullReport: true } : {}) }
}

/** How declarations fare, those whose word has changed; what is gone is said to be. */
function faring(declared: Declared): Record<string, unknown[]> {
  const out: Record<string, unknown[]> = {}
  const present = new Set<string>()
  for (const held of declared.held.values()) {
    const name = `declaration ${held.section} ${held.identifier}`
    present.add(name)
    const word = graded(held)
    const text = JSON.stringify(word)
    if (declared.said.get(name) === text) continue
    declared.said.set(name, text)
    const section = held.section.toLowerCase()
    out[section] = [...(out[section] ?? []), word]
  }
  for (const name of declared.said.keys()) {
    if (!name.startsWith('declaration ') || present.has(name)) continue
    declared.said.delete(name)
    const [, section = '', ...rest] = name.split(' ')
    const key = section.toLowerCase()
    out[key] = [...(out[key] ?? []), { identifier: rest.join(' '), _removed: true }]
  }
  return out
}

/** Lays a value into nested objects by its dotted name. */
function place(into: Record<string, unknown>, name: string, value: unknown): void {
  const parts = name.split('.')
  const last = parts.pop() ?? ''
  let node = into
  for (const part of parts) {
    node[part] = object(node[part])
    node = node[part] as Record<string, unknown>
  }
  node[last] = value
}
