import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { fixed } from '../../base/fixed.ts'
import { movedPath, within } from '../../base/filter.ts'
import { type ListQuery, readPage } from '../../base/page.ts'
import type { HeldReason, Impact } from './impact.ts'

/** Where an intent is on its way. */
export const intentStates = ['held', 'cooling', 'released', 'done', 'denied', 'canceled', 'expired'] as const

/** Where an intent is on its way. */
export type IntentState = (typeof intentStates)[number]

/** An intent as it is stored. */
export interface IntentRow {
  org: string
  id: string
  door: string
  action: string
  impact: Impact
  state: IntentState
  why: HeldReason
  needs: number
  /** 1: devices check the approvals, so only passkeys they know count. */
  proved: number
  signers: string | null
  unit_path: string
  about_kind: string | null
  about_id: string | null
  payload: string | null
  summary: string | null
  detail: string
  batch: string | null
  gathering: number
  count: number
  expected: number
  sent: number
  skipped: number
  devices_hash: string | null
  reason: string | null
  by_kind: string
  by_id: string | null
  hand: string
  epoch: number
  created_at: number
  effective_at: number | null
  expires_at: number
  released_at: number | null
  ended_at: number | null
  ended_by: string | null
  ended_why: string | null
}

/** A device of an intent as it is stored. */
export interface IntentDeviceRow {
  org: string
  intent: string
  device: string
  name: string
  unit: string
  unit_path: string
  state: 'waiting' | 'sent' | 'skipped'
  why: string | null
  at: number | null
}

interface Tables {
  intents: IntentRow
  intent_devices: IntentDeviceRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)
const open: readonly IntentState[] = ['held', 'cooling', 'released']

export async function putIntent(ctx: Ctx, row: Omit<IntentRow, 'org'>): Promise<void> {
  await db(ctx)
    .insertInto('intents')
    .values({ ...row, org: ctx.org })
    .execute()
}

export async function findIntent(ctx: Ctx, id: string): Promise<IntentRow | undefined> {
  return db(ctx).selectFrom('intents').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

const intentOfBatch = fixed<Tables, { org: string; batch: string }>()((from, v) =>
  from.selectFrom('intents').selectAll().where('org', '=', v.org).where('batch', '=', v.batch),
)

export async function findOfBatch(ctx: Ctx, batch: string): Promise<IntentRow | undefined> {
  const [row] = await intentOfBatch(ctx.tx, { org: ctx.org, batch })
  return row
}

/** Changes an intent that is in one of these states; false when it is not, because someone else was first. */
export async function changeIntent(
  ctx: Ctx,
  id: string,
  from: readonly IntentState[],
  change: Partial<Omit<IntentRow, 'org' | 'id'>>,
): Promise<boolean> {
  const done = await db(ctx)
    .updateTable('intents')
    .set(change)
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .where('state', 'in', [...from])
    .returning('id')
    .execute()
  return done.length === 1
}

/** Adds a device to an intent; adding it again changes nothing. */
export async function addDevice(ctx: Ctx, row: Omit<IntentDeviceRow, 'org' | 'state' | 'why' | 'at'>): Promise<void> {
  const put = await db(ctx)
    .insertInto('intent_devices')
    .values({ ...row, org: ctx.org, state: 'waiting', why: null, at: null })
    .onConflict(c => c.columns(['org', 'intent', 'device']).doNothing())
    .returning('device')
    .execute()
  if (put.length === 1)
    await sql`UPDATE intents SET count = count + 1 WHERE org = ${ctx.org} AND id = ${row.intent}`.execute(db(ctx))
}

/** The next devices of an intent that still wait, in order of their ids. */
export async function waitingDevices(ctx: Ctx, intent: string, most: number): Promise<IntentDeviceRow[]> {
  return db(ctx)
    .selectFrom('intent_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('intent', '=', intent)
    .where('state', '=', 'waiting')
    .orderBy('device')
    .limit(most)
    .execute()
}

export async function findDevice(ctx: Ctx, intent: string, device: string): Promise<IntentDeviceRow | undefined> {
  return db(ctx)
    .selectFrom('intent_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('intent', '=', intent)
    .where('device', '=', device)
    .executeTakeFirst()
}

/** Ends a device's part in an intent, and counts it. */
export async function settleDevice(
  ctx: Ctx,
  row: Pick<IntentDeviceRow, 'intent' | 'device'>,
  { state, why }: { state: 'sent' | 'skipped'; why: string | null },
): Promise<void> {
  await db(ctx)
    .updateTable('intent_devices')
    .set({ state, why, at: ctx.now })
    .where('org', '=', ctx.org)
    .where('intent', '=', row.intent)
    .where('device', '=', row.device)
    .execute()
  await db(ctx)
    .updateTable('intents')
    .set(state === 'sent' ? { sent: sql`sent + 1` } : { skipped: sql`skipped + 1` })
    .where('org', '=', ctx.org)
    .where('id', '=', row.intent)
    .execute()
}

/** A page of the devices of an intent in order of their ids. */
export async function pageOfDevices(ctx: Ctx, intent: string, after: string, most: number): Promise<IntentDeviceRow[]> {
  return db(ctx)
    .selectFrom('intent_devices')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('intent', '=', intent)
    .where('device', '>', after)
    .orderBy('device')
    .limit(most)
    .execute()
}

/** Open intents in this state, oldest first. */
export async function openIn(ctx: Ctx, state: IntentState, most = 1000): Promise<IntentRow[]> {
  return db(ctx)
    .selectFrom('intents')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('state', '=', state)
    .orderBy('id')
    .limit(most)
    .execute()
}

/** The newest intents that are open. */
export async function openIntents(ctx: Ctx): Promise<IntentRow[]> {
  return db(ctx)
    .selectFrom('intents')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('state', 'in', [...open])
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
}

/** How many intents of this hand are open, of this impact, beyond those of batches. */
export async function countOpen(ctx: Ctx, hand: string, impact: Impact): Promise<number> {
  const row = await db(ctx)
    .selectFrom('intents')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('state', 'in', [...open])
    .where('hand', '=', hand)
    .where('impact', '=', impact)
    .where('batch', 'is', null)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** Whether any intent of the org is open. */
export async function anyOpen(ctx: Ctx): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('intents')
    .select('id')
    .where('org', '=', ctx.org)
    .where('state', 'in', [...open])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** One page of the intents the reader may see, newest first; `which` narrows them to open ones, ended ones or one state. */
export async function listIntents(
  ctx: Ctx,
  query: ListQuery,
  { which, device }: { which: 'open' | 'ended' | IntentState | null; device: string | null },
): Promise<{ items: IntentRow[]; next: string | null }> {
  const sorts = {
    list: `intents ${which ?? ''} ${device ?? ''}`,
    id: 'intents.id',
    default: '-createdAt',
    columns: { createdAt: { column: 'intents.id', type: 'text' as const } },
  }
  const page = readPage(ctx.org, query, sorts)
  let all = db(ctx)
    .selectFrom('intents')
    .selectAll()
    .where('intents.org', '=', ctx.org)
    .where(within('intents.unit_path', ctx.authority.where('guard:read')))
  if (which === 'open') all = all.where('intents.state', 'in', [...open])
  else if (which === 'ended') all = all.where('intents.state', 'not in', [...open])
  else if (which !== null) all = all.where('intents.state', '=', which)
  if (device !== null)
    all = all.where('intents.id', 'in', e =>
      e
        .selectFrom('intent_devices as i')
        .select('i.intent')
        .where('i.org', '=', ctx.org)
        .where('i.device', '=', device),
    )
  return page.finish(await page.apply(all).execute())
}

/** Keeps stored paths in step when a unit moves. */
export async function movePaths(ctx: Ctx, from: string, to: string): Promise<void> {
  for (const table of ['intents', 'intent_devices'] as const)
    await db(ctx)
      .updateTable(table)
      .set({ unit_path: movedPath(from, to) })
      .where('org', '=', ctx.org)
      .where(within('unit_path', [from]))
      .execute()
}
