import { Problem } from '../../base/problem.ts'
import { type Finding, findPolicyKind, type Json, type PolicyKind } from './kind.ts'

const mostBytes = 1024 * 1024
const deepest = 32

/** The kind of this name; refused where none is known. */
export function kindOf(kind: string): PolicyKind {
  const found = findPolicyKind(kind)
  if (!found) throw new Problem('policy.kind-unknown', { kind })
  return found
}

/** Everything the kind has to say about a value: errors, warnings, notes. Refuses only what is too large or too deep to be looked at. */
export function findingsOf(kind: string, value: Json): readonly Finding[] {
  const known = kindOf(kind)
  if (Buffer.byteLength(JSON.stringify(value)) > mostBytes) throw new Problem('policy.too-large', { limit: mostBytes })
  if (depthOf(value) > deepest) throw new Problem('policy.too-deep', { limit: deepest })
  return known.check(value)
}

/** Refuses a value with an error, naming every place; answers the warnings and notes of one without. */
export function sound(kind: string, value: Json): readonly Finding[] {
  const findings = findingsOf(kind, value)
  const errors = findings.filter(f => f.severity === 'error')
  if (errors.length > 0)
    throw new Problem(
      'policy.invalid',
      { errors: errors.length },
      { fields: errors.slice(0, 200).map(f => ({ path: `value${f.path}`, message: f.code })) },
    )
  return findings
}

function depthOf(value: Json): number {
  let deep = 0
  const open: [Json, number][] = [[value, 1]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [one, depth] = next
    if (typeof one !== 'object' || one === null) continue
    deep = Math.max(deep, depth)
    for (const child of Array.isArray(one) ? one : Object.values(one)) open.push([child, depth + 1])
  }
  return deep
}
