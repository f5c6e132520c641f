import { Malformed } from '../../malformed.ts'
import { type Dict, isDict, type Plist, put, Real, Uid } from '../../plist/value.ts'
import { answerOf, type Artifact, type Field, isObject, type Json, rootOf, type Shape, shapeOf } from './catalog.ts'
import { base64Of, bytesOf, formOf, instantOf, isLater, type SpecialForm } from './forms.ts'

/** What to read a value as when nothing is known of it. */
const any: Field = { name: '', type: 'any' }
const maxDepth = 64

/**
 * The value as a property list: numbers become integers or reals as the catalog says, forms become what they stand for.
 * Variables, texts and secrets must have been filled in before; one that is left is refused, as nothing half-filled may be sent.
 */
export function toPlist(artifact: Artifact, value: Json): Plist {
  return written(artifact, rootOf(artifact, value), value, 0)
}

/** The property list as JSON with forms; the inverse of `toPlist`. Read the bytes with `exact`, so that reals stay told apart. */
export function fromPlist(artifact: Artifact, value: Plist): Json {
  const rough = read(artifact, any, value, 0)
  return read(artifact, artifact.variants ? rootOf(artifact, rough) : rootOf(artifact), value, 0)
}

/** A device's answer to a command as JSON with forms. */
export function answerFromPlist(artifact: Artifact, value: Plist): Json {
  return read(artifact, answerOf(artifact) ?? any, value, 0)
}

/** Any property list as JSON with forms, nothing being known of it. */
export function plainFromPlist(value: Plist): Json {
  return read(nothing, any, value, 0)
}

/** JSON with forms as a property list, nothing being known of it. */
export function plainToPlist(value: Json): Plist {
  return written(nothing, any, value, 0)
}

/** The value as a declaration's JSON, in which bytes are base64, instants are text and reals are numbers (Apple: Declarative Management). */
export function toJson(value: Json): Json {
  const form = formOf(value)
  if (form && form !== 'unknown') return plainOf(form)
  if (Array.isArray(value)) return value.map(toJson)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, toJson(v)]))
}

function plainOf({ form, value }: SpecialForm): Json {
  if (isLater({ form, value })) throw new Malformed('catalog.unfilled', form)
  // JSON of a declaration has no word for integers beyond doubles either; none of its keys is one.
  return form === '$integer' ? Number(value) : value
}

const nothing: Artifact = { family: 'document', id: '', os: {} }

function written(artifact: Artifact, field: Field, value: Json, depth: number): Plist {
  if (depth > maxDepth) throw new Malformed('catalog.depth')
  const form = formOf(value)
  if (form && form !== 'unknown') return special(form)
  if (value === null) throw new Malformed('catalog.null')
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Malformed('catalog.number')
    return field.type === 'real' || !Number.isInteger(value) ? new Real(value) : value
  }
  if (typeof value !== 'object') return value
  const shape = inside(artifact, field, value)
  if (Array.isArray(value)) return value.map(one => written(artifact, shape.item ?? any, one, depth + 1))
  const out: Dict = {}
  for (const [key, one] of Object.entries(value)) {
    const known = shape.fields?.find(f => f.name === key) ?? shape.rest ?? any
    put(out, key, written(artifact, known, one, depth + 1))
  }
  return out
}

/** What a container holds; of a union, what the case holds that the value is. */
function inside(artifact: Artifact, field: Field, value: Json): Shape {
  const shape = shapeOf(artifact, field)
  if (field.type !== 'union' || !isObject(value)) return shape
  return shape.cases?.find(c => c.name === value[shape.by ?? '']) ?? {}
}

function special({ form, value }: SpecialForm): Plist {
  switch (form) {
    case '$data': {
      const bytes = typeof value === 'string' ? bytesOf(value) : undefined
      if (!bytes) throw new Malformed('catalog.data')
      return bytes
    }
    case '$date': {
      const at = typeof value === 'string' ? instantOf(value) : undefined
      if (!at) throw new Malformed('catalog.date')
      return at
    }
    case '$real':
      if (typeof value !== 'number') throw new Malformed('catalog.real')
      return new Real(value)
    case '$integer': {
      if (typeof value !== 'string' || !/^-?\d{1,20}$/.test(value)) throw new Malformed('catalog.integer')
      const big = BigInt(value)
      return Number.isSafeInteger(Number(big)) ? Number(big) : big
    }
    case '$var':
    case '$text':
    case '$secret':
    case '$newSecret':
      throw new Malformed('catalog.unfilled', form)
  }
}

function read(artifact: Artifact, field: Field, value: Plist, depth: number): Json {
  if (depth > maxDepth) throw new Malformed('catalog.depth')
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value
  if (typeof value === 'bigint') return { $integer: String(value) }
  if (value instanceof Real) return realOf(field, value.value)
  if (value instanceof Uid) return value.value
  if (value instanceof Date) return { $date: value.toISOString().replace('.000Z', 'Z') }
  if (value instanceof Uint8Array) return { $data: base64Of(value) }
  if (Array.isArray(value)) {
    const { item } = shapeOf(artifact, field)
    return value.map(one => read(artifact, item ?? any, one, depth + 1))
  }
  if (!isDict(value)) return null
  const name = field.by === undefined ? undefined : value[field.by]
  const shape = field.type === 'union' ? (field.cases?.find(c => c.name === name) ?? {}) : shapeOf(artifact, field)
  const out: Record<string, Json> = {}
  for (const [key, one] of Object.entries(value)) {
    const known = shape.fields?.find(f => f.name === key) ?? ('rest' in shape ? shape.rest : undefined) ?? any
    const inner = read(artifact, known, one, depth + 1)
    if (key === '__proto__')
      Object.defineProperty(out, key, { value: inner, enumerable: true, configurable: true, writable: true })
    else out[key] = inner
  }
  return out
}

/** A real where a real is expected is a plain number; elsewhere an integral one must say so. JSON has no word for what is not finite. */
function realOf(field: Field, value: number): Json {
  if (!Number.isFinite(value)) return String(value)
  return field.type === 'real' || !Number.isInteger(value) ? value : { $real: value }
}
