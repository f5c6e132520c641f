import * as devices from '../devices/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { enqueue, jobName } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import { custodianOf, type Why } from './custodian.ts'
import { escrowEvents } from './events.ts'
import * as turns from './turn-store.ts'

/** The job that has devices replace what is due. */
export const turnJob = jobName<Record<string, never>>('escrow.turn')

const hourMs = 3_600_000
/** How long an order has until it is looked at again whether anything came of it. */
const patienceMs = 24 * hourMs
/** What stood against it is tried again ever more rarely. */
const waits = [1, 4, 24, 72, 168].map(hours => hours * hourMs)
/** From so many tries in vain on, somebody should know. */
const stuckTries = 3

/** Has a secret replaced at this instant, or earlier where that was wanted already. Nothing happens where it cannot be replaced. */
export async function takeTurn(
  ctx: Ctx,
  device: Pick<devices.Device, 'id' | 'unitPath'>,
  { kind, why, dueAt }: { kind: string; why: Why; dueAt: number },
): Promise<void> {
  if (!custodianOf(kind)?.renew) return
  const before = await turns.findTurn(ctx, device.id, kind)
  if (before && before.due_at <= dueAt && why !== 'asked') return
  const due_at = before ? Math.min(before.due_at, dueAt) : dueAt
  await turns.putTurn(ctx, {
    org: ctx.org,
    device: device.id,
    kind,
    why,
    due_at,
    tries: 0,
    asked_at: null,
    problem: null,
    created_at: ctx.now,
  })
  await record(ctx, escrowEvents.due, devices.about(device), { kind, why })
  await arm(ctx, due_at)
}

/** Has the job look at this instant. */
export async function arm(ctx: Ctx, at: number): Promise<void> {
  await enqueue(ctx, turnJob, {}, { dedupe: 'org', inMs: Math.max(0, at - ctx.now) })
}

/** Ends what waited for the one that has just been kept. What was seen or has grown old is not settled by the same one again. */
export async function settleTurn(
  ctx: Ctx,
  { device, kind, fetched, createdAt }: { device: string; kind: string; fetched: boolean; createdAt: number },
): Promise<void> {
  const turn = await turns.findTurn(ctx, device, kind)
  if (!turn) return
  const other = createdAt >= turn.created_at
  // Told again, it is the same one: that settles only the wish to be told.
  const told =
    fetched && (turn.why === 'demanded' || turn.why === 'told' || (turn.why === 'asked' && turn.asked_at !== null))
  if (other || told) await turns.removeTurn(ctx, device, kind)
}

/** Has one device replace what is due, and says when to look again. */
export async function runTurn(ctx: Ctx, turn: turns.TurnRow): Promise<void> {
  const device = await devices.find(ctx, turn.device)
  const custodian = custodianOf(turn.kind)
  if (!device || !custodian?.renew) return turns.removeTurn(ctx, turn.device, turn.kind)
  const came = await custodian.renew(ctx, device, turn.why as Why).catch(refusal)
  if (came === 'ordered' || came === 'waits') {
    const asked_at = came === 'ordered' ? ctx.now : turn.asked_at
    return turns.changeTurn(ctx, turn, { asked_at, due_at: ctx.now + patienceMs, problem: null })
  }
  await inVain(ctx, device, turn, came)
}

/** What was ordered has failed on the device: it is tried again later, ever more rarely. */
export async function noteFailed(
  ctx: Ctx,
  { device, kind, problem }: { device: string; kind: string; problem: string },
): Promise<void> {
  const turn = await turns.findTurn(ctx, device, kind)
  const held = await devices.find(ctx, device)
  if (turn && held) await inVain(ctx, held, turn, problem)
}

async function inVain(ctx: Ctx, device: devices.Device, turn: turns.TurnRow, problem: string): Promise<void> {
  const tries = turn.tries + 1
  const due_at = ctx.now + (waits[Math.min(tries, waits.length) - 1] ?? patienceMs)
  await turns.changeTurn(ctx, turn, { tries, due_at, problem })
  await arm(ctx, due_at)
  // A code that is asked for again and again, and was told once, is no news.
  if (tries !== stuckTries || turn.why === 'told') return
  const told = { kind: turn.kind, why: turn.why, problem, tries }
  await record(ctx, escrowEvents.stuck, devices.about(device), told)
}

function refusal(error: unknown): Problem['code'] {
  if (error instanceof Problem) return error.code
  throw error
}
