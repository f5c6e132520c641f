import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { movedPath } from '../../base/filter.ts'
import type { DeviceRow } from './store.ts'

type Kept = Omit<DeviceRow, 'named_by' | 'last_seen_at' | 'waiting'>

interface Tables {
  devices: DeviceRow
  device_past: Kept & { since: number; until: number | null }
  tag_past: { org: string; device: string; tag_key: string; since: number; until: number | null; tag: string }
  contact_months: { org: string; device: string; month: number; days: number }
  past_begins: { org: string; at: number }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

const told = [
  'unit',
  'unit_path',
  'user_id',
  'user_name',
  'user_key',
  'name',
  'name_key',
  'platform',
  'form_factor',
  'model',
  'model_name',
  'model_key',
  'os_version',
  'os_key',
  'serial',
  'udid',
  'imei',
  'ownership',
  'shared',
  'supervised',
  'state',
  'state_reason',
  'state_at',
  'asset_tag',
  'enrolled_at',
  'created_at',
] as const

const isTold = new Set<string>(told)
const columns = sql.join(told.map(c => sql.ref(c)))
const fromFresh = sql.join(told.map(c => sql`${sql.ref(c)} = excluded.${sql.ref(c)}`))

/** Whether these columns are part of what is kept of a device's past. */
export function isKept(change: object): boolean {
  return Object.keys(change).some(c => isTold.has(c))
}

// A clock that was put back must not leave two rows true at once: what lies ahead of it ends with it.
const ended = (now: number) => sql<number>`CASE WHEN since > ${now} THEN since ELSE CAST(${now} AS BIGINT) END`

/** Keeps what the row of a device is from now on, and until when it was what it was. Call it after the row is written. */
export async function keepRow(ctx: Ctx, id: string): Promise<void> {
  await endRow(ctx, id, true)
  await sql`INSERT INTO device_past (org, id, since, until, ${columns})
    SELECT org, id, CAST(${ctx.now} AS BIGINT), NULL, ${columns} FROM devices WHERE org = ${ctx.org} AND id = ${id}
    ON CONFLICT (org, id, since) DO UPDATE SET until = NULL, ${fromFresh}`.execute(ctx.tx)
}

async function endRow(ctx: Ctx, id: string, again: boolean): Promise<void> {
  await db(ctx)
    .updateTable('device_past')
    .set({ until: ended(ctx.now) })
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .where(e => e.or([e('until', 'is', null), e('until', '>', ctx.now)]))
    .$if(again, q => q.where('since', '<>', ctx.now))
    .execute()
}

/** A device is removed: its past ends. That of a personal device goes with it. */
export async function endPast(ctx: Ctx, id: string): Promise<void> {
  await endRow(ctx, id, false)
  await sql`UPDATE tag_past SET until = ${ended(ctx.now)}
    WHERE org = ${ctx.org} AND device = ${id} AND (until IS NULL OR until > ${ctx.now})`.execute(ctx.tx)
  await sql`DELETE FROM tag_past WHERE org = ${ctx.org} AND device = ${id}
    AND EXISTS (SELECT 1 FROM devices WHERE org = ${ctx.org} AND id = ${id} AND ownership = 'personal')`.execute(ctx.tx)
  await sql`DELETE FROM device_past WHERE org = ${ctx.org} AND id = ${id}
    AND EXISTS (SELECT 1 FROM devices WHERE org = ${ctx.org} AND id = ${id} AND ownership = 'personal')`.execute(ctx.tx)
  await db(ctx).deleteFrom('contact_months').where('org', '=', ctx.org).where('device', '=', id).execute()
}

/** The past of devices follows their units. */
export async function movePast(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('device_past')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}

/** Empties columns in all that is kept of these devices' past, for what may not be known of them any more. */
export async function blankPast(
  ctx: Ctx,
  ids: readonly string[],
  blanked: readonly ('serial' | 'udid' | 'imei' | 'name' | 'name_key')[],
): Promise<void> {
  if (ids.length === 0 || blanked.length === 0) return
  await db(ctx)
    .updateTable('device_past')
    .set(Object.fromEntries(blanked.map(c => [c, ''])))
    .where('org', '=', ctx.org)
    .where('id', 'in', [...ids])
    .execute()
}

/** A device has a tag from now on. */
export async function keepTag(ctx: Ctx, device: string, tag: string, tagKey: string): Promise<void> {
  await sql`INSERT INTO tag_past (org, device, tag_key, since, until, tag)
    SELECT CAST(${ctx.org} AS TEXT), CAST(${device} AS TEXT), CAST(${tagKey} AS TEXT), CAST(${ctx.now} AS BIGINT), NULL, CAST(${tag} AS TEXT)
    WHERE NOT EXISTS (SELECT 1 FROM tag_past WHERE org = ${ctx.org} AND device = ${device} AND tag_key = ${tagKey} AND until IS NULL)
    ON CONFLICT (org, device, tag_key, since) DO UPDATE SET until = NULL, tag = excluded.tag`.execute(ctx.tx)
}

/** A device has a tag no more. */
export async function endTag(ctx: Ctx, device: string, tagKey: string): Promise<void> {
  await db(ctx)
    .updateTable('tag_past')
    .set({ until: ended(ctx.now) })
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('tag_key', '=', tagKey)
    .where(e => e.or([e('until', 'is', null), e('until', '>', ctx.now)]))
    .execute()
}

/** The month an instant lies in (UTC) and the bit of its day. */
export function monthOf(at: number): { month: number; bit: number } {
  const date = new Date(at)
  return { month: date.getUTCFullYear() * 12 + date.getUTCMonth(), bit: 2 ** (date.getUTCDate() - 1) }
}

/** Devices called on these days; a day that is known already costs no write. */
export async function keepContacts(ctx: Ctx, rows: readonly { id: string; at: number }[]): Promise<void> {
  const values = sql.join(
    rows.map(({ id, at }) => {
      const { month, bit } = monthOf(at)
      return sql`(CAST(${ctx.org} AS TEXT), CAST(${id} AS TEXT), CAST(${month} AS BIGINT), CAST(${bit} AS BIGINT))`
    }),
  )
  await sql`INSERT INTO contact_months (org, device, month, days) VALUES ${values}
    ON CONFLICT (org, device, month) DO UPDATE SET days = contact_months.days | excluded.days
    WHERE (contact_months.days & excluded.days) = 0`.execute(ctx.tx)
}

/** Notes since when the past of the org is kept, once. */
export async function beginPast(ctx: Ctx): Promise<void> {
  await db(ctx)
    .insertInto('past_begins')
    .values({ org: ctx.org, at: ctx.now })
    .onConflict(c => c.column('org').doNothing())
    .execute()
}

/** Forgets what ended before an instant. */
export async function removePastBefore(ctx: Ctx, at: number): Promise<void> {
  for (const table of ['device_past', 'tag_past'] as const)
    await db(ctx).deleteFrom(table).where('org', '=', ctx.org).where('until', '<', at).execute()
  const { month } = monthOf(at)
  await db(ctx).deleteFrom('contact_months').where('org', '=', ctx.org).where('month', '<', month).execute()
  await db(ctx).updateTable('past_begins').set({ at }).where('org', '=', ctx.org).where('at', '<', at).execute()
}
