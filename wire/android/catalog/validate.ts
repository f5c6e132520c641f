import type { Catalog, Field, Holds, Message } from './catalog.ts'
import { policyLimits } from './limits.ts'

/** Something that is wrong with a message, at a JSON pointer. */
export interface Finding {
  readonly severity: 'error' | 'note'
  readonly code:
    | 'type'
    | 'unknown-field'
    | 'not-offered'
    | 'malformed'
    | 'too-many'
    | 'too-small'
    | 'too-big'
    | 'twice'
    | 'output-only'
    | 'deprecated'
    | 'form-misplaced'
    | 'too-deep'
    | 'freeze-long'
    | 'freeze-close'
  readonly path: string
  readonly facts?: Readonly<Record<string, string | number>>
}

/** How it is looked at. */
export interface Looking {
  /** What stands for a value that is filled in later: answers of which kind it will be, `any` when it fits everywhere, null when it is no such thing. */
  readonly form?: (value: Readonly<Record<string, unknown>>) => 'any' | 'string' | 'bytes' | 'time' | 'number' | null
  /** Fields that are only answered are refused; off where a whole answer is sent back, as the API allows. */
  readonly strict?: boolean
}

const deepest = 32
const most = 500

/** Everything wrong with a message of a type, errors and notes; at most 500 of them. */
export function validate(catalog: Catalog, type: string, value: unknown, looking: Looking = {}): readonly Finding[] {
  const found: Finding[] = []
  const look: Look = { catalog, looking, add: finding => found.length < most && found.push(finding) }
  holds(look, { is: 'type', type }, { value, path: '', depth: 0 })
  if (type === 'Policy') for (const finding of policyLimits(value)) look.add(finding)
  return found
}

interface Look {
  readonly catalog: Catalog
  readonly looking: Looking
  add(finding: Finding): unknown
}

interface At {
  readonly value: unknown
  readonly path: string
  readonly depth: number
}

function holds(look: Look, kind: Holds, at: At): void {
  const { value, path, depth } = at
  if (depth > deepest) {
    look.add({ severity: 'error', code: 'too-deep', path })
    return
  }
  const table = tableIn(value)
  const form = table && look.looking.form?.(table)
  if (form) {
    if (form !== 'any' && !takes(kind, form))
      look.add({ severity: 'error', code: 'form-misplaced', path, facts: { form, expected: nameOf(kind) } })
    return
  }
  if (kind.is === 'type') {
    if (table) fields(look, look.catalog.message(kind.type), { value: table, path, depth })
    else wrong(look, kind, at)
  } else if (kind.is === 'list') {
    if (!Array.isArray(value)) wrong(look, kind, at)
    else
      for (const [n, one] of value.entries())
        holds(look, kind.of, { value: one, path: `${path}/${n}`, depth: depth + 1 })
  } else if (kind.is === 'map') {
    if (!table) wrong(look, kind, at)
    else
      for (const [key, one] of Object.entries(table))
        holds(look, kind.of, { value: one, path: `${path}/${escaped(key)}`, depth: depth + 1 })
  } else scalar(look, kind, at)
}

function fields(look: Look, message: Message, at: At & { value: Readonly<Record<string, unknown>> }): void {
  for (const [key, value] of Object.entries(at.value)) {
    const path = `${at.path}/${escaped(key)}`
    const field = message.get(key)
    if (!field) look.add({ severity: 'error', code: 'unknown-field', path, facts: { field: key } })
    else below(look, field, { value, path, depth: at.depth + 1 })
  }
}

function below(look: Look, field: Field, at: At): void {
  if (field.output && look.looking.strict) look.add({ severity: 'error', code: 'output-only', path: at.path })
  if (field.deprecated) look.add({ severity: 'note', code: 'deprecated', path: at.path })
  holds(look, field.holds, at)
}

function scalar(look: Look, kind: Exclude<Holds, { is: 'type' | 'list' | 'map' }>, at: At): void {
  const { value, path } = at
  if (kind.is === 'any') return
  if (kind.is === 'int32' || kind.is === 'int64') integer(look, kind, at)
  else if (!fits(kind, value)) wrong(look, kind, at)
  else if (kind.is === 'enum' && !kind.values.includes(String(value)))
    look.add({ severity: 'error', code: 'not-offered', path, facts: { offered: kind.values.join(', ') } })
  else if (kind.is === 'enum' && kind.old.includes(String(value)))
    look.add({ severity: 'note', code: 'deprecated', path })
  else if (shapes[kind.is]?.test(String(value)) === false)
    look.add({ severity: 'error', code: 'malformed', path, facts: { expected: kind.is } })
}

function fits(kind: Holds, value: unknown): boolean {
  if (kind.is === 'object') return tableIn(value) !== null
  return typeof value === (kind.is === 'boolean' || kind.is === 'number' ? kind.is : 'string')
}

const shapes: Readonly<Partial<Record<Holds['is'], RegExp>>> = {
  bytes: /^[\w+/-]*={0,2}$/,
  duration: /^-?\d{1,12}(?:\.\d{1,9})?s$/,
  time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/,
  mask: /^(?:[A-Za-z_][\w.]*(?:,[A-Za-z_][\w.]*)*)?$/,
}

/** JSON of the API takes whole numbers as digits too, and writes the long ones so. */
function integer(look: Look, kind: Holds, at: At): void {
  const { value, path } = at
  const whole =
    typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'string' && /^-?\d+$/.test(value)
  if (!whole) {
    wrong(look, kind, at)
    return
  }
  const large = BigInt(value as string | number)
  const half = kind.is === 'int32' ? 2n ** 31n : 2n ** 63n
  if (large >= half) look.add({ severity: 'error', code: 'too-big', path, facts: { most: String(half - 1n) } })
  if (large < -half) look.add({ severity: 'error', code: 'too-small', path, facts: { least: String(-half) } })
}

function wrong(look: Look, kind: Holds, { path }: At): void {
  look.add({ severity: 'error', code: 'type', path, facts: { expected: nameOf(kind) } })
}

function takes(kind: Holds, form: 'string' | 'bytes' | 'time' | 'number'): boolean {
  if (kind.is === 'any') return true
  if (form === 'number') return kind.is === 'int32' || kind.is === 'int64' || kind.is === 'number'
  if (form === 'bytes') return kind.is === 'bytes'
  if (form === 'time') return kind.is === 'time' || kind.is === 'string'
  return kind.is === 'string' || kind.is === 'bytes'
}

/** What a kind is called in a finding. */
function nameOf(kind: Holds): string {
  if (kind.is === 'type' || kind.is === 'map') return 'object'
  if (kind.is === 'list') return 'array'
  if (kind.is === 'int32' || kind.is === 'int64') return 'integer'
  return kind.is === 'boolean' || kind.is === 'number' ? kind.is : 'string'
}

function tableIn(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
