import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { fixed } from '../../base/fixed.ts'
import type { CommandRow, OpenRow } from './store.ts'

interface Tables {
  commands: CommandRow
  open_commands: OpenRow
}

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

const numbering = fixed<Tables, { org: string; enrollment: string }>()(
  (_from, v) => sql<{ seq: number }>`INSERT INTO queues (org, enrollment, seq) VALUES (${v.org}, ${v.enrollment}, 1)
    ON CONFLICT (org, enrollment) DO UPDATE SET seq = queues.seq + 1 RETURNING seq`,
)

type New = { readonly [C in keyof Fresh]: Fresh[C] } & {
  readonly org: string
  readonly seq: number
  readonly now: number
}

const adding = fixed<Tables, New>()(
  (_from, v) => sql`INSERT INTO commands (org, id, enrollment, account, device, unit_path, seq, priority, kind, road,
      args, sealed_args, quiet, wipes, state, deferrals, offers, created_at, expires_at, by_kind, by_id, reason,
      result_cut, batch, impact, intent)
    VALUES (${v.org}, ${v.id}, ${v.enrollment}, ${v.account}, ${v.device}, ${v.unit_path}, ${v.seq}, ${v.priority},
      ${v.kind}, ${v.road}, ${v.args}, ${v.sealed_args}, ${v.quiet}, ${v.wipes}, 'queued', 0, 0, ${v.now},
      ${v.expires_at}, ${v.by_kind}, ${v.by_id}, ${v.reason}, 0, ${v.batch}, ${v.impact}, ${v.intent})`,
)

const opening = fixed<Tables, New>()(
  (_from, v) => sql`INSERT INTO open_commands (org, command, enrollment, account, priority, place, seq, expires_at,
      due_at, impact, epoch)
    VALUES (${v.org}, ${v.id}, ${v.enrollment}, ${v.account}, ${v.priority}, ${v.seq}, ${v.seq}, ${v.expires_at},
      ${v.due_at}, ${v.impact}, ${v.epoch})`,
)

/** Stores a new command behind all others of its enrollment. */
export async function insert(ctx: Ctx, fresh: Fresh): Promise<void> {
  const { org, now } = ctx
  const [counted] = await numbering(ctx.tx, { org, enrollment: fresh.enrollment })
  const row = { ...fresh, org, now, seq: counted?.seq ?? 1 }
  await adding(ctx.tx, row)
  await opening(ctx.tx, row)
}
