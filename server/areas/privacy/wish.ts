import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { adminsHolding, namesOf, rootUnit, visibleUnits } from '../identity/index.ts'
import { choices, collectFloor, collects, forbiddenOrder, type Rules } from './charter.ts'

/** Refuses rules that no charter may hold, each with its clause: beneath a floor, in a way a kind of datum cannot be kept, or about a unit that is not there. */
export async function demandPossible(ctx: Ctx, rules: Rules): Promise<Map<string, string>> {
  for (const { type, ownership, collect } of rules.collect) {
    const clause = `collect.${type}.${ownership}`
    if (collects.indexOf(collect) > collects.indexOf(collectFloor(type, ownership)))
      throw new Problem('privacy.floor', { clause, asked: collect, most: collectFloor(type, ownership) })
    if (!choices[type].includes(collect) && collectFloor(type, ownership) !== collect)
      throw new Problem('charter.choice', { clause, asked: collect, choices: choices[type] })
  }
  for (const { action, ownership, commanding } of rules.command)
    if (commanding !== 'never' && forbiddenOrder(action, ownership))
      throw new Problem('privacy.floor', { clause: `command.${action}.${ownership}`, asked: commanding, most: 'never' })
  return demandUnits(ctx, rules)
}

/** The paths of the units that rules name. */
async function demandUnits(ctx: Ctx, rules: Rules): Promise<Map<string, string>> {
  const named = new Set([...rules.collect, ...rules.command].flatMap(r => (r.unit === null ? [] : [r.unit])))
  if (named.size === 0) return new Map()
  const paths = new Map((await visibleUnits(ctx)).map(u => [String(u.id), u.path]))
  for (const unit of named) if (!paths.has(unit)) throw new Problem('charter.unit-unknown', { unit })
  return paths
}

/** Refuses co-signers who could not sign. */
export async function demandSigners(ctx: Ctx, cosigners: readonly string[]): Promise<void> {
  if (cosigners.length === 0) return
  const able = await ableSigners(ctx)
  const missing = cosigners.find(c => !able.has(c))
  if (missing !== undefined) throw new Problem('charter.cosigner-unknown', { cosigner: missing })
}

/** Admins who can sign in and may read charters. */
export async function ableSigners(ctx: Ctx): Promise<ReadonlySet<string>> {
  return new Set((await adminsHolding(ctx, 'privacy:read', (await rootUnit(ctx)).path)).map(a => String(a.id)))
}

/** The same with their names, for choosing. */
export async function signersToChoose(ctx: Ctx): Promise<{ id: string; name: string }[]> {
  return (await adminsHolding(ctx, 'privacy:read', (await rootUnit(ctx)).path)).map(({ id, name }) => ({ id, name }))
}

/** Names of co-signers, also of those who are gone. */
export async function namesOfSigners(
  ctx: Ctx,
  ids: readonly string[],
): Promise<{ id: string; name: string; able: boolean }[]> {
  if (ids.length === 0) return []
  const names = await namesOf(ctx, ids)
  const able = await ableSigners(ctx)
  return ids.map(id => ({ id, name: names.get(id) ?? '', able: able.has(id) }))
}
