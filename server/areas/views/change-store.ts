import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { within } from '../../base/filter.ts'

interface Tables {
  changes: {
    org: string
    id: string
    name: string
    state: string
    run_at: number | null
    created_at: number
    ended_at: number | null
    moves: number
    done: number
  }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** A planned change that a person should look at. */
export interface OpenChange {
  id: string
  name: string
  moves: number
  done: number
  runAt: number | null
  since: number
}

// As the index of 0082 says it.
const open = sql<SqlBool>`state IN ('draft', 'stopped')`

/** The newest changes that wait to be approved, or that stopped since an instant; only those all of whose units the reader may see. */
export async function openChanges(
  ctx: Ctx,
  state: 'draft' | 'stopped',
  { since, most }: { since: number; most: number },
): Promise<OpenChange[]> {
  const beyond: Expression<SqlBool> = sql<SqlBool>`EXISTS (SELECT 1 FROM change_units
    WHERE change_units.org = changes.org AND change_units.change = changes.id
      AND NOT (${within('change_units.unit_path', ctx.authority.where('changes:read'))}))`
  const rows = await db(ctx)
    .selectFrom('changes')
    .select(['id', 'name', 'moves', 'done', 'run_at', 'created_at', 'ended_at'])
    .where('org', '=', ctx.org)
    .where(open)
    .where('state', '=', state)
    .where(sql<SqlBool>`coalesce(ended_at, created_at) >= ${since}`)
    .where(sql<SqlBool>`NOT (${beyond})`)
    .orderBy('created_at', 'desc')
    .limit(most)
    .execute()
  return rows.map(r => ({
    id: r.id,
    name: r.name,
    moves: r.moves,
    done: r.done,
    runAt: r.run_at,
    since: r.ended_at ?? r.created_at,
  }))
}
