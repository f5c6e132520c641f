import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { fixed } from '../../base/fixed.ts'
import type { Channel } from './ladder.ts'

export interface ChannelRow {
  org: string
  channel: Channel
  settings: string
  secret: Uint8Array | null
  updated_at: number
  troubled_at: number | null
  reason: string | null
  told: number
  counted_at: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ wake_channels: ChannelRow }>(ctx.tx)

const all = fixed<{ wake_channels: ChannelRow }, { org: string }>()((from, v) =>
  from.selectFrom('wake_channels').selectAll().where('org', '=', v.org).orderBy('channel'),
)

export function list(ctx: Ctx): Promise<ChannelRow[]> {
  return all(ctx.tx, { org: ctx.org })
}

export async function find(ctx: Ctx, channel: Channel): Promise<ChannelRow | undefined> {
  // There are a handful, and most contacts ask for all of them anyway.
  return (await list(ctx)).find(row => row.channel === channel)
}

/** What a channel is, before anything happened on it. */
type Made = Pick<ChannelRow, 'channel' | 'settings' | 'secret'>

function fresh(ctx: Ctx, made: Made): ChannelRow {
  return { org: ctx.org, ...made, updated_at: ctx.now, troubled_at: null, reason: null, told: 0, counted_at: ctx.now }
}

/** Stores a channel unless there is one. */
export async function addIfMissing(ctx: Ctx, made: Made): Promise<void> {
  await db(ctx)
    .insertInto('wake_channels')
    .values(fresh(ctx, made))
    .onConflict(c => c.doNothing())
    .execute()
}

export async function put(ctx: Ctx, made: Made): Promise<void> {
  const { org: _org, channel: _channel, counted_at: _counted, ...change } = fresh(ctx, made)
  await db(ctx)
    .insertInto('wake_channels')
    .values(fresh(ctx, made))
    .onConflict(c => c.columns(['org', 'channel']).doUpdateSet(change))
    .execute()
}

export async function change(
  ctx: Ctx,
  channel: Channel,
  to: Partial<Pick<ChannelRow, 'troubled_at' | 'reason' | 'told' | 'counted_at'>>,
): Promise<void> {
  await db(ctx).updateTable('wake_channels').set(to).where('org', '=', ctx.org).where('channel', '=', channel).execute()
}

export async function remove(ctx: Ctx, channel: Channel): Promise<boolean> {
  const rows = await db(ctx)
    .deleteFrom('wake_channels')
    .where('org', '=', ctx.org)
    .where('channel', '=', channel)
    .returning('channel')
    .execute()
  return rows.length > 0
}
