import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { newSecret } from '../../base/id.ts'

/** A device that waits to be computed, with the mark it had when it was read. */
export interface Dirty {
  device: string
  mark: string
}

interface Tables {
  dirty_devices: { org: string; device: string; mark: string; since: number }
  followers: { org: string; name: string; place: number }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Marks devices to be computed anew; one that is marked already gets another mark, and stays as old as it is. No two marks are equal. */
export async function mark(ctx: Ctx, devices: readonly string[]): Promise<void> {
  const fresh = newSecret(9)
  for (let i = 0; i < devices.length; i += 100)
    await db(ctx)
      .insertInto('dirty_devices')
      .values(devices.slice(i, i + 100).map(device => ({ org: ctx.org, device, mark: fresh, since: ctx.now })))
      .onConflict(c => c.columns(['org', 'device']).doUpdateSet({ mark: fresh }))
      .execute()
}

/** Devices that wait, longest first. */
export async function dirty(ctx: Ctx, most: number): Promise<Dirty[]> {
  return db(ctx)
    .selectFrom('dirty_devices')
    .select(['device', 'mark'])
    .where('org', '=', ctx.org)
    .orderBy('since')
    .limit(most)
    .execute()
}

/** Takes the mark away, if it is still the one that was read: then nothing has happened to the device since, and nobody else computed it. */
export async function unmark(ctx: Ctx, { device, mark: read }: Dirty): Promise<boolean> {
  const gone = await db(ctx)
    .deleteFrom('dirty_devices')
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('mark', '=', read)
    .returning('device')
    .execute()
  return gone.length > 0
}

/** How many devices wait to be computed, and since when the oldest; over all orgs. */
export async function lag(ctx: Pick<Ctx, 'tx'>): Promise<{ devices: number; since: number | null }> {
  const row = await db(ctx)
    .selectFrom('dirty_devices')
    .select(e => [e.fn.countAll<number>().as('n'), e.fn.min('since').as('since')])
    .executeTakeFirstOrThrow()
  return { devices: Number(row.n), since: row.since === null ? null : Number(row.since) }
}

/** How far a follower has come; null when it has not begun. */
export async function placeOf(ctx: Ctx, name: string): Promise<number | null> {
  const row = await db(ctx)
    .selectFrom('followers')
    .select('place')
    .where('org', '=', ctx.org)
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.place ?? null
}

/** Notes how far a follower has come; it never goes back. */
export async function putPlace(ctx: Ctx, name: string, place: number): Promise<void> {
  await db(ctx)
    .insertInto('followers')
    .values({ org: ctx.org, name, place })
    .onConflict(c =>
      c.columns(['org', 'name']).doUpdateSet({
        place: sql<number>`CASE WHEN followers.place > ${place} THEN followers.place ELSE ${place} END`,
      }),
    )
    .execute()
}
