import { type Catalog, type Field, type Holds, saysNothing } from './catalog.ts'

type Schema = { readonly [key: string]: unknown }

/** What is said of a schema beside its types. */
export interface SchemaWishes {
  /** Fields of the message itself that are left out. */
  readonly without?: readonly string[]
  /** The heading a field of the message stands below. */
  readonly section?: (field: string) => string | undefined
  /** `Type.field` of what is never to be read back. */
  readonly secret?: readonly string[]
}

/** The JSON Schema (2020-12) of a message, of which forms are drawn: enums without the value that says nothing, text with room for placeholders. Fields that are deprecated are there, marked so. */
export function schemaOf(catalog: Catalog, type: string, wishes: SchemaWishes = {}): Schema {
  const used = new Map<string, Schema>()
  const message = (name: string, root: boolean): Schema => ({
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      [...catalog.message(name).values()].flatMap(field => {
        if (field.output || (root && wishes.without?.includes(field.name))) return []
        const section = root ? wishes.section?.(field.name) : undefined
        const secret = wishes.secret?.includes(`${name}.${field.name}`) === true
        return [[field.name, { ...shown(field, secret), ...(section === undefined ? {} : { section }) }]]
      }),
    ),
  })
  const shown = (field: Field, secret: boolean): Schema => ({
    ...(secret ? secretSchema : schema(field.holds)),
    ...(field.deprecated ? { deprecated: true } : {}),
  })
  const schema = (kind: Holds): Schema => {
    if (kind.is === 'list') return { type: 'array', items: schema(kind.of) }
    if (kind.is === 'map' && kind.of.is === 'any') return plain.object
    if (kind.is === 'map') return { type: 'object', additionalProperties: schema(kind.of) }
    if (kind.is === 'enum') return { type: 'string', enum: kind.values.filter(v => !saysNothing(v)) }
    if (kind.is !== 'type') return plain[kind.is]
    if (!used.has(kind.type)) {
      // Known before it is made, since messages may hold themselves.
      used.set(kind.type, {})
      used.set(kind.type, message(kind.type, false))
    }
    return { $ref: `#/$defs/${kind.type}` }
  }
  const whole = message(type, true)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...whole,
    $defs: { ...forms, ...Object.fromEntries([...used].sort(([a], [b]) => (a < b ? -1 : 1))) },
  }
}

/** Paths of every key below a message, `apps/packageName`; items of lists have no step. Messages that hold themselves are walked once. */
export function pathsOf(catalog: Catalog, type: string, without: readonly string[] = []): string[] {
  const found: string[] = []
  const walk = (kind: Holds, at: string, inside: readonly string[]): void => {
    if (kind.is === 'list' || kind.is === 'map') walk(kind.of, at, inside)
    if (kind.is !== 'type' || inside.includes(kind.type)) return
    for (const { name, holds, output } of catalog.message(kind.type).values()) {
      if (output || (at === '' && without.includes(name))) continue
      const path = at === '' ? name : `${at}/${name}`
      found.push(path)
      walk(holds, path, [...inside, kind.type])
    }
  }
  walk({ is: 'type', type }, '', [])
  return found
}

/** Whether a path leads over a field that another took the place of. */
export function isDeprecated(catalog: Catalog, type: string, path: string): boolean {
  let kind: Holds = { is: 'type', type }
  for (const key of path.split('/').filter(Boolean)) {
    while (kind.is === 'list' || kind.is === 'map') kind = kind.of
    const field: Field | undefined = kind.is === 'type' ? catalog.message(kind.type).get(key) : undefined
    if (!field) return false
    if (field.deprecated) return true
    kind = field.holds
  }
  return false
}

const form = (key: string, value: Schema): Schema => ({
  type: 'object',
  properties: { [key]: value },
  required: [key],
  additionalProperties: false,
})
const forms = {
  variable: form('$var', { type: 'string' }),
  text: form('$text', { type: 'array' }),
  secret: form('$secret', { type: 'string' }),
  newSecret: form('$newSecret', { type: 'string' }),
}
const variable = { $ref: '#/$defs/variable' }
const textSchema = { anyOf: [{ type: 'string' }, variable, { $ref: '#/$defs/text' }] }
const secretSchema = {
  anyOf: [{ $ref: '#/$defs/secret' }, { $ref: '#/$defs/newSecret' }, variable],
  secret: true,
}
const integer = { anyOf: [{ type: 'integer' }, variable] }
const plain: Readonly<Record<Exclude<Holds['is'], 'enum' | 'type' | 'list' | 'map'>, Schema>> = {
  boolean: { type: 'boolean' },
  string: textSchema,
  int32: integer,
  int64: integer,
  number: { type: 'number' },
  bytes: textSchema,
  duration: { type: 'string', pattern: String.raw`^\d+(\.\d+)?s$` },
  time: { type: 'string', pattern: String.raw`^\d{4}-\d\d-\d\dT[\d:.]+Z$` },
  mask: { type: 'string' },
  any: { free: true },
  object: { type: 'object', free: true, default: {} },
}
