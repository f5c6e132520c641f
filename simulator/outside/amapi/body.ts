import type { Holds } from '@muster/wire/android/catalog/catalog.ts'
import { managementCatalog } from '@muster/wire/android/catalog/open.ts'
import { type Finding, validate } from '@muster/wire/android/catalog/validate.ts'
import { badRequest, type Refusal, type Table, tableIn } from './refusal.ts'

/** What a request says, as a message of a type; refused as the API refuses it. Nothing is said by null. */
export function bodyOf(type: string, bytes: Uint8Array): Table {
  let value: unknown = {}
  try {
    if (bytes.length > 0) value = JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    throw badRequest('Invalid JSON payload received. Unexpected token.', [
      { field: '', description: 'Invalid JSON payload received.' },
    ])
  }
  const table = tableIn(withoutNull(value))
  if (!table) throw badRequest('Invalid JSON payload received. Unknown name "": Root element must be a message.', [])
  const wrong = validate(managementCatalog(), type, table).filter(f => f.severity === 'error')
  if (wrong.length > 0) throw refusalOf(wrong)
  return table
}

/** Names of a mask, checked against a type and what may be written of it; null without a mask. */
export function maskOf(type: string, text: string | null, fixed: readonly string[] = []): readonly string[] | null {
  if (text === null) return null
  const paths = text.split(',').map(p => p.trim().replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()))
  for (const path of paths)
    if (path === '' || !isPath(type, path.split('.')) || fixed.includes(path))
      throw badRequest(`Invalid field mask: ${text}`, [{ field: 'update_mask', description: `Invalid path: ${path}` }])
  return paths
}

/** A message with what a mask names taken from another; what the other does not say is taken away. */
export function masked(old: Table, wish: Table, mask: readonly string[]): Table {
  const made = structuredClone(old)
  for (const path of mask) {
    const keys = path.split('.')
    const last = keys.pop() ?? ''
    let [to, from]: [Table, Table | null] = [made, wish]
    for (const key of keys) {
      const below = tableIn(to[key]) ?? {}
      to[key] = below
      to = below
      from = from && tableIn(from[key])
    }
    if (from?.[last] === undefined) delete to[last]
    else to[last] = from[last]
  }
  return made
}

function isPath(type: string, keys: readonly string[]): boolean {
  let holds: Holds = { is: 'type', type }
  for (const key of keys) {
    if (holds.is === 'map' || holds.is === 'any') return true
    if (holds.is !== 'type') return false
    const field = managementCatalog().message(holds.type).get(key)
    if (!field) return false
    holds = field.holds
  }
  return true
}

function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull)
  const table = tableIn(value)
  if (!table) return value
  return Object.fromEntries(Object.entries(table).flatMap(([k, v]) => (v === null ? [] : [[k, withoutNull(v)]])))
}

function refusalOf(findings: readonly Finding[]): Refusal {
  const fields = findings.map(finding => ({ field: fieldOf(finding.path), description: sentenceOf(finding) }))
  return badRequest(fields.map(f => f.description).join('\n'), fields)
}

/** `/applications/0/packageName` as `applications[0].packageName`. */
function fieldOf(path: string): string {
  return path
    .slice(1)
    .replaceAll(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.')
}

function sentenceOf({ code, path, facts }: Finding): string {
  const field = fieldOf(path)
  const at = field.replace(/\.?[^.]*$/, '')
  switch (code) {
    case 'unknown-field':
      return `Invalid JSON payload received. Unknown name "${facts?.['field']}"${at === '' ? '' : ` at '${at}'`}: Cannot find field.`
    case 'too-many':
      return `Too many values of ${field}: at most ${facts?.['most']} are allowed.`
    case 'twice':
      return `Duplicate value of ${field}.`
    default:
      return `Invalid value at '${field}'${facts?.['expected'] === undefined ? '' : ` (${facts['expected']})`}.`
  }
}
