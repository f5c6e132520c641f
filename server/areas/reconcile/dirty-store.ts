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

/**
 * Takes these marks away where they are still the ones that were read, and answers whose they were: to those nothing has happened since,
 * and nobody else has computed them.
 */
export async function unmarkAll(ctx: Ctx, marks: readonly Dirty[]): Promise<Set<string>> {
  const gone = new Set<string>()
  for (let i = 0; i < marks.length; i += 100) {
    const pairs = sql.join(marks.slice(i, i + 100).map(m => sql`(${m.device}, ${m.mark})`))
    const { rows } = await sql<{ device: string }>`DELETE FROM dirty_devices
      WHERE org = ${ctx.org} AND (device, mark) IN (VALUES ${pairs}) RETURNING device`.execute(db(ctx))
    for (const { device } of rows) gone.add(device)
  }
  return gone
}

/** Those of these devices that wait to be computed. */
export async function dirtyAmong(ctx: Ctx, devices: readonly string[]): Promise<Dirty[]> {
  if (devices.length === 0) return []
  return db(ctx)
    .selectFrom('dirty_devices')
    .select(['device', 'mark'])
    .where('org', '=', ctx.org)
    .where('device', 'in', devices)
    .execute()
}

/** How many devices wait to be computed, and since when the oldest; over all orgs. */
export async function lag(ctx: Pick<Ctx, 'tx'>): Promise<{ devices: number; since: number | null }> {
  const row = await db(ctx)
    .selectFrom('dirty_devices')
    .select(e => [e.fn.countAll<number>().as('n'), e.fn.min('since').as('since')])
    .executeTakeFirstOrThrow()
  return { devices: Number(row.n), since: row.since === null ? null : Number(row.since) }
}
