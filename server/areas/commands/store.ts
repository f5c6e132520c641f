import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
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

/** What `insert` is given; the rest follows from a command being new. */
export type Fresh = Pick<
  CommandRow,
  | 'id'
  | 'enrollment'
  | 'account'
  | 'device'
  | 'unit_path'
  | 'priority'
  | 'kind'
  | 'road'
  | 'args'
  | 'sealed_args'
  | 'quiet'
  | 'wipes'
  | 'expires_at'
  | 'by_kind'
  | 'by_id'
  | 'reason'
  | 'batch'
  | 'impact'
  | 'intent'
> &
  Pick<OpenRow, 'due_at' | 'epoch'>

/** Stores a new command behind all others of its enrollment. */
export async function insert(ctx: Ctx, f: Fresh): Promise<void> {
  const counted = await sql<{ seq: number }>`
    INSERT INTO queues (org, enrollment, seq) VALUES (${ctx.org}, ${f.enrollment}, 1)
    ON CONFLICT (org, enrollment) DO UPDATE SET seq = queues.seq + 1 RETURNING seq`.execute(db(ctx))
  const seq = counted.rows[0]?.seq ?? 1
  await sql`
    INSERT INTO commands (org, id, enrollment, account, device, unit_path, seq, priority, kind, road, args, sealed_args,
      quiet, wipes, state, deferrals, offers, created_at, expires_at, by_kind, by_id, reason, result_cut, batch,
      impact, intent)
    VALUES (${ctx.org}, ${f.id}, ${f.enrollment}, ${f.account}, ${f.device}, ${f.unit_path}, ${seq}, ${f.priority},
      ${f.kind}, ${f.road}, ${f.args}, ${f.sealed_args}, ${f.quiet}, ${f.wipes}, 'queued', 0, 0, ${ctx.now}, ${f.expires_at},
      ${f.by_kind}, ${f.by_id}, ${f.reason}, 0, ${f.batch}, ${f.impact}, ${f.intent})`.execute(db(ctx))
  await sql`
    INSERT INTO open_commands (org, command, enrollment, account, priority, place, seq, expires_at, due_at,
      impact, epoch)
    VALUES (${ctx.org}, ${f.id}, ${f.enrollment}, ${f.account}, ${f.priority}, ${seq}, ${seq}, ${f.expires_at},
      ${f.due_at}, ${f.impact}, ${f.epoch})`.execute(db(ctx))
}

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

/**
 * Takes the next command of the channel and marks it as sent, in one statement. Of the deferred ones only those are taken
 * that were deferred at `deferredUntil` or before: all at Infinity. A device that is quick calls before the push that woke it is known
 * to be accepted; then the time it was handed over counts.
 * Only what the gate lets through is taken.
 */
export async function takeNext(
  ctx: Ctx,
  { enrollment, account }: Channel,
  { deferredUntil, gate }: { deferredUntil: number; gate: Gate },
): Promise<Offered | undefined> {
  const cut = Math.min(Math.max(placeOfDeferred(deferredUntil), -early), 0)
  const { rows } = await sql<Offered>`
    UPDATE commands SET state = 'sent', sent_at = ${ctx.now}, offers = offers + 1,
      pushed_at = COALESCE(pushed_at, (SELECT CASE WHEN w.pushed_at >= commands.created_at THEN w.pushed_at
          WHEN w.sending_at >= commands.created_at THEN w.sending_at END
        FROM wakes w WHERE w.org = commands.org AND w.enrollment = commands.enrollment AND w.account = commands.account))
    WHERE org = ${ctx.org} AND id = (
      SELECT o.command FROM open_commands o
      WHERE o.org = ${ctx.org} AND o.enrollment = ${enrollment} AND o.account = ${account}
        AND o.impact <= ${gate.most} AND (o.impact < 2 OR o.epoch >= ${gate.epoch})
        AND (o.place > 0 OR o.place <= ${cut}) AND (o.expires_at IS NULL OR o.expires_at > ${ctx.now})
      ORDER BY o.priority, o.place, o.seq LIMIT 1)
    RETURNING id, kind, road, args, sealed_args, device, unit_path, quiet, wipes, offers, created_at, by_kind,
      impact, intent, seq, expires_at`.execute(db(ctx))
  return rows[0]
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

/** Ends an open command of this channel that was handed out before; undefined when there is none. What routine asks is kept as a report, not here. */
export async function endAnswered(
  ctx: Ctx,
  id: string,
  { enrollment, account }: Channel,
  how: Ending,
): Promise<Told | undefined> {
  const { rows } = await sql<Told>`
    UPDATE commands SET state = ${how.state}, answered_at = ${ctx.now}, ended_at = ${ctx.now}, error = ${how.error},
      result = CASE WHEN quiet = 1 THEN NULL ELSE ${how.result} END, result_cut = ${how.result_cut}
    WHERE org = ${ctx.org} AND id = ${id} AND enrollment = ${enrollment} AND account = ${account}
      AND ended_at IS NULL AND offers > 0
    RETURNING ${told}`.execute(db(ctx))
  if (rows[0]) await close(ctx, id)
  return rows[0]
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

/** Takes a command that has ended out of the order of offering. */
async function close(ctx: Ctx, command: string): Promise<void> {
  await db(ctx).deleteFrom('open_commands').where('org', '=', ctx.org).where('command', '=', command).execute()
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
