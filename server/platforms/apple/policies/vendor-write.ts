import { type Artifact, type Field, placeOf, rootOf, step } from '@muster/wire/apple/catalog/catalog.ts'
import { bySystem, type UnavailableReason } from '@muster/wire/apple/catalog/available.ts'
import { base64Of, bytesOf } from '@muster/wire/apple/catalog/forms.ts'
import { plainToPlist, toJson, toPlist } from '@muster/wire/apple/catalog/plist.ts'
import { type Dict, isDict } from '@muster/wire/plist/value.ts'
import type { Json } from '../../../areas/policies/index.ts'
import { catalog } from '../catalog.ts'
import { isValues, itemsOf, type Pen, secretIn, textOf, type Values, type Writer } from './pen.ts'
import { type AppleTarget, catalogTarget, systemOf } from './target.ts'
import { artifactOf, profileKind } from './vendor.ts'
import { contentOf } from './vendor-check.ts'
import { uuidOf } from './artifact.ts'

/** Bytes among secrets are kept as text behind this; any other secret is its own bytes. */
export const bytesMark = 'base64:'

/** How a vendor kind is said; null for kinds of nobody. */
export function vendorWriter(kind: string): Writer | null {
  if (kind === profileKind) return writeProfile
  const of = artifactOf(kind)
  if (!of) return null
  if (of.family === 'payload') return (value, pen) => writePayload(of.artifact ?? null, of.id, value, pen)
  const { artifact } = of
  return artifact ? (value, pen) => writeDeclaration(artifact, value, pen) : null
}

function writePayload(artifact: Artifact | null, id: string, value: Values, pen: Pen): ReturnType<Writer> {
  const wanted = value['PayloadScope'] === 'User' ? 'user' : null
  const channel = wanted ?? (artifact ? channelOf(artifact, pen.on) : 'device')
  if (channel === 'user' && !pen.on.channels.user) return { refused: 'needs-user-channel' }
  const refused = artifact ? unavailable(artifact, pen.on, channel) : null
  if (refused) return { refused }
  const displayName = textOf(value['PayloadDisplayName']) ?? id
  pen.add(id, 'payload', contentIn(artifact, contentOf(value), pen), displayName)
  return { displayName, channel, needsSupervision: artifact ? asksSupervision(artifact, pen.on) : false }
}

function contentIn(artifact: Artifact | null, content: Values, pen: Pen): Dict {
  const open = opened(artifact, content, pen)
  const written = artifact ? toPlist(artifact, open) : plainToPlist(open)
  return isDict(written) ? written : {}
}

function writeDeclaration(artifact: Artifact, value: Values, pen: Pen): ReturnType<Writer> {
  const refused = unavailable(artifact, pen.on, 'device')
  const byUser = refused !== null && pen.on.channels.user && unavailable(artifact, pen.on, 'user') === null
  if (refused && !byUser) return { refused }
  const said = pen.on.capabilities?.declarations.configuration
  if (said && artifact.id.startsWith('com.apple.configuration.') && !said.includes(artifact.id))
    return { refused: 'client-cannot' }
  const payload = toJson(opened(artifact, value, pen))
  const one = { name: 'declaration', type: artifact.id, payload }
  const asset = artifact.id.startsWith('com.apple.asset.')
  const native = { configuration: asset ? [] : [one], assets: asset ? [one] : [] }
  return { displayName: artifact.id, channel: byUser ? 'user' : 'device', native }
}

/** A whole profile keeps the identifiers and UUIDs that its payloads refer to each other by. */
const writeProfile: Writer = (value, pen, instance) => {
  const user = value['PayloadScope'] === 'User'
  if (user && !pen.on.channels.user) return { refused: 'needs-user-channel' }
  const identifier = instance ?? textOf(value['PayloadIdentifier']) ?? ''
  let needsSupervision = false
  for (const [n, payload] of itemsOf(value['PayloadContent']).entries()) {
    if (!isValues(payload)) continue
    const id = textOf(payload['PayloadType']) ?? ''
    const artifact = catalog.find('payload', id) ?? null
    const reason = artifact ? unavailable(artifact, pen.on, user ? 'user' : 'device') : null
    if (reason !== null) {
      pen.leaveOut(`PayloadContent/${n}`, reason)
      continue
    }
    needsSupervision ||= artifact ? asksSupervision(artifact, pen.on) : false
    const content = contentIn(artifact, contentOf(payload), pen)
    const own = textOf(payload['PayloadIdentifier']) ?? `${identifier}.${n}`
    pen.addWhole({
      PayloadType: id,
      PayloadVersion: 1,
      PayloadIdentifier: own,
      PayloadUUID: textOf(payload['PayloadUUID']) ?? uuidOf([identifier, n, id]),
      PayloadDisplayName: textOf(payload['PayloadDisplayName']) ?? id,
      ...content,
    })
  }
  if (!pen.wrote()) return { refused: 'no-such-setting' }
  const displayName = textOf(value['PayloadDisplayName']) ?? identifier
  return { displayName, identifier, channel: user ? 'user' : 'device', needsSupervision }
}

/** The value with its secrets opened: as bytes where the key holds bytes. */
function opened(artifact: Artifact | null, value: Json, pen: Pen): Json {
  const root = artifact ? rootOf(artifact, value) : null
  const walk = (one: Json, at: string): Json => {
    if (secretIn(one) !== null) {
      const text = pen.secret(one) ?? ''
      const field = artifact && root ? placeOf(artifact, root, at, value)?.field : undefined
      return field?.type === 'data' || text.startsWith(bytesMark) ? { $data: base64Text(text) } : text
    }
    if (Array.isArray(one)) return one.map((each: Json, n) => walk(each, `${at}/${n}`))
    if (!isValues(one)) return typed(one, artifact && root ? placeOf(artifact, root, at, value)?.field : undefined)
    return Object.fromEntries(Object.entries(one).map(([key, each]) => [key, walk(each, step(at, key))]))
  }
  return walk(value, '')
}

/** What a variable brought as text, where the key holds something else. */
function typed(value: Json, field: Field | undefined): Json {
  if (typeof value !== 'string') return value
  if (field?.type === 'integer' && /^-?\d{1,15}$/.test(value)) return Number(value)
  if (field?.type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true'
  return value
}

function base64Text(text: string): string {
  const marked = text.startsWith(bytesMark) ? text.slice(bytesMark.length) : null
  return marked !== null && bytesOf(marked) ? marked : base64Of(new TextEncoder().encode(text))
}

/** The channel that takes it: the device's, unless it belongs to people. */
function channelOf(artifact: Artifact, on: AppleTarget): 'device' | 'user' {
  const facts = artifact.os[systemOf(on)]
  return facts?.deviceChannel === false && facts.userChannel === true ? 'user' : 'device'
}

function asksSupervision(artifact: Artifact, on: AppleTarget): boolean {
  return artifact.os[systemOf(on)]?.supervised === true
}

const reasons: Readonly<Record<UnavailableReason, string>> = {
  system: 'no-such-setting',
  'too-old': 'needs-newer-os',
  removed: 'gone-from-os',
  'not-supervised': 'needs-supervision',
  'not-automated': 'automated-enrollment',
  'not-approved': 'needs-approval',
  'user-enrollment': 'not-in-this-enrollment',
  'needs-user-enrollment': 'not-in-this-enrollment',
  enrollment: 'not-in-this-enrollment',
  scope: 'other-channel',
  'device-channel-only': 'other-channel',
  'user-channel-only': 'needs-user-channel',
  'shared-ipad': 'not-on-shared-ipad',
  'needs-shared-ipad': 'only-on-shared-ipad',
  'access-right': 'access-right-missing',
  capability: 'client-cannot',
}

/** Why a whole artifact cannot be used on a device; null when it can, or when nobody knows that it cannot. */
export function unavailable(artifact: Artifact, on: AppleTarget, channel: 'device' | 'user'): string | null {
  const can = bySystem([artifact.os], catalogTarget(on, channel))
  if (can.can === 'no') return reasons[can.reason]
  if (can.can === 'ignored') return 'not-in-this-enrollment'
  return can.can === 'unknown' && can.reason === 'supervision-unknown' ? 'needs-supervision' : null
}
