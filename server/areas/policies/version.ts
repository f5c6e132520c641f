import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import { policyEvents } from './events.ts'
import type { Json } from './kind.ts'
import { about, by, getPolicy, type Kept, type Policy, policyFor, put, putVersion } from './policy.ts'
import { demandSecrets, sealIn } from './secret.ts'
import * as store from './store.ts'
import { soundIn } from './value.ts'

/** What a policy said from one save to the next. Never changed. */
export interface Version {
  version: number
  value: Json
  note: string
  by: { kind: string; id: string | null }
  at: number
}

/** The value of one version; refused as unknown when there is no such version. */
export async function valueAt(ctx: Ctx, policy: string, version: number): Promise<Json> {
  return (await versionOf(ctx, policy, version)).value
}

/** One version with its value. */
export async function versionOf(ctx: Ctx, policy: string, version: number): Promise<Version> {
  const row = await store.findVersion(ctx, policy, version)
  if (!row) throw new Problem('id.unknown')
  return { ...toVersion(row), value: JSON.parse(row.value) as Json }
}

/** A stored row as a version without its value. */
export function toVersion(row: Omit<store.VersionRow, 'value'>): Omit<Version, 'value'> {
  return { version: row.version, note: row.note, by: { kind: row.by_kind, id: row.by_id }, at: row.at }
}

/**
 * Gives a policy another value. `base` is the version its author began from: where there is a newer one, it is refused and nothing of the other's work is lost.
 * A value that is the same as the newest is refused too, because it would only look like a change.
 */
export async function saveVersion(
  ctx: Ctx,
  id: string,
  wish: { value: Json; note?: string | undefined; base?: number | undefined },
): Promise<Kept> {
  const before = await policyFor(ctx, id, 'policies:write')
  if (wish.base !== undefined && wish.base !== before.version)
    throw new Problem('policy.changed-meanwhile', { base: wish.base, version: before.version })
  const present = await valueAt(ctx, id, before.version)
  const value = await sealIn(ctx, { unit: before.unit, name: before.name }, wish.value)
  const findings = await soundIn(ctx, before.kind, value)
  await demandSecrets(ctx, value, present)
  return { policy: await advance(ctx, before, { value, present, note: wish.note ?? '', back: null }), findings }
}

/** A value as it would be saved: secrets sealed, found right by its kind, naming no secret one may not see. Stored by whoever asked, not as a version. */
export async function soundValue(ctx: Ctx, policy: Policy, given: Json): Promise<Json> {
  const value = await sealIn(ctx, { unit: policy.unit, name: policy.name }, given)
  await soundIn(ctx, policy.kind, value)
  await demandSecrets(ctx, value, await valueAt(ctx, policy.id, policy.version))
  return value
}

/** Makes the value of an earlier version the newest again, as a version of its own. */
export async function rollBack(
  ctx: Ctx,
  id: string,
  { version, note, base }: { version: number; note?: string | undefined; base?: number | undefined },
): Promise<Kept> {
  const before = await policyFor(ctx, id, 'policies:write')
  if (base !== undefined && base !== before.version)
    throw new Problem('policy.changed-meanwhile', { base, version: before.version })
  const value = await valueAt(ctx, id, version)
  const present = await valueAt(ctx, id, before.version)
  // What was right when it was saved may be wrong by now: kinds learn, secrets go.
  const findings = await soundIn(ctx, before.kind, value)
  await demandSecrets(ctx, value, value)
  return { policy: await advance(ctx, before, { value, present, note: note ?? '', back: version }), findings }
}

async function advance(
  ctx: Ctx,
  before: Policy,
  { value, present, note, back }: { value: Json; present: Json; note: string; back: number | null },
): Promise<Policy> {
  if (JSON.stringify(value) === JSON.stringify(present)) throw new Problem('policy.unchanged')
  const after: Policy = { ...before, version: before.version + 1, updatedAt: ctx.now, updatedBy: by(ctx) }
  await put(ctx, after)
  await putVersion(ctx, after, { value, note })
  const { name, version } = after
  await record(ctx, policyEvents.versioned, about(after), { name, policy: after.id, version, note, back })
  return getPolicy(ctx, after.id)
}
