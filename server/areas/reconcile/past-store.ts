import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { padded } from '../../base/db.ts'

const standing = sql`CASE WHEN s.state IN ('installed', 'failed', 'blocked', 'unsupported') THEN s.state ELSE 'pending' END`

/**
 * Keeps how far devices are with what they should have, from now on, for all items of these enrollments that stand otherwise than was kept last:
 * two statements for any number of them. Call it after their rows are written.
 */
export async function keepItems(ctx: Ctx, enrollments: readonly string[]): Promise<void> {
  if (enrollments.length === 0) return
  const meant = sql.join(padded(enrollments))
  const { now } = ctx
  // A clock that was put back must not leave two rows true at once.
  await sql`UPDATE item_past SET until = CASE WHEN since > ${now} THEN since ELSE CAST(${now} AS BIGINT) END
    WHERE org = ${ctx.org} AND enrollment IN (${meant}) AND (until IS NULL OR until > ${now})
      AND NOT EXISTS (SELECT 1 FROM item_status AS s WHERE s.org = item_past.org AND s.enrollment = item_past.enrollment
        AND s.account = item_past.account AND s.item = item_past.item AND s.policy = item_past.policy
        AND s.policy_version = item_past.policy_version AND ${standing} = item_past.state AND item_past.since <= ${now})`.execute(
    ctx.tx,
  )
  await sql`INSERT INTO item_past (org, enrollment, account, item, since, until, device, kind, policy, policy_version, state)
    SELECT s.org, s.enrollment, s.account, s.item, CAST(${now} AS BIGINT), NULL, s.device, s.kind, s.policy, s.policy_version, ${standing}
    FROM item_status AS s WHERE s.org = ${ctx.org} AND s.enrollment IN (${meant})
      AND NOT EXISTS (SELECT 1 FROM item_past AS p WHERE p.org = s.org AND p.enrollment = s.enrollment
        AND p.account = s.account AND p.item = s.item AND p.until IS NULL)
    ON CONFLICT (org, enrollment, account, item, since) DO UPDATE SET until = NULL, device = excluded.device,
      kind = excluded.kind, policy = excluded.policy, policy_version = excluded.policy_version, state = excluded.state`.execute(
    ctx.tx,
  )
}

/** Forgets what ended before an instant. */
export async function removePastBefore(ctx: Ctx, at: number): Promise<void> {
  await sql`DELETE FROM item_past WHERE org = ${ctx.org} AND until < ${at}`.execute(ctx.tx)
}
