import type { Ctx } from '../../base/ctx.ts'
import { conflictsOf } from '../blueprints/index.ts'
import type { Batch, Check } from './check.ts'

/** Whether what the devices will have is something, and is not at odds with itself. */
export async function blueprintCheck(_: Ctx, batch: Batch): Promise<Check[]> {
  const { blueprint } = batch.intake
  const { state, of } = batch.foreseen
  const items = Math.min(...of.map(o => o.effective.items.length), Number.POSITIVE_INFINITY)
  const sets = [...new Set(of.map(o => o.effective))]
  const conflicts = sets.flatMap(conflictsOf).filter(c => c.level === 'equal')
  const [first] = conflicts
  const named = (id: string | undefined): string => state.policies.get(id ?? '')?.name ?? ''
  const facts = {
    items: Number.isFinite(items) ? items : 0,
    conflicts: new Set(conflicts.map(c => `${c.item} ${c.key ?? ''}`)).size,
    one: named(first?.policies[0]),
    other: named(first?.policies[1]),
    name: state.blueprints.get(blueprint ?? '')?.name ?? '',
  }
  const lost = blueprint !== null && !state.blueprints.has(blueprint)
  const nothing = facts.items === 0 && of.length > 0
  const color = lost || conflicts.length > 0 ? 'red' : nothing ? 'amber' : 'green'
  const link = blueprint === null || lost ? '/policies/blueprints' : `/policies/blueprints/${blueprint}`
  return [{ code: 'blueprint', subject: '', state: color, facts: { ...facts, lost }, link }]
}
