import { availability } from '@muster/wire/apple/catalog/available.ts'
import { step } from '@muster/wire/apple/catalog/catalog.ts'
import { type Dict, isDict, type Plist } from '@muster/wire/plist/value.ts'
import type { Finding } from '../../../areas/policies/index.ts'
import { catalog } from '../catalog.ts'
import type { Artifact } from './artifact.ts'
import { type AppleTarget, catalogTarget, systemOf } from './target.ts'
import { unavailable } from './vendor-write.ts'
import { contentOf } from './vendor-check.ts'
import { plainFromPlist } from '@muster/wire/apple/catalog/plist.ts'
import { isValues } from './pen.ts'

/** A finding about one item of a device, beside what others of its items say. */
export interface DeviceFinding extends Finding {
  readonly item: string
}

/** Payload types of which several may be, but which the device joins to the strictest: nothing is wrong with two. */
const joined = new Set(['com.apple.mobiledevice.passwordpolicy', 'com.apple.applicationaccess'])

/** What is wrong with everything that one device should have, taken together. Pure. */
export function lintDevice(artifacts: readonly Artifact[], on: AppleTarget): DeviceFinding[] {
  return [
    ...identifiersTwice(artifacts),
    ...aloneTwice(artifacts, on),
    ...passcodeTwice(artifacts),
    ...artifacts.flatMap(artifact => artifact.payloads.flatMap(payload => lintPayload(artifact, payload, on))),
    ...artifacts.flatMap(outOfOrder),
    ...artifacts.flatMap(supervision(on)),
  ]
}

const typeOf = (payload: Dict): string => (typeof payload['PayloadType'] === 'string' ? payload['PayloadType'] : '')

function warn(item: string, code: string, path: string, facts: Finding['facts'] = {}): DeviceFinding {
  return { item, severity: 'warning', code, path, facts }
}

/** Two profiles of one identifier on one channel replace each other for ever. */
function identifiersTwice(artifacts: readonly Artifact[]): DeviceFinding[] {
  const seen = new Map<string, string>()
  const found: DeviceFinding[] = []
  for (const { item, channel, identifier, payloads } of artifacts) {
    if (payloads.length === 0) continue
    for (const name of [
      `${channel} profile ${identifier}`,
      ...payloads.map(p => `${channel} payload ${String(p['PayloadUUID'])}`),
    ]) {
      const other = seen.get(name)
      if (other !== undefined && other !== item)
        found.push({ item, severity: 'error', code: 'device.identifier-twice', path: '', facts: { other, identifier } })
      seen.set(name, item)
    }
  }
  return found
}

/** A type of which a device takes one (Apple: `multiple`). */
function aloneTwice(artifacts: readonly Artifact[], on: AppleTarget): DeviceFinding[] {
  const seen = new Map<string, string>()
  const found: DeviceFinding[] = []
  for (const { item, channel, payloads } of artifacts)
    for (const payload of payloads) {
      const type = typeOf(payload)
      if (catalog.find('payload', type)?.os[systemOf(on)]?.multiple !== false || joined.has(type)) continue
      const other = seen.get(`${channel} ${type}`)
      if (other !== undefined) found.push(warn(item, 'device.only-one', '', { type, other }))
      seen.set(`${channel} ${type}`, item)
    }
  return found
}

/** The strictest of both counts, so that neither policy shows what the device does. */
function passcodeTwice(artifacts: readonly Artifact[]): DeviceFinding[] {
  const declared = artifacts.find(a =>
    a.native?.configuration.some(c => c.type === 'com.apple.configuration.passcode.settings'),
  )
  if (!declared) return []
  return artifacts
    .filter(a => a.item !== declared.item && !a.native)
    .filter(a => a.payloads.some(p => typeOf(p) === 'com.apple.mobiledevice.passwordpolicy'))
    .map(a => warn(a.item, 'device.passcode-twice', '', { other: declared.item }))
}

function lintPayload(artifact: Artifact, payload: Dict, on: AppleTarget): DeviceFinding[] {
  const type = typeOf(payload)
  const known = catalog.find('payload', type)
  const { item, channel } = artifact
  if (!known) return [warn(item, 'payload.not-in-catalog', '', { type })]
  const whole = unavailable(known, on, channel)
  if (whole !== null) return [warn(item, 'device.payload-ignored', '', { type, reason: whole })]
  const value = plainFromPlist(payload)
  if (!isValues(value)) return []
  const target = catalogTarget(on, channel)
  return Object.keys(contentOf(value)).flatMap((key): DeviceFinding[] => {
    const can = availability(known, target, step('', key), value)
    if (can.can === 'no') return [warn(item, 'device.key-ignored', `/${key}`, { type, key, reason: can.reason })]
    // What such a device ignores it does its own way; nothing fails.
    if (can.can === 'ignored')
      return [{ ...warn(item, 'device.key-ignored', `/${key}`, { type, key, reason: can.reason }), severity: 'note' }]
    if (can.can !== 'yes' || can.deprecated === undefined) return []
    return [
      {
        item,
        severity: 'note',
        code: 'device.key-deprecated',
        path: `/${key}`,
        facts: { type, key, since: can.deprecated },
      },
    ]
  })
}

/** What payloads refer to must be in the same profile, and before them: devices install in order. */
function outOfOrder({ item, payloads }: Artifact): DeviceFinding[] {
  const place = new Map(payloads.map((p, n) => [String(p['PayloadUUID']).toUpperCase(), n]))
  return payloads.flatMap((payload, n) =>
    uuidsIn(payload).flatMap((uuid): DeviceFinding[] => {
      const at = place.get(uuid.toUpperCase())
      if (at === undefined) return [warn(item, 'device.reference-missing', '', { type: typeOf(payload), uuid })]
      return at > n ? [warn(item, 'device.reference-later', '', { type: typeOf(payload), uuid })] : []
    }),
  )
}

function uuidsIn(value: Plist): string[] {
  if (Array.isArray(value)) return value.flatMap(uuidsIn)
  if (!isDict(value)) return []
  return Object.entries(value).flatMap(([key, one]) =>
    /(?:Certificate|Anchor|Identity|Provisioning)UUID$/.test(key)
      ? [one].flat().filter(uuid => typeof uuid === 'string')
      : uuidsIn(one),
  )
}

function supervision(on: AppleTarget): (artifact: Artifact) => DeviceFinding[] {
  return ({ item, needsSupervision, leftOut }) => [
    ...(needsSupervision && on.supervised !== true ? [warn(item, 'device.needs-supervision', '')] : []),
    ...leftOut.map(
      ({ key, reason }): DeviceFinding => ({
        item,
        severity: 'note',
        code: 'device.left-out',
        path: `/${key}`,
        facts: { key, reason },
      }),
    ),
  ]
}
