import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { Id } from '../../base/id.ts'
import type { Channel, CommandRow, OpenRow } from './store.ts'

const db = (ctx: Ctx) => own<{ commands: CommandRow; open_commands: OpenRow }>(ctx.tx)

/** The command that was handed out on this channel last and is still open. */
export async function findUnderWay(ctx: Ctx, { enrollment, account }: Channel): Promise<string | undefined> {
  const row = await openOf(ctx, enrollment, account)
    .where('c.state', '=', 'sent')
    .orderBy('c.sent_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

const openOf = (ctx: Ctx, enrollment: string, account: string) =>
  db(ctx)
    .selectFrom('open_commands as o')
    .innerJoin('commands as c', j => j.onRef('c.org', '=', 'o.org').onRef('c.id', '=', 'o.command'))
    .select(['c.id', 'c.kind'])
    .where('o.org', '=', ctx.org)
    .where('o.enrollment', '=', enrollment)
    .where('o.account', '=', account)

/** A command of the channel that was never handed out. */
export async function findUnsent(ctx: Ctx, { enrollment, account }: Channel): Promise<string | undefined> {
  return (await openOf(ctx, enrollment, account).where('c.state', '=', 'queued').limit(1).executeTakeFirst())?.id
}

/** Whether a command of this kind, with exactly these arguments where they are given, waits on the channel. */
export async function findOpen(
  ctx: Ctx,
  { enrollment, account }: Channel,
  kind: string,
  args: string | null,
): Promise<string | undefined> {
  const of = openOf(ctx, enrollment, account).where('c.kind', '=', kind).limit(1)
  return (await (args === null ? of : of.where('c.args', '=', args)).executeTakeFirst())?.id
}

/** The open commands of the device's own channel, by kind. */
export async function openKinds(ctx: Ctx, enrollment: string): Promise<Map<string, Id<'command'>>> {
  const rows = await openOf(ctx, enrollment, '').execute()
  return new Map(rows.map(r => [r.kind, r.id as Id<'command'>]))
}
