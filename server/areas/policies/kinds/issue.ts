import type { z } from 'zod'
import type { Finding, Json } from '../kind.ts'

type Issue = z.core.$ZodIssue
type Facts = NonNullable<Finding['facts']>

/** What a schema found wrong, as findings with JSON pointers: one per place, in the words of the form that was meant. */
export function findingsOf(error: z.ZodError, value: Json): Finding[] {
  return error.issues.flatMap(issue => findings(issue, value, []))
}

/** The JSON pointer of a path (RFC 6901). */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map(step => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function findings(issue: Issue, value: Json, above: readonly PropertyKey[]): Finding[] {
  const path = [...above, ...issue.path]
  const here = pointer(path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => wrong('value.unknown-key', pointer([...path, key])))
    case 'invalid_union':
      return meant(issue, at(value, path), path, value)
    case 'invalid_type':
      return at(value, path) === undefined
        ? [wrong('value.missing', here)]
        : [wrong('value.type', here, { expected: issue.expected })]
    case 'too_small':
      return [wrong(sized(issue.origin, 'small'), here, { least: Number(issue.minimum) })]
    case 'too_big':
      return [wrong(sized(issue.origin, 'big'), here, { most: Number(issue.maximum) })]
    case 'invalid_value':
      return at(value, path) === undefined
        ? [wrong('value.missing', here)]
        : [wrong('value.not-offered', here, { offered: issue.values.map(String).join(', ') })]
    default:
      return [wrong('value.malformed', here)]
  }
}

/** A value may be itself or one of the special forms; the complaint is about the one it tried to be. */
function meant(
  issue: Issue & { code: 'invalid_union' },
  is: Json | undefined,
  path: readonly PropertyKey[],
  value: Json,
): Finding[] {
  if (is === undefined) return [wrong('value.missing', pointer(path))]
  const form = typeof is === 'object' && is !== null && !Array.isArray(is) ? Object.keys(is)[0] : undefined
  if (form?.startsWith('$')) {
    const fits = issue.errors.find(errors => errors.every(e => e.path[0] === form))
    if (fits && fits.length > 0) return fits.flatMap(e => findings(e, value, path))
    return [wrong('value.form', pointer(path), { form })]
  }
  const [first] = issue.errors
  if (!first || first.length === 0) return [wrong('value.not-offered', pointer(path), { offered: offered(issue) })]
  // A password in the open: the first form that is accepted is that of a secret.
  if (typeof is === 'string' && issue.errors.length === 3 && first.every(e => e.code === 'invalid_type'))
    return [wrong('value.secret-in-the-open', pointer(path))]
  return first.flatMap(e => findings(e, value, path))
}

function offered(issue: Issue): string {
  const options = 'options' in issue && Array.isArray(issue['options']) ? issue['options'] : []
  return options.map(String).join(', ')
}

function sized(origin: string, how: 'small' | 'big'): string {
  if (origin === 'string') return how === 'small' ? 'value.too-short' : 'value.too-long'
  if (origin === 'array') return how === 'small' ? 'value.too-few' : 'value.too-many'
  return how === 'small' ? 'value.too-small' : 'value.too-big'
}

function at(value: Json | undefined, path: readonly PropertyKey[]): Json | undefined {
  let is: Json | undefined = value
  for (const step of path) {
    if (typeof is !== 'object' || is === null) return undefined
    is = Object.hasOwn(is, step) ? Object.entries(is).find(([key]) => key === String(step))?.[1] : undefined
  }
  return is
}

function wrong(code: string, path: string, facts?: Facts): Finding {
  return { severity: 'error', code, path, ...(facts ? { facts } : {}) }
}
