import type { Ctx } from '../../base/ctx.ts'
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

/** What somebody above knows of values of a kind that the kind itself cannot know, as what a certain app can be told. */
export type Looking = (ctx: Ctx, value: Json) => Promise<readonly Finding[]>

const lookings = new Map<string, Looking>()

/** Has values of a kind looked at by whoever knows more of them; called by main before the server starts. */
export function lookBy(kind: string, looking: Looking): void {
  lookings.set(kind, looking)
}

/** Everything there is to say about a value here and now: by its kind, and by who knows what it names. */
export async function findingsIn(ctx: Ctx, kind: string, value: Json): Promise<readonly Finding[]> {
  const own = findingsOf(kind, value)
  const looking = lookings.get(kind)
  if (!looking) return own
  const more = await looking(ctx, value)
  const said = new Set(own.map(f => f.path))
  return [...own, ...more.filter(f => !said.has(f.path))]
}

/** Refuses a value with an error, naming every place; answers the warnings and notes of one without. */
export function sound(kind: string, value: Json): readonly Finding[] {
  return demandSound(findingsOf(kind, value))
}

/** The same of a value that is to be kept. */
export async function soundIn(ctx: Ctx, kind: string, value: Json): Promise<readonly Finding[]> {
  return demandSound(await findingsIn(ctx, kind, value))
}

function demandSound(findings: readonly Finding[]): readonly Finding[] {
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
