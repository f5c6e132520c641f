import type { Artifact } from '@muster/wire/apple/catalog/catalog.ts'
import { type Finding as Found, validate } from '@muster/wire/apple/catalog/validate.ts'
import type { Finding, Json } from '../../../areas/policies/index.ts'
import { catalog } from '../catalog.ts'
import { checkActivation } from '../ddm/check.ts'
import { isValues, itemsOf, type Values } from './pen.ts'

/** Keys that every payload has and the server writes. */
const common = new Set([
  'PayloadType',
  'PayloadVersion',
  'PayloadIdentifier',
  'PayloadUUID',
  'PayloadDisplayName',
  'PayloadDescription',
  'PayloadOrganization',
  'PayloadScope',
])
/** Those of them that may be said all the same. */
const sayable = new Set(['PayloadDisplayName', 'PayloadScope'])

/** The content of a payload without what every payload has. */
export function contentOf(value: Values): Values {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !common.has(key)))
}

/** What is wrong with the content of one payload; of a type that nobody published nothing can be said but that. */
export function checkPayload(artifact: Artifact | null, value: Json, id = artifact?.id ?? ''): readonly Finding[] {
  if (!isValues(value)) return [{ severity: 'error', code: 'value.type', path: '', facts: { expected: 'object' } }]
  const ours = Object.keys(value).filter(key => common.has(key) && !sayable.has(key))
  const findings: Finding[] = ours.map(key => ({ severity: 'warning', code: 'payload.set-by-server', path: `/${key}` }))
  const apart = references(contentOf(value), '').map(
    (path): Finding => ({ severity: 'warning', code: 'payload.refers-outside', path }),
  )
  return [...findings, ...apart, ...contentFindings(artifact, value, id, '')]
}

/** What is wrong with the payload of a declaration. */
export function checkDeclaration(artifact: Artifact, value: Json): readonly Finding[] {
  const findings = found(validate(artifact, withoutFresh(value)), '')
  if (artifact.id !== 'com.apple.activation.simple') return findings
  return [...findings, ...checkActivation(value, name => catalog.find('status', name) !== undefined)]
}

function contentFindings(artifact: Artifact | null, value: Values, id: string, at: string): Finding[] {
  const content = withoutFresh(contentOf(value))
  if (artifact) return found(validate(artifact, content), at)
  return [{ severity: 'warning', code: 'payload.not-in-catalog', path: at, facts: { type: id } }]
}

/** Payloads that come alone, each in a profile of its own, cannot refer to the certificates of another. */
function references(value: Json, at: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one: Json, n) => references(one, `${at}/${n}`))
  if (!isValues(value)) return []
  return Object.entries(value).flatMap(([key, one]) =>
    /(?:Certificate|Anchor|Identity)UUID$/.test(key) ? [`${at}/${key}`] : references(one, `${at}/${key}`),
  )
}

/** Secrets that are typed but not yet put away stand for secrets. */
function withoutFresh(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutFresh)
  if (!isValues(value)) return value
  if (Object.hasOwn(value, '$newSecret')) return { $secret: 'sec_new' }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutFresh(one)]))
}

/** The interpreter's findings in the words of all kinds. */
const codes: Readonly<Record<Found['code'], string>> = {
  type: 'value.type',
  missing: 'value.missing',
  'unknown-key': 'value.unknown-key',
  'not-allowed': 'value.not-offered',
  'too-small': 'value.too-small',
  'too-large': 'value.too-big',
  'too-few': 'value.too-few',
  'too-many': 'value.too-many',
  format: 'value.malformed',
  'bad-data': 'value.bad-data',
  'bad-date': 'value.bad-date',
  'bad-form': 'value.form',
  'form-misplaced': 'value.form-misplaced',
  exclusive: 'value.exclusive',
  'one-of': 'value.one-of',
  'unknown-case': 'value.unknown-case',
  'secret-in-clear': 'value.secret-in-the-open',
  unverified: 'value.unverified',
  'too-deep': 'value.too-deep',
  'too-big': 'value.too-large',
}

function found(findings: readonly Found[], at: string): Finding[] {
  return findings.map(({ severity, code, path, facts }) => {
    const { allowed, ...rest } = facts ?? {}
    return {
      // A secret in a policy's text could be read back by everyone who may read policies.
      severity: code === 'secret-in-clear' ? 'error' : severity,
      code: codes[code],
      path: `${at}${path}`,
      ...(facts ? { facts: allowed === undefined ? rest : { ...rest, offered: allowed } } : {}),
    }
  })
}

/** What is wrong with a whole profile. */
export function checkProfile(value: Json): readonly Finding[] {
  if (!isValues(value)) return [{ severity: 'error', code: 'value.type', path: '', facts: { expected: 'object' } }]
  return [...checkOuter(value), ...checkInner(value['PayloadContent']), ...placeholders(value, '')]
}

function checkOuter(value: Values): Finding[] {
  const id = value['PayloadIdentifier']
  const findings: Finding[] = []
  if (typeof id !== 'string' || id === '')
    findings.push({ severity: 'error', code: 'value.missing', path: '/PayloadIdentifier' })
  // The profile by which the device is managed has such a name; one that replaced it would end the management.
  else if (id.startsWith('muster.'))
    findings.push({ severity: 'error', code: 'profile.reserved', path: '/PayloadIdentifier' })
  if (value['EncryptedPayloadContent'] !== undefined)
    findings.push({ severity: 'error', code: 'profile.encrypted', path: '/EncryptedPayloadContent' })
  else if (itemsOf(value['PayloadContent']).length === 0)
    findings.push({ severity: 'error', code: 'value.missing', path: '/PayloadContent' })
  return findings
}

function checkInner(content: Json | undefined): Finding[] {
  const seen = new Set<string>()
  return itemsOf(content).flatMap((payload, n): Finding[] => {
    const at = `/PayloadContent/${n}`
    if (!isValues(payload)) return [{ severity: 'error', code: 'value.type', path: at, facts: { expected: 'object' } }]
    const type = payload['PayloadType']
    if (typeof type !== 'string') return [{ severity: 'error', code: 'value.missing', path: `${at}/PayloadType` }]
    if (type === 'com.apple.mdm') return [{ severity: 'error', code: 'profile.enrolls', path: at }]
    const uuid = payload['PayloadUUID']
    const twice = typeof uuid === 'string' && seen.has(uuid.toUpperCase())
    if (typeof uuid === 'string') seen.add(uuid.toUpperCase())
    const doubled: Finding[] = twice
      ? [{ severity: 'error', code: 'profile.uuid-twice', path: `${at}/PayloadUUID` }]
      : []
    return [...doubled, ...contentFindings(catalog.find('payload', type) ?? null, payload, type, at)]
  })
}

/** Variables as other products write them, which devices would take for text. */
const foreign = /\$\{[\w.]+\}|\{\{\s*[\w.]+\s*\}\}|%[A-Za-z][\w.]*%|\$[A-Z][A-Z0-9_]{2,}/

function placeholders(value: Json, at: string): Finding[] {
  if (typeof value === 'string') {
    const name = foreign.exec(value)?.[0]
    return name === undefined ? [] : [{ severity: 'note', code: 'profile.foreign-variable', path: at, facts: { name } }]
  }
  if (Array.isArray(value)) return value.flatMap((one: Json, n) => placeholders(one, `${at}/${n}`))
  if (!isValues(value) || Object.keys(value)[0]?.startsWith('$')) return []
  return Object.entries(value).flatMap(([key, one]) => placeholders(one, `${at}/${key}`))
}
