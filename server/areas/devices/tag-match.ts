import type { Term } from '@muster/api/filter.ts'
import { versionKey } from '../../base/filter.ts'
import { fold, searchable } from '../../base/text.ts'
import type { JsonValue } from './fact.ts'
import { matchKey } from './identifiers.ts'

/** Everything of a device that a tag rule may look at, in the forms the list compares it in. */
export interface DeviceRecord {
  id: string
  unitPath: string
  name: string
  platform: string
  osKey: string
  ownership: string
  supervised: boolean | null
  shared: boolean
  state: string
  modelKey: string
  serial: string
  udid: string
  imei: string
  assetTag: string
  user: string | null
  userKey: string | null
  /** Those of the past too. */
  identifiers: readonly { kind: string; matchKey: string }[]
  /** By key in small letters; only those that some rule looks at. */
  facts: ReadonlyMap<string, JsonValue>
}

/** The fields a tag rule may look at beside facts. What depends on the passing of time, or on tags, is not among them. */
export const ruleFields = [
  'name',
  'platform',
  'os',
  'ownership',
  'supervised',
  'shared',
  'unit',
  'state',
  'model',
  'serial',
  'udid',
  'imei',
  'asset',
  'user',
] as const
export type RuleField = (typeof ruleFields)[number]

const factPrefix = 'fact.'

/** The key of the fact a field of a rule names (`fact.battery.level`), or null. */
export function factOf(field: string): string | null {
  return field.startsWith(factPrefix) && field.length > factPrefix.length ? field.slice(factPrefix.length) : null
}

/** Whether a device meets every term: the same answer as the device list gives for the same filter, without a database. Units are compared by id. */
export function matches(terms: readonly Term[], device: DeviceRecord): boolean {
  return terms.every(term => (term.negated ? !meets(term, device) : meets(term, device)))
}

function meets(term: Term, device: DeviceRecord): boolean {
  const field = term.field ?? ''
  const fact = factOf(field)
  if (fact !== null) return factMeets(device.facts.get(fact), term)
  if (term.op !== ':') return field === 'os' && versionCompares(device.osKey, term)
  return term.values.some(value => equals(field as RuleField, value, device))
}

function equals(field: RuleField, value: string, device: DeviceRecord): boolean {
  const none = fold(value) === 'none'
  switch (field) {
    case 'name':
      return !none && device.name.includes(searchable(value))
    case 'model':
      return !none && device.modelKey.includes(searchable(value))
    case 'platform':
    case 'ownership':
    case 'state':
      return !none && device[field].toLowerCase() === value.toLowerCase()
    case 'os':
      return !none && device.osKey.startsWith(versionKey(value))
    case 'supervised':
    case 'shared':
      return device[field] === isYes(value)
    case 'unit':
      return device.unitPath.includes(`/${value}/`)
    case 'serial':
    case 'udid':
    case 'imei':
      return none ? device[field] === '' : shows(device, field, value)
    case 'asset':
      return none ? device.assetTag === '' : device.assetTag.toLowerCase().includes(fold(value))
    case 'user':
      if (value.startsWith('usr_')) return device.user === value
      return none ? device.user === null : (device.userKey?.includes(searchable(value)) ?? false)
    default:
      return false
  }
}

function shows(device: DeviceRecord, kind: string, value: string): boolean {
  const looked = searchable(matchKey(kind, value))
  return device.identifiers.some(i => i.kind === kind && i.matchKey.includes(looked))
}

function isYes(value: string): boolean {
  return ['yes', 'true', '1'].includes(fold(value))
}

function versionCompares(osKey: string, term: Term): boolean {
  return osKey !== '' && holds(osKey, term.op, versionKey(term.values[0] ?? ''))
}

function holds<T extends string | number>(left: T, op: Term['op'], right: T): boolean {
  switch (op) {
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
    case ':':
      return left === right
  }
}

// A fact has no declared kind: what the device said decides how it is compared, and what cannot be compared does not match.
function factMeets(fact: JsonValue | undefined, term: Term): boolean {
  if (term.op !== ':') return factCompares(fact, term)
  return term.values.some(value => factEquals(fact, value))
}

function factEquals(fact: JsonValue | undefined, value: string): boolean {
  if (fact === undefined || fact === null) return fold(value) === 'none'
  if (typeof fact === 'boolean') return fact === isYes(value) && (fact || ['no', 'false', '0'].includes(fold(value)))
  if (typeof fact === 'number') return Number.isFinite(Number(value)) && fact === Number(value)
  if (typeof fact === 'string') return searchable(fact).includes(searchable(value))
  return Array.isArray(fact) && fact.some(one => factEquals(one, value))
}

function factCompares(fact: JsonValue | undefined, term: Term): boolean {
  const value = term.values[0] ?? ''
  if (typeof fact === 'number') return Number.isFinite(Number(value)) && holds(fact, term.op, Number(value))
  if (typeof fact === 'string' && /^\d/.test(fact)) return holds(versionKey(fact), term.op, versionKey(value))
  return false
}
