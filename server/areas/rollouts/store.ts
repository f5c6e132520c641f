import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { movedPath, within } from '../../base/filter.ts'
import type { Page } from '../../base/page.ts'

/** A rollout as it is stored. */
export interface RolloutRow {
  org: string
  id: string
  policy: string
  unit_path: string
  from_version: number
  to_version: number
  state: 'running' | 'paused' | 'done' | 'stopped' | 'canceled'
  reason: string | null
  facts: string
  waves: string
  wave: number
  salt: string
  watch_ms: number
  stop_above_percent: number
  min_heard_percent: number
  wave_at: number
  counts: string
  by_kind: string
  by_id: string | null
  created_at: number
  ended_at: number | null
}

/** A trial as it is stored. */
export interface TrialRow {
  org: string
  id: string
  device: string
  policy: string
  number: number
  value: string
  until: number
  by_kind: string
  by_id: string | null
  created_at: number
}

interface Tables {
  rollouts: RolloutRow
  trials: TrialRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Adds a rollout. */
export async function addRollout(ctx: Ctx, row: RolloutRow): Promise<void> {
  await db(ctx).insertInto('rollouts').values(row).execute()
}

/** Changes a rollout. */
export async function changeRollout(ctx: Ctx, id: string, change: Partial<RolloutRow>): Promise<void> {
  await db(ctx).updateTable('rollouts').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** The rollout with this id. */
export async function findRollout(ctx: Ctx, id: string): Promise<RolloutRow | undefined> {
  return db(ctx).selectFrom('rollouts').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** The rollouts that are under way, running or paused; of one policy when it is named. */
export async function underWay(ctx: Ctx, policy?: string): Promise<RolloutRow[]> {
  const all = db(ctx).selectFrom('rollouts').selectAll().where('org', '=', ctx.org).where('ended_at', 'is', null)
  return (policy === undefined ? all : all.where('policy', '=', policy)).orderBy('id').execute()
}

/** One page of the rollouts of policies below these paths. */
export async function listRollouts(
  ctx: Ctx,
  paths: readonly string[],
  page: Page,
  policy: string | null,
): Promise<{ items: RolloutRow[]; next: string | null }> {
  const all = db(ctx).selectFrom('rollouts').selectAll().where('org', '=', ctx.org).where(within('unit_path', paths))
  const rows = await page.apply(policy === null ? all : all.where('policy', '=', policy)).execute()
  return page.finish(rows)
}

/** Adds a trial, in place of one of the same policy on the same device. */
export async function putTrial(ctx: Ctx, row: TrialRow): Promise<void> {
  await removeTrialOf(ctx, row.device, row.policy)
  await db(ctx).insertInto('trials').values(row).execute()
}

async function removeTrialOf(ctx: Ctx, device: string, policy: string): Promise<void> {
  await db(ctx)
    .deleteFrom('trials')
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('policy', '=', policy)
    .execute()
}

/** The trial with this id. */
export async function findTrial(ctx: Ctx, id: string): Promise<TrialRow | undefined> {
  return db(ctx).selectFrom('trials').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** Every trial of the org, or those of one device; there are a few at any time. */
export async function listTrials(ctx: Ctx, device: string | null): Promise<TrialRow[]> {
  const all = db(ctx).selectFrom('trials').selectAll().where('org', '=', ctx.org)
  return (device === null ? all : all.where('device', '=', device)).orderBy('id').execute()
}

/** Removes a trial; answers whether it was there. */
export async function removeTrial(ctx: Ctx, id: string): Promise<boolean> {
  const trials = db(ctx).deleteFrom('trials').where('org', '=', ctx.org).where('id', '=', id)
  return (await trials.returning('id').execute()).length > 0
}

/** Follows a subtree that moved. */
export async function movePaths(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('rollouts')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}
