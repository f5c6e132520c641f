import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

interface Tables {
  sessions: { org: string; id: string }
  api_keys: { org: string; id: string; suspended_at: number | null }
  links: { org: string; hash: string }
}

type On = Pick<Ctx, 'tx' | 'org'>
const db = (on: Pick<Ctx, 'tx'>) => own<Tables>(on.tx)

/** Removes every session of the org but one; answers how many. */
export async function removeOtherSessions(on: On, except: string): Promise<number> {
  const removed = await db(on)
    .deleteFrom('sessions')
    .where('org', '=', on.org)
    .where('id', '<>', except)
    .returning('id')
    .execute()
  return removed.length
}

/** Suspends every key of the org that is not yet; answers how many. */
export async function suspendKeys(on: On, now: number): Promise<number> {
  const suspended = await db(on)
    .updateTable('api_keys')
    .set({ suspended_at: now })
    .where('org', '=', on.org)
    .where('suspended_at', 'is', null)
    .returning('id')
    .execute()
  return suspended.length
}

/** Removes every unused link of the org. */
export async function removeLinks(on: On): Promise<void> {
  await db(on).deleteFrom('links').where('org', '=', on.org).execute()
}
