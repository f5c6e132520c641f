import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { within } from '../../base/filter.ts'
import type { ItemError, ItemState } from './item.ts'
import type { ItemRow } from './status-store.ts'

interface Tables {
  item_status: ItemRow
  desired: { org: string; device: string; enrollment: string | null; effective: string; unit_path: string }
  effective_sources: { org: string; source: string; hash: string; item: string; version: number; nearest: number }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** How many devices' items of a policy are in which state. */
export interface Tally {
  policy: string
  version: number
  state: ItemState
  n: number
}

/**
 * How many devices have something of the policies in each state and version, on the devices of these subtrees (`null`: of the whole org).
 * First those whose nearest policy they are, then those on which they speak beside a nearer one.
 */
export async function tally(ctx: Ctx, policies: readonly string[], paths: readonly string[] | null): Promise<Tally[]> {
  if (policies.length === 0) return []
  const nearest = db(ctx)
    .selectFrom('item_status as i')
    .select(e => [
      'i.policy as policy',
      'i.policy_version as version',
      'i.state as state',
      e.fn.count<number>('i.device').distinct().as('n'),
    ])
    .where('i.org', '=', ctx.org)
    .where('i.policy', 'in', policies)
    .groupBy(['i.policy', 'i.policy_version', 'i.state'])
  const scoped =
    paths === null
      ? nearest
      : nearest
          .innerJoin('desired as d', j => j.onRef('d.org', '=', 'i.org').onRef('d.device', '=', 'i.device'))
          .where(within('d.unit_path', paths))
  const beside = db(ctx)
    .selectFrom('effective_sources as s')
    .innerJoin('desired as d', j => j.onRef('d.org', '=', 's.org').onRef('d.effective', '=', 's.hash'))
    .innerJoin('item_status as i', j =>
      j.onRef('i.org', '=', 'd.org').onRef('i.enrollment', '=', 'd.enrollment').onRef('i.item', '=', 's.item'),
    )
    .select(e => [
      's.source as policy',
      's.version as version',
      'i.state as state',
      e.fn.count<number>('i.device').distinct().as('n'),
    ])
    .where('s.org', '=', ctx.org)
    .where('s.source', 'in', policies)
    .where('s.nearest', '=', 0)
    .where('s.item', '<>', '')
    .groupBy(['s.source', 's.version', 'i.state'])
  const all = [
    ...(await scoped.execute()),
    ...(await (paths === null ? beside : beside.where(within('d.unit_path', paths))).execute()),
  ]
  return all.map(r => ({ ...r, n: Number(r.n) }))
}

/** How many of these enrollments hold something that failed or lacks a value. */
export async function countStuck(ctx: Ctx, enrollments: readonly string[]): Promise<number> {
  if (enrollments.length === 0) return 0
  const row = await db(ctx)
    .selectFrom('item_status')
    .select(e => e.fn.count<number>('enrollment').distinct().as('n'))
    .where('org', '=', ctx.org)
    .where('enrollment', 'in', enrollments)
    .where('state', 'in', ['failed', 'blocked'])
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** A device that has something of a policy. */
export interface PolicyDevice {
  device: string
  account: string
  item: string
  version: number
  state: ItemState
  error: ItemError | null
  attempts: number
  changedAt: number
}

/** Items of a policy on the devices of these subtrees, by device from after this one on: nearest and beside. */
export async function itemsOfPolicy(
  ctx: Ctx,
  of: { policy: string; states: readonly ItemState[]; paths: readonly string[] | null; after: string; limit: number },
): Promise<PolicyDevice[]> {
  const named = db(ctx)
    .selectFrom('item_status as i')
    .innerJoin('desired as d', j => j.onRef('d.org', '=', 'i.org').onRef('d.device', '=', 'i.device'))
    .select([
      'i.device',
      'i.account',
      'i.item',
      'i.policy_version as version',
      'i.state',
      'i.error',
      'i.attempts',
      'i.changed_at',
    ])
    .where('i.org', '=', ctx.org)
    .where('i.policy', '=', of.policy)
    .where('i.state', 'in', of.states)
    .where('i.device', '>', of.after)
    .orderBy('i.device')
    .limit(of.limit)
  const beside = db(ctx)
    .selectFrom('effective_sources as s')
    .innerJoin('desired as d', j => j.onRef('d.org', '=', 's.org').onRef('d.effective', '=', 's.hash'))
    .innerJoin('item_status as i', j =>
      j.onRef('i.org', '=', 'd.org').onRef('i.enrollment', '=', 'd.enrollment').onRef('i.item', '=', 's.item'),
    )
    .select([
      'i.device',
      'i.account',
      'i.item',
      's.version as version',
      'i.state',
      'i.error',
      'i.attempts',
      'i.changed_at',
    ])
    .where('s.org', '=', ctx.org)
    .where('s.source', '=', of.policy)
    .where('s.nearest', '=', 0)
    .where('s.item', '<>', '')
    .where('i.state', 'in', of.states)
    .where('d.device', '>', of.after)
    .orderBy('d.device')
    .limit(of.limit)
  const [one, two] =
    of.paths === null
      ? [await named.execute(), await beside.execute()]
      : [
          await named.where(within('d.unit_path', of.paths)).execute(),
          await beside.where(within('d.unit_path', of.paths)).execute(),
        ]
  const all = [...one, ...two].sort((a, b) => (a.device < b.device ? -1 : a.device > b.device ? 1 : 0))
  return all.slice(0, of.limit).map(({ changed_at, error, ...r }) => ({
    ...r,
    error: error === null ? null : (JSON.parse(error) as ItemError),
    changedAt: changed_at,
  }))
}
