import { type Artifact, type Field, isObject, type Json, rootOf, type Shape, shapeOf, step } from './catalog.ts'
import { exclusive } from './exclusive.ts'
import { bounds, type Finding, note, type Walk } from './finding.ts'
import { bytesOf, formOf, instantOf, type SpecialForm } from './forms.ts'
import { textFits } from './texts.ts'

export { bounds, type Finding, type FindingCode, findingCodes } from './finding.ts'

/**
 * Everything wrong with a value that is to be sent: types, presence, allowed values, bounds, formats, keys that shut each other out.
 * The forms are taken where the type of what they stand for fits. Keys that the catalog does not know are a warning: Apple adds keys faster than anyone can follow.
 */
export function validate(artifact: Artifact, value: Json): readonly Finding[] {
  const walk: Walk = { artifact, findings: [], strict: true, nodes: 0 }
  if (artifact.open) note(walk, 'note', 'unverified', '')
  check(walk, rootOf(artifact, value), value, '')
  for (const rule of artifact.exclusive ?? []) walk.findings.push(...exclusive(rule, value))
  return walk.findings.slice(0, bounds.findings)
}

/**
 * What a device sent that the catalog would not have expected, as drift: never an error, never thrown, whatever came.
 * `field` is the whole of what is looked at: `rootOf(artifact)` for a check-in, `answerOf(artifact)` for an answer.
 */
export function drift(artifact: Artifact, field: Field, value: unknown): readonly Finding[] {
  const walk: Walk = { artifact, findings: [], strict: false, nodes: 0 }
  try {
    check(walk, field, value as Json, '')
  } catch {
    note(walk, 'warning', 'too-deep', '')
  }
  return walk.findings.slice(0, bounds.findings).map(f => (f.severity === 'error' ? { ...f, severity: 'warning' } : f))
}

const depthOf = (path: string): number => path.split('/').length - 1

function check(walk: Walk, field: Field, value: Json, path: string): undefined {
  walk.nodes += 1
  if (walk.nodes > bounds.nodes) {
    if (walk.nodes === bounds.nodes + 1) note(walk, 'error', 'too-big', path, { most: bounds.nodes })
    return
  }
  if (depthOf(path) > bounds.depth) return note(walk, 'error', 'too-deep', path, { most: bounds.depth })
  if (value === null || value === undefined)
    return note(walk, 'error', 'type', path, { expected: field.type, found: 'null' })
  const form = walk.strict ? formOf(value) : undefined
  if (form === 'unknown') return note(walk, 'error', 'bad-form', path)
  if (form) return checkForm(walk, field, form, path)
  switch (field.type) {
    case 'string':
      return checkText(walk, field, value, path)
    case 'integer':
    case 'real':
      return checkNumber(walk, field, value, path)
    case 'boolean':
      if (typeof value !== 'boolean') mistyped(walk, field, value, path)
      return
    case 'array':
      return checkArray(walk, field, value, path)
    case 'dictionary':
      return isObject(value)
        ? checkKeys(walk, shapeOf(walk.artifact, field), value, path)
        : mistyped(walk, field, value, path)
    case 'union':
      return checkUnion(walk, field, value, path)
    case 'any':
      return checkAny(walk, value, path)
    case 'data':
    case 'date':
      // Inbound they come as bytes and instants, which have been told apart before.
      return mistyped(walk, field, value, path)
  }
}

function mistyped(walk: Walk, field: Field, value: Json, path: string): undefined {
  if (!walk.strict && (field.type === 'data' || field.type === 'date') && typeof value === 'object') return
  note(walk, 'error', 'type', path, { expected: field.type, found: kindOf(value) })
}

/** The name of a JSON value's type, in the catalog's words. */
export function kindOf(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'real'
  return typeof value === 'object' ? 'dictionary' : typeof value
}

function checkText(walk: Walk, field: Field, value: Json, path: string): undefined {
  if (typeof value !== 'string') return mistyped(walk, field, value, path)
  if (value.length > bounds.text) return note(walk, 'error', 'too-big', path, { most: bounds.text })
  chosen(walk, field, value, path)
  const wrong = textFits(field, value)
  if (wrong) note(walk, wrong.severity, 'format', path, { expected: wrong.expected })
  if (walk.strict && field.secret && value !== '') note(walk, 'warning', 'secret-in-clear', path)
}

function chosen(walk: Walk, field: Field, value: string | number, path: string): undefined {
  if (field.allowed && !field.allowed.includes(value))
    note(walk, 'error', 'not-allowed', path, { found: value, allowed: few(field.allowed) })
  if (field.choices && !field.choices.some(c => c.name === value))
    note(walk, 'warning', 'not-allowed', path, { found: value, allowed: few(field.choices.map(c => c.name)) })
}

const few = (values: readonly (string | number)[]): string =>
  values.length > 12 ? `${values.slice(0, 12).join(', ')} …` : values.join(', ')

function checkNumber(walk: Walk, field: Field, value: Json, path: string): undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return mistyped(walk, field, value, path)
  if (field.type === 'integer' && !Number.isSafeInteger(value)) return mistyped(walk, field, value, path)
  within(walk, field, value, path)
}

function within(walk: Walk, field: Field, value: number, path: string): undefined {
  const bounded = field.min !== undefined || field.max !== undefined
  // With both, the values named stand beside the range: 0 for never, or 1 to 180.
  if (bounded && field.allowed?.includes(value)) return
  if (!bounded) chosen(walk, field, value, path)
  if (field.min !== undefined && value < field.min)
    note(walk, 'error', 'too-small', path, { found: value, least: field.min })
  if (field.max !== undefined && value > field.max)
    note(walk, 'error', 'too-large', path, { found: value, most: field.max })
}

function checkArray(walk: Walk, field: Field, value: Json, path: string): undefined {
  if (!Array.isArray(value)) return mistyped(walk, field, value, path)
  const { min, max } = field.count ?? {}
  if (min !== undefined && value.length < min) note(walk, 'error', 'too-few', path, { found: value.length, least: min })
  if (max !== undefined && value.length > max) note(walk, 'error', 'too-many', path, { found: value.length, most: max })
  const item = shapeOf(walk.artifact, field).item ?? { name: '', type: 'any' as const }
  for (const [i, one] of value.entries()) {
    if (walk.nodes > bounds.nodes) return
    check(walk, item, one, step(path, i))
  }
}

function checkKeys(
  walk: Walk,
  shape: Pick<Shape, 'fields' | 'rest'>,
  value: { readonly [key: string]: Json },
  path: string,
): undefined {
  const fields = shape.fields ?? []
  for (const field of fields) {
    if (!field.required || Object.hasOwn(value, field.name)) continue
    // What only some systems or enrollments have cannot be asked of all; a device knows which it is.
    if (!isPartial(field)) note(walk, 'error', 'missing', step(path, field.name))
    else if (walk.strict) note(walk, 'warning', 'missing', step(path, field.name))
  }
  const byName = new Map(fields.map(f => [f.name, f]))
  for (const [key, one] of Object.entries(value)) {
    if (walk.nodes > bounds.nodes) return
    const field = byName.get(key) ?? shape.rest
    if (field) check(walk, field, one, step(path, key))
    else {
      note(walk, 'warning', 'unknown-key', step(path, key), { key })
      checkAny(walk, one, step(path, key))
    }
  }
}

const isPartial = ({ os }: Field): boolean =>
  Object.values(os ?? {}).some(
    facts =>
      facts === null ||
      (facts.userEnrollment ?? 'allowed') !== 'allowed' ||
      (facts.sharedIpad?.mode ?? 'allowed') !== 'allowed',
  )

function checkUnion(walk: Walk, field: Field, value: Json, path: string): undefined {
  if (!isObject(value)) return note(walk, 'error', 'type', path, { expected: 'dictionary', found: kindOf(value) })
  const by = field.by ?? ''
  const name = Object.hasOwn(value, by) ? value[by] : undefined
  if (name === undefined) return note(walk, 'error', 'missing', step(path, by))
  const one = field.cases?.find(c => c.name === name)
  if (!one) {
    note(walk, 'error', 'unknown-case', step(path, by), { found: String(name) })
    return
  }
  if (one.rest) note(walk, 'note', 'unverified', path)
  checkKeys(walk, one, value, path)
}

/** Anything at all, but still no form that is wrong, and no end to its depth. */
function checkAny(walk: Walk, value: Json, path: string): undefined {
  if (value === null) return note(walk, 'error', 'type', path, { expected: 'any', found: 'null' })
  if (typeof value !== 'object') {
    if (typeof value === 'number' && !Number.isFinite(value))
      note(walk, 'error', 'type', path, { expected: 'real', found: 'null' })
    return
  }
  const any: Field = { name: '', type: 'any' }
  for (const [key, one] of Object.entries(value)) {
    if (walk.nodes > bounds.nodes) return
    check(walk, any, one, step(path, key))
  }
}

const stands: Readonly<Record<SpecialForm['form'], readonly Field['type'][]>> = {
  // A variable has the type of what it is bound to, which is not known before.
  $var: ['string', 'integer', 'real', 'boolean', 'any'],
  $text: ['string', 'any'],
  $secret: ['string', 'data', 'any'],
  $newSecret: ['string', 'data', 'any'],
  $data: ['data', 'any'],
  $date: ['date', 'any'],
  $real: ['real', 'any'],
  $integer: ['integer', 'any'],
}

function checkForm(walk: Walk, field: Field, { form, value }: SpecialForm, path: string): undefined {
  if (!stands[form].includes(field.type))
    return note(walk, 'error', 'form-misplaced', path, { form, expected: field.type })
  switch (form) {
    case '$var':
      if (typeof value !== 'string' || value.length === 0 || value.length > 120)
        note(walk, 'error', 'bad-form', path, { form })
      return
    case '$secret':
      if (typeof value !== 'string' || value.length === 0 || value.length > 100)
        note(walk, 'error', 'bad-form', path, { form })
      return
    case '$newSecret':
      if (typeof value !== 'string' || value.length === 0 || value.length > bounds.text)
        note(walk, 'error', 'bad-form', path, { form })
      return
    case '$text':
      if (!Array.isArray(value) || value.length > 100 || !value.every(isPiece))
        note(walk, 'error', 'bad-form', path, { form })
      return
    case '$data':
      if (typeof value !== 'string' || value.length > bounds.data || bytesOf(value) === undefined)
        note(walk, 'error', 'bad-data', path)
      else if (field.secret && value !== '') note(walk, 'warning', 'secret-in-clear', path)
      return
    case '$date':
      if (typeof value !== 'string' || instantOf(value) === undefined) note(walk, 'error', 'bad-date', path)
      return
    case '$real':
      if (typeof value !== 'number' || !Number.isFinite(value)) note(walk, 'error', 'bad-form', path, { form })
      else within(walk, field, value, path)
      return
    case '$integer':
      if (typeof value !== 'string' || !/^-?\d{1,20}$/.test(value)) note(walk, 'error', 'bad-form', path, { form })
      else within(walk, field, Number(value), path)
      return
  }
}

function isPiece(piece: Json): boolean {
  if (typeof piece === 'string') return piece.length <= bounds.text
  const form = formOf(piece)
  return form !== undefined && form !== 'unknown' && form.form === '$var' && typeof form.value === 'string'
}
