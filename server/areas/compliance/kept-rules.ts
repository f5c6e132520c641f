import type { Ctx } from '../../base/ctx.ts'
import { factOf } from '../devices/index.ts'
import { factsLookedAt } from './judge.ts'
import type { Rule } from './rule.ts'
import * as store from './rule-store.ts'

/** A rule as it is evaluated, with what of a device it looks at, named as the watch names it. */
export interface LiveRule extends Rule {
  readonly removed: boolean
  readonly looksAt: ReadonlySet<string>
}

interface Kept {
  mark: string
  rules: readonly LiveRule[]
}

const shelves = new WeakMap<object, Map<string, Kept>>()

/** The rules of the org, kept in this process until one of them changes. A mark never comes twice. */
export async function rulesNow(ctx: Ctx): Promise<readonly LiveRule[]> {
  const mark = await store.markOf(ctx)
  if (mark === undefined) return []
  const shelf = shelves.get(ctx.secrets) ?? new Map<string, Kept>()
  shelves.set(ctx.secrets, shelf)
  const known = shelf.get(ctx.org)
  if (known?.mark === mark) return known.rules
  const rules = (await store.listRows(ctx)).map(row => live(store.toRule(row), row.removed === 1))
  shelf.set(ctx.org, { mark, rules })
  return rules
}

/** A rule made ready to be evaluated. */
export function live(rule: Rule, removed = false): LiveRule {
  const { kind } = rule.demand
  const lists =
    kind === 'apps' || kind === 'malware' ? ['list.apps'] : kind === 'certificate' ? ['list.certificates'] : []
  const fields = rule.terms.map(t => t.field ?? '')
  const columns = kind === 'os-age' ? ['os'] : kind === 'supervision' ? ['supervised'] : []
  const facts = (factsLookedAt[kind] ?? []).map(f => `fact.${f}`)
  const scoped = ['unit', 'ownership', 'platform', 'state', 'tag', 'user']
  return { ...rule, removed, looksAt: new Set([...scoped, ...lists, ...fields, ...columns, ...facts]) }
}

/** The facts, in small letters, that these rules need of a device. */
export function factsWished(rules: readonly LiveRule[]): string[] {
  const keys = rules.flatMap(r => [...r.looksAt].map(factOf))
  return [...new Set(keys.filter(k => k !== null))]
}
