import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { fixed } from '../../base/fixed.ts'
import type { Id } from '../../base/id.ts'
import type { Gate } from '../guard/index.ts'

export type State = 'queued' | 'sent' | 'done' | 'failed' | 'expired' | 'canceled' | 'superseded'

/** A command as it is stored. */
export interface CommandRow {
  org: string
  id: string
  enrollment: string
  account: string
  device: string
  unit_path: string
  seq: number
  priority: number
  kind: string
  /** The platform of its enrollment: how it is said. */
  road: string
  args: string
  sealed_args: Uint8Array | null
  quiet: number
  wipes: number
  state: State
  deferrals: number
  deferred_at: number | null
  offers: number
  created_at: number
  pushed_at: number | null
  sent_at: number | null
  answered_at: number | null
  ended_at: number | null
  expires_at: number | null
  by_kind: string
  by_id: string | null
  reason: string | null
  end_reason: string | null
  error: string | null
  result: string | null
  result_raw: Uint8Array | null
  result_cut: number
  batch: string | null
  impact: number
  intent: string | null
}

/** The place of a command that has not ended among those of its channel. */
export interface OpenRow {
  org: string
  command: string
  enrollment: string
  account: string
  priority: number
  place: number
  seq: number
  expires_at: number | null
  due_at: number
  impact: number
  epoch: number
}

interface Tables {
  commands: CommandRow
  open_commands: OpenRow
}

/** One channel of an enrollment. */
export interface Channel {
  enrollment: Id<'enrollment'>
  account: Id<'account'> | ''
}

const db = (ctx: Ctx) => own<Tables>(ctx.tx)

/** What of a command the hot path reads. */
export type Offered = Pick<
  CommandRow,
  | 'id'
  | 'kind'
  | 'road'
  | 'args'
  | 'sealed_args'
  | 'device'
  | 'unit_path'
  | 'quiet'
  | 'wipes'
  | 'offers'
  | 'intent'
  | 'created_at'
  | 'by_kind'
  | 'impact'
  | 'seq'
  | 'expires_at'
>

/** Deferred commands stand below zero, ordered by when they were deferred. Instants stay below 2^52 until the year 144683. */
const early = 2 ** 52

/** The place of a command that was deferred at this instant: before every fresh one, behind those deferred earlier. */
export const placeOfDeferred = (at: number): number => at - early

const anyOpen = fixed<Tables, { org: string; enrollment: string; account: string }>()((from, v) =>
  from
    .selectFrom('open_commands')
    .select('command')
    .where('org', '=', v.org)
    .where('enrollment', '=', v.enrollment)
    .where('account', '=', v.account)
    .limit(1),
)

interface Taking {
  readonly [name: string]: string | number
  readonly org: string
  readonly enrollment: string
  readonly account: string
  readonly now: number
  readonly most: number
  readonly epoch: number
  readonly cut: number
}

const taking = fixed<Tables, Taking>()(
  (_from, v) => sql<Offered>`
    UPDATE commands SET state = 'sent', sent_at = ${v.now}, offers = offers + 1,
      pushed_at = COALESCE(pushed_at, (SELECT CASE WHEN w.pushed_at >= commands.created_at THEN w.pushed_at
          WHEN w.sending_at >= commands.created_at THEN w.sending_at END
        FROM wakes w WHERE w.org = commands.org AND w.enrollment = commands.enrollment AND w.account = commands.account))
    WHERE org = ${v.org} AND id = (
      SELECT o.command FROM open_commands o
      WHERE o.org = ${v.org} AND o.enrollment = ${v.enrollment} AND o.account = ${v.account}
        AND o.impact <= ${v.most} AND (o.impact < 2 OR o.epoch >= ${v.epoch})
        AND (o.place > 0 OR o.place <= ${v.cut}) AND (o.expires_at IS NULL OR o.expires_at > ${v.now})
      ORDER BY o.priority, o.place, o.seq LIMIT 1)
    RETURNING id, kind, road, args, sealed_args, device, unit_path, quiet, wipes, offers, created_at, by_kind,
      impact, intent, seq, expires_at`,
)

/**
 * Takes the next command of the channel and marks it as sent, in one statement. Of the deferred ones only those are taken
 * that were deferred at `deferredUntil` or before: all at Infinity. A device that is quick calls before the push that woke it is known
 * to be accepted; then the time it was handed over counts.
 * Only what the gate lets through is taken.
 */
export async function takeNext(
  ctx: Ctx,
  { enrollment, account }: Channel,
  { deferredUntil, gate: { most, epoch } }: { deferredUntil: number; gate: Gate },
): Promise<Offered | undefined> {
  // Nearly every contact is of a device for which nothing waits: looking is cheaper than taking nothing.
  const [waiting] = await anyOpen(ctx.tx, { org: ctx.org, enrollment, account })
  if (!waiting) return undefined
  const cut = Math.min(Math.max(placeOfDeferred(deferredUntil), -early), 0)
  const [row] = await taking(ctx.tx, { org: ctx.org, enrollment, account, now: ctx.now, most, epoch, cut })
  return row
}

/** What of a command its end or deferral is told. */
export type Told = Pick<
  CommandRow,
  | 'id'
  | 'enrollment'
  | 'account'
  | 'device'
  | 'unit_path'
  | 'kind'
  | 'road'
  | 'args'
  | 'quiet'
  | 'wipes'
  | 'state'
  | 'deferrals'
  | 'impact'
  | 'intent'
>

const told = sql.raw(
  'id, enrollment, account, device, unit_path, kind, road, args, quiet, wipes, state, deferrals, impact, intent',
)

/** How a device's answer changes a command. */
export interface Ending {
  state: 'done' | 'failed'
  error: string | null
  result: string | null
  result_cut: number
}

type Answering = Ending & { readonly [C in 'org' | 'id' | 'enrollment' | 'account']: string } & { readonly now: number }

const answering = fixed<Tables, Answering & Readonly<Record<string, unknown>>>()(
  (_from, v) => sql<Told>`
    UPDATE commands SET state = ${v.state}, answered_at = ${v.now}, ended_at = ${v.now}, error = ${v.error},
      result = CASE WHEN quiet = 1 THEN NULL ELSE ${v.result} END, result_cut = ${v.result_cut}
    WHERE org = ${v.org} AND id = ${v.id} AND enrollment = ${v.enrollment} AND account = ${v.account}
      AND ended_at IS NULL AND offers > 0
    RETURNING ${told}`,
)

/** Ends an open command of this channel that was handed out before; undefined when there is none. What routine asks is kept as a report, not here. */
export async function endAnswered(
  ctx: Ctx,
  id: string,
  { enrollment, account }: Channel,
  how: Ending,
): Promise<Told | undefined> {
  const { state, error, result, result_cut } = how
  const given = { state, error, result, result_cut, now: ctx.now }
  const [row] = await answering(ctx.tx, { ...given, org: ctx.org, id, enrollment, account })
  if (row) await close(ctx, id)
  return row
}

/** Returns a sent command of this channel to the queue as deferred; undefined when it is not under way. */
export async function defer(
  ctx: Ctx,
  id: string,
  { enrollment, account }: Channel,
  waits: readonly number[],
): Promise<Told | undefined> {
  const { rows } = await sql<Told>`
    UPDATE commands SET state = 'queued', deferrals = deferrals + 1, deferred_at = ${ctx.now}
    WHERE org = ${ctx.org} AND id = ${id} AND enrollment = ${enrollment} AND account = ${account} AND state = 'sent'
      AND ended_at IS NULL
    RETURNING ${told}`.execute(db(ctx))
  const deferred = rows[0]
  if (!deferred) return undefined
  const wait = waits[Math.min(deferred.deferrals, waits.length) - 1] ?? 0
  const change = { place: placeOfDeferred(ctx.now), due_at: ctx.now + wait }
  await db(ctx).updateTable('open_commands').set(change).where('org', '=', ctx.org).where('command', '=', id).execute()
  return deferred
}

/** The command with this id, open or not. */
export async function find(ctx: Ctx, id: string): Promise<CommandRow | undefined> {
  return db(ctx).selectFrom('commands').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** Ends an open command without an answer; undefined when it has ended already. */
export async function endUnanswered(
  ctx: Ctx,
  id: string,
  how: { state: 'failed' | 'expired' | 'canceled' | 'superseded'; end_reason: string | null; error?: string },
): Promise<Told | undefined> {
  const { rows } = await sql<Told>`
    UPDATE commands SET state = ${how.state}, ended_at = ${ctx.now}, end_reason = ${how.end_reason}, error = ${how.error ?? null}
    WHERE org = ${ctx.org} AND id = ${id} AND ended_at IS NULL
    RETURNING ${told}`.execute(db(ctx))
  if (rows[0]) await close(ctx, id)
  return rows[0]
}

const closing = fixed<Tables, { org: string; command: string }>()((from, v) =>
  from.deleteFrom('open_commands').where('org', '=', v.org).where('command', '=', v.command),
)

/** Takes a command that has ended out of the order of offering. */
async function close(ctx: Ctx, command: string): Promise<void> {
  await closing(ctx.tx, { org: ctx.org, command })
}

/** Cancels every open command of an enrollment, or of one account of it. */
export async function cancelOpen(ctx: Ctx, enrollment: string, why: string, account: string | null): Promise<Told[]> {
  const open = db(ctx).deleteFrom('open_commands').where('org', '=', ctx.org).where('enrollment', '=', enrollment)
  const gone = await (account === null ? open : open.where('account', '=', account)).returning('command').execute()
  const ended: Told[] = []
  for (const { command } of gone) {
    const { rows } = await sql<Told>`
      UPDATE commands SET state = 'canceled', ended_at = ${ctx.now}, end_reason = ${why}
      WHERE org = ${ctx.org} AND id = ${command} AND ended_at IS NULL RETURNING ${told}`.execute(db(ctx))
    ended.push(...rows)
  }
  return ended
}
