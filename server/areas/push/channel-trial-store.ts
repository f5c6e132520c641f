import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { Channel } from './ladder.ts'

export interface TrialRow {
  org: string
  channel: Channel
  device: string
  enrollment: string
  nonce: string
  at: number
  outcome: 'answered' | 'elsewhere' | 'refused' | 'silent' | null
  reason: string | null
  latency_ms: number | null
  ended_at: number | null
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ wake_trials: TrialRow }>(ctx.tx)

export function list(ctx: Ctx): Promise<TrialRow[]> {
  return db(ctx).selectFrom('wake_trials').selectAll().where('org', '=', ctx.org).orderBy('channel').execute()
}

export function find(ctx: Ctx, channel: Channel): Promise<TrialRow | undefined> {
  return db(ctx)
    .selectFrom('wake_trials')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('channel', '=', channel)
    .executeTakeFirst()
}

export async function put(ctx: Ctx, row: Omit<TrialRow, 'org'>): Promise<void> {
  const { channel, ...change } = row
  await db(ctx)
    .insertInto('wake_trials')
    .values({ org: ctx.org, channel, ...change })
    .onConflict(c => c.columns(['org', 'channel']).doUpdateSet(change))
    .execute()
}

/** Ends the trial with this nonce, unless it has ended. */
export async function end(
  ctx: Ctx,
  nonce: string,
  how: Pick<TrialRow, 'outcome' | 'reason' | 'latency_ms'>,
): Promise<void> {
  await db(ctx)
    .updateTable('wake_trials')
    .set({ ...how, ended_at: ctx.now })
    .where('org', '=', ctx.org)
    .where('nonce', '=', nonce)
    .where('ended_at', 'is', null)
    .execute()
}

/** The agent that has answered last by a channel, and is not called now: by it the channel is tried first. Without one, any that has it. */
export async function liveliest(
  ctx: Ctx,
  channel: Channel,
): Promise<{ enrollment: string; device: string } | undefined> {
  return own<{
    wake_reaches: {
      org: string
      channel: string
      enrollment: string
      device: string
      state: string
      expires_at: number | null
      answered_at: number | null
      updated_at: number
    }
  }>(ctx.tx)
    .selectFrom('wake_reaches')
    .select(['enrollment', 'device'])
    .where('org', '=', ctx.org)
    .where('channel', '=', channel)
    .where('state', '=', 'ready')
    .where(e => e.or([e('expires_at', 'is', null), e('expires_at', '>', ctx.now)]))
    .orderBy(e => e.fn.coalesce('answered_at', e.lit(0)), 'desc')
    .orderBy('updated_at', 'desc')
    .orderBy('enrollment')
    .limit(1)
    .executeTakeFirst()
}
