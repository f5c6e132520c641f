import { readFileSync, writeFileSync } from 'node:fs'

/*
 * Makes the table of Google's management API for Android of the API's own machine-readable description (its discovery document,
 * whose path is the one argument): names of types, fields and enums, and nothing of its prose. The document itself is not kept here.
 */

interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly string[]
  readonly enumDeprecated?: readonly boolean[]
  readonly deprecated?: boolean
  readonly readOnly?: boolean
  readonly items?: Schema
  readonly additionalProperties?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
}

const formats: Readonly<Record<string, string>> = {
  int32: 'int32',
  int64: 'int64',
  byte: 'bytes',
  'google-duration': 'duration',
  'google-datetime': 'time',
  'google-fieldmask': 'mask',
}

function kindOf(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref
  if (schema.items) return `[${kindOf(schema.items)}]`
  if (schema.additionalProperties) return `{${kindOf(schema.additionalProperties)}}`
  // One value alone would not be seen to be an enum.
  if (schema.enum) return `=${schema.enum.map((v, n) => (schema.enumDeprecated?.[n] ? `${v}!` : v)).join('|')}`
  if (schema.format === 'float' || schema.format === 'double') return 'number'
  return formats[schema.format ?? ''] ?? schema.type ?? 'any'
}

const [, , from] = process.argv
if (from === undefined) throw new Error('The path of a discovery document is needed.')
const document = JSON.parse(readFileSync(from, 'utf8')) as {
  readonly revision: string
  readonly schemas: Readonly<Record<string, Schema>>
}
const sorted = <T>(table: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1))
const types = Object.fromEntries(
  sorted(document.schemas).map(([name, { properties = {} }]) => [
    name,
    Object.fromEntries(
      sorted(properties).map(([field, schema]) => [
        field,
        `${kindOf(schema)}${schema.deprecated ? ' !' : ''}${schema.readOnly ? ' ?' : ''}`,
      ]),
    ),
  ]),
)
const to = new URL('../wire/android/catalog/data/management.json', import.meta.url)
writeFileSync(to, `${JSON.stringify({ revision: document.revision, types }, null, 1)}\n`)
