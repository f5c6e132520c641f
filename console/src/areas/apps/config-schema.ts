import type { FormKey, FormType } from '../../contract/apps.ts'
import type { Json } from '../../contract/policies.ts'

type Schema = Readonly<Record<string, Json>>

const variable: Schema = { type: 'object', properties: { $var: {} } }
const pieces: Schema = { type: 'object', properties: { $text: {} } }
const form = (name: string): Schema => ({ type: 'object', properties: { [name]: {} } })
const anything: Schema = {}

/** What an app can be told, as a schema of which forms are drawn; keys that nobody described stay free. */
export function configSchema(keys: readonly FormKey[]): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(keys.map(key => [key.key, schemaOf(key)])),
    required: keys.filter(key => key.needed === true).map(key => key.key),
    additionalProperties: anything,
  }
}

function schemaOf(key: FormKey): Schema {
  const about = {
    ...(key.title ? { title: key.title } : {}),
    ...(key.help ? { description: key.help } : {}),
    ...(key.default === null ? {} : { default: key.default }),
    ...(key.secret ? { secret: true } : {}),
  }
  if (key.type !== 'list') return { ...about, ...typed(key.type, key) }
  return { ...about, type: 'array', items: typed(key.item ?? 'text', key) }
}

const plain: Partial<Record<FormType, string>> = {
  text: 'string',
  whole: 'integer',
  number: 'number',
  flag: 'boolean',
}

function typed(type: FormType, key: FormKey): Schema {
  if (type === 'group') return configSchema(key.keys ?? [])
  if (type === 'date') return { anyOf: [form('$date'), variable] }
  if (type === 'data') return { anyOf: [form('$data'), variable] }
  const { options, min, max } = key
  const main: Schema = {
    type: plain[type] ?? 'string',
    ...(options.length > 0 ? { enum: options.map(o => o.value) } : {}),
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
  }
  const labels = Object.fromEntries(options.map(o => [String(o.value), o.title]))
  return { anyOf: [main, variable, ...(type === 'text' ? [pieces] : [])], labels }
}
