import { managementCatalog } from '@muster/wire/android/catalog/open.ts'
import { isDeprecated, pathsOf, schemaOf } from '@muster/wire/android/catalog/schema.ts'
import { type Finding as Found, type Looking, validate } from '@muster/wire/android/catalog/validate.ts'
import {
  type Finding,
  form,
  type Honor,
  type Json,
  type KindSource,
  type PolicyKind,
} from '../../../areas/policies/index.ts'
import { sectionOf } from './section.ts'

/** The kind that speaks Google's own words: any field of a policy of the management API, merged field by field over what our kinds say. */
export const policyKind = 'android.policy'

/** What the server says itself. */
const ours = ['name', 'version']
/** Never to be read back. */
const secrets = ['ApnSetting.password']

const catalog = managementCatalog()
const keys: { list?: readonly string[]; schema?: Json } = {}

const kind: PolicyKind = {
  kind: policyKind,
  family: 'android',
  merge: 'settings',
  rules: { keyguardDisabledFeatures: { rule: 'union' }, accountTypesWithManagementDisabled: { rule: 'union' } },
  check,
  get schema() {
    keys.schema ??= schema()
    return keys.schema
  },
  settings: () => (keys.list ??= pathsOf(catalog, 'Policy', ours)),
  honors: (platform, key) => (platform === 'android' ? honorOf(key) : null),
}

/** Every field that Google's management API knows in a policy, as one kind. */
export const vendor: KindSource = {
  find: name => (name === policyKind ? kind : undefined),
  list: () => [kind],
}

function schema(): Json {
  const made = schemaOf(catalog, 'Policy', { without: ours, section: sectionOf, secret: secrets })
  return JSON.parse(JSON.stringify(made)) as Json
}

function honorOf(key: string): Honor {
  if (isDeprecated(catalog, 'Policy', key)) return { how: 'partly', reason: 'replaced-by-vendor' }
  return { how: 'full' }
}

/** Everything wrong with a value, in the words of all kinds. */
function check(value: Json): readonly Finding[] {
  const own = ours.filter(key => isTable(value) && Object.hasOwn(value, key))
  const set = own.map((key): Finding => ({ severity: 'error', code: 'value.unknown-key', path: `/${key}` }))
  return [...set, ...validate(catalog, 'Policy', value, looking).map(said), ...openSecrets(value)]
}

/** Placeholders and what each of them will be; a variable may turn out to be anything. */
const looking: Looking = {
  strict: true,
  form: value => {
    const json = value as Json
    if (form(json, '$var') !== undefined) return 'any'
    if (form(json, '$text') !== undefined) return 'string'
    if (form(json, '$secret') !== undefined || form(json, '$newSecret') !== undefined) return 'string'
    return null
  },
}

const codes: Readonly<Record<Found['code'], string>> = {
  type: 'value.type',
  'unknown-field': 'value.unknown-key',
  'not-offered': 'value.not-offered',
  malformed: 'value.malformed',
  'too-many': 'value.too-many',
  'too-small': 'value.too-small',
  'too-big': 'value.too-big',
  twice: 'value.repeated',
  'output-only': 'value.unknown-key',
  deprecated: 'value.deprecated',
  'form-misplaced': 'value.form-misplaced',
  'too-deep': 'value.too-deep',
  'freeze-long': 'value.freeze-long',
  'freeze-close': 'value.freeze-close',
}

function said({ severity, code, path, facts }: Found): Finding {
  return { severity, code: codes[code], path, ...(facts ? { facts } : {}) }
}

/** A password in a policy's text could be read back by everyone who may read policies. */
function openSecrets(value: Json): Finding[] {
  const apns = tableAt(tableAt(value, 'deviceConnectivityManagement'), 'apnPolicy')
  const settings = isTable(apns) ? apns['apnSettings'] : undefined
  if (!Array.isArray(settings)) return []
  return settings.flatMap((one: Json, n): Finding[] => {
    if (!isTable(one) || typeof one['password'] !== 'string') return []
    const path = `/deviceConnectivityManagement/apnPolicy/apnSettings/${n}/password`
    return [{ severity: 'error', code: 'value.secret-in-the-open', path }]
  })
}

function tableAt(value: Json, key: string): Json {
  return isTable(value) ? (value[key] ?? null) : null
}

function isTable(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
