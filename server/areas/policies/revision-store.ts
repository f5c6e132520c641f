import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

interface Tables {
  org_revisions: { org: string; revision: number }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/**
 * Adds one to the org's revision. Every write to units' paths, policies, blueprints, assignments, rollouts or trials calls it in its transaction,
 * so that a state kept in memory is known to be stale.
 */
export async function bumpRevision(ctx: Ctx): Promise<void> {
  await db(ctx)
    .insertInto('org_revisions')
    .values({ org: ctx.org, revision: 1 })
    .onConflict(c => c.column('org').doUpdateSet({ revision: sql<number>`org_revisions.revision + 1` }))
    .execute()
}

/** The org's revision; 0 when nothing was written yet. */
export async function revisionOf(ctx: Pick<Ctx, 'tx' | 'org'>): Promise<number> {
  const row = await db(ctx).selectFrom('org_revisions').select('revision').where('org', '=', ctx.org).executeTakeFirst()
  return row?.revision ?? 0
}
