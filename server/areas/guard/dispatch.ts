import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import { demandNotSpared, paceNow } from './admit.ts'
import { approvalMs, goodApprovals } from './approval.ts'
import { forgetRequests } from './approval-store.ts'
import { limitsOf, minuteOf, spendReleased } from './bucket.ts'
import { guardEvents } from './events.ts'
import { aboutIntent, finish, listHash } from './intent.ts'
import * as store from './intent-store.ts'
import { type Permit, permit } from './permit.ts'
import { lookName } from './standing.ts'
import { forgetSpent, getState, putMark, findMark } from './store.ts'
import { doubted } from './time.ts'

/** What becomes of one device of an intent, or of a proposal, whose time has come. */
export type Outcome = 'sent' | { skipped: string }

/** Who carries out what was held, by door. */
export interface Door {
  /** Carries an act out on one device. The permit is good for that and in this transaction. */
  device?(ctx: Ctx, permit: Permit, at: { intent: string; device: string }): Promise<Outcome>
  /** Carries out a proposal. */
  whole?(ctx: Ctx, payload: unknown, at: { intent: string }): Promise<void>
}

const doors = new Map<string, Door>()

/** Tells who carries out what the guard held; called by main before the server starts. */
export function carryOutBy(named: Readonly<Record<string, Door>>): void {
  for (const [door, how] of Object.entries(named)) doors.set(door, how)
}

const restMs = 15_000
const page = 25

/** Moves intents on: what has cooled off or has been announced long enough, what may leave now, what nobody agreed to. */
const look: JobKind<Record<string, never>> = {
  name: lookName,
  attempts: 1_000_000,
  maxWaitMs: 60_000,
  run: async (base, { scope, signal }) => {
    await base.transact(scope, moveOn)
    while (!signal.aborted && (await base.transact(scope, sendPage)));
    const more = await base.transact(scope, async ctx => {
      await tidy(ctx)
      return store.anyOpen(ctx)
    })
    return more ? { againInMs: restMs } : undefined
  },
}

/** Every job of this part. */
export const dispatchJobs: readonly AnyJobKind[] = [look]

/** What time alone moves on. A clock that is doubted moves nothing. */
async function moveOn(ctx: Ctx): Promise<void> {
  const state = await getState(ctx)
  for (const row of await store.openIn(ctx, 'held')) {
    if (row.count === 0 && row.gathering === 0 && row.payload !== null) await tryProposal(ctx, row, doubted(ctx, state))
    else if (ctx.now >= row.expires_at && !doubted(ctx, state)) await finish(ctx, row.id, 'expired')
  }
  if (doubted(ctx, state) || state.frozen_at !== null) return
  for (const row of await store.openIn(ctx, 'cooling'))
    if (row.effective_at !== null && ctx.now >= row.effective_at) await release(ctx, row)
}

async function tryProposal(ctx: Ctx, row: store.IntentRow, timeDoubted: boolean): Promise<void> {
  const local = (await goodApprovals(ctx, row)).some(a => a.admin === 'local')
  if (timeDoubted && !local) return
  const signed = local || (await goodApprovals(ctx, row)).length >= row.needs
  if (ctx.now >= row.expires_at && !signed) return void (await finish(ctx, row.id, 'expired'))
  if (!signed || (!local && ctx.now < (row.effective_at ?? 0))) return
  const { frozen_at, restored_at } = await getState(ctx)
  // What was withdrawn after the backup would come true after the restore.
  if ((frozen_at !== null || restored_at !== null) && !local) return
  const how = doors.get(row.door)
  if (!how?.whole) return
  const change = { state: 'released', released_at: ctx.now } as const
  if (!(await store.changeIntent(ctx, row.id, ['held'], change))) return
  await record(ctx, guardEvents.released, aboutIntent(row), { intent: row.id, action: row.action, devices: 0 })
  await how.whole(ctx, JSON.parse(row.payload ?? 'null'), { intent: row.id })
  await finish(ctx, row.id, 'done')
}

/** The cooling-off is over: it is looked at once more whether what was signed is what would happen. */
async function release(ctx: Ctx, row: store.IntentRow): Promise<void> {
  const cooled = (await limitsOf(ctx)).coolingMinutes * 60_000 + restMs * 4
  const { hash } = await listHash(ctx, row.id)
  const good = await goodApprovals(ctx, { ...row, devices_hash: hash }, approvalMs + cooled)
  if (good.length < row.needs) {
    await store.changeIntent(ctx, row.id, ['cooling'], { state: 'held', effective_at: null, devices_hash: hash })
    return
  }
  const change = { state: 'released', released_at: ctx.now } as const
  if (!(await store.changeIntent(ctx, row.id, ['cooling'], change))) return
  await record(ctx, guardEvents.released, aboutIntent(row), { intent: row.id, action: row.action, devices: row.count })
}

/** Lets a page of what was released leave, as far as there is room; answers whether there may be more. */
async function sendPage(ctx: Ctx): Promise<boolean> {
  const state = await getState(ctx)
  for (const row of await store.openIn(ctx, 'released')) {
    // What was queued before the database was restored from a copy waits until somebody looked at it.
    if (state.restored_at !== null && row.epoch < state.epoch) continue
    const room = Math.min(page, await paceNow(ctx, state, row.impact))
    if (room === 0) continue
    const waiting = await store.waitingDevices(ctx, row.id, room)
    for (const one of waiting) {
      const outcome = await sendOne(ctx, row, one)
      const settled = outcome === 'sent' ? null : outcome.skipped
      await store.settleDevice(ctx, one, { state: settled === null ? 'sent' : 'skipped', why: settled })
      if (settled === null) await spendReleased(ctx, state, row.impact)
    }
    if (waiting.length > 0) return true
    if (row.gathering === 0) await finish(ctx, row.id, 'done')
  }
  return false
}

async function sendOne(ctx: Ctx, row: store.IntentRow, one: store.IntentDeviceRow): Promise<Outcome> {
  const how = doors.get(row.door)
  if (!how?.device) return { skipped: 'id.unknown' }
  const { action, impact } = row
  const { epoch } = await getState(ctx)
  try {
    if (impact === 'irreversible') await demandNotSpared(ctx, { id: one.device, tags: [] })
    const given = permit({ action, impact, device: one.device, epoch, intent: row.id })
    return await how.device(ctx, given, { intent: row.id, device: one.device })
  } catch (error) {
    if (error instanceof Problem) return { skipped: error.code }
    throw error
  }
}

const keptMinutes = 31 * 24 * 60
const hourMs = 3_600_000

async function tidy(ctx: Ctx): Promise<void> {
  const last = await findMark(ctx, 'tidied')
  if (last && Math.abs(ctx.now - last.at) < hourMs) return
  const state = await getState(ctx)
  await forgetSpent(ctx, minuteOf(ctx, state) - keptMinutes)
  await forgetRequests(ctx, ctx.now - hourMs)
  await putMark(ctx, 'tidied', 1, ctx.now)
}
