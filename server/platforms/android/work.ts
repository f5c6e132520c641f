import { randomUUID } from 'node:crypto'
import * as roster from '../../areas/roster/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { JobKind } from '../../base/jobs.ts'
import { Unavailable } from '../../base/problem.ts'
import { readServiceAccount, type ServiceAccount } from '../../base/service-account.ts'
import { carryAll } from './carry.ts'
import { check } from './check.ts'
import { takeLeave } from './closing.ts'
import * as devices from './device-store.ts'
import { prepare, type Turn, type Work } from './enterprise.ts'
import { AndroidFault, Paced } from './fault.ts'
import { lookAtOperations } from './operations.ts'
import { orderAll } from './orders.ts'
import { tidyPolicies } from './policy.ts'
import * as store from './store.ts'
import { readApps } from './store-apps.ts'
import { makeTokens } from './token.ts'
import { endTokens } from './token-ending.ts'
import { workProgram } from './wake.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
/** How often a program is looked at when nothing asks for it. */
const restMs = 15 * minuteMs
const leaseMs = 5 * minuteMs

/**
 * Speaks for one program: signs up, makes tokens, brings policies and devices in step, gives orders and asks what became of them. One worker at a time:
 * the job is one by its program, and every transaction of it keeps the program's turn or leaves nothing.
 */
export const workJob: JobKind<{ program: string }> = {
  name: workProgram,
  leaseMs,
  attempts: Number.MAX_SAFE_INTEGER,
  maxWaitMs: restMs,
  farthestMs: dayMs,
  run: async (base, { scope, payload: { program }, signal }) => {
    const begun = await base.transact(scope, ctx => begin(ctx, program))
    if (begun === null) return undefined
    if ('waitMs' in begun) return { againInMs: begun.waitMs }
    const turn: Turn = { program, fence: begun.fence, forMs: leaseMs }
    const work: Work = { base, scope, turn, line: { base, account: begun.account, signal } }
    try {
      if (!(await speak(work))) return undefined
      return { againInMs: await base.transact(scope, ctx => ended(ctx, turn)) }
    } catch (error) {
      if (error instanceof roster.TurnLost) return { againInMs: minuteMs }
      if (error instanceof Paced) return { againInMs: await base.transact(scope, ctx => paused(ctx, turn, error)) }
      const fault = asFault(error, signal)
      if (fault === null) throw error
      return { againInMs: await base.transact(scope, ctx => failed(ctx, turn, fault)) }
    }
  },
}

async function begin(
  ctx: Ctx,
  id: string,
): Promise<{ fence: number; account: ServiceAccount } | { waitMs: number } | null> {
  const program = await roster.program(ctx, id)
  const row = await store.findEnterprise(ctx, id)
  if (!program || !row) {
    await store.dropProgram(ctx, id)
    return null
  }
  const until = row.wait_until
  if (until !== null && until > ctx.now && until <= ctx.now + dayMs) return { waitMs: until - ctx.now }
  const account = readServiceAccount(await roster.programSecret(ctx, id))
  if (!account) return null
  const fence = await roster.takeTurn(ctx, id, randomUUID(), leaseMs)
  return fence === null ? { waitMs: minuteMs } : { fence, account }
}

async function speak(work: Work): Promise<boolean> {
  const row = await work.base.read(work.scope, ctx => store.findEnterprise(ctx, work.turn.program))
  if (row && row.closing_at !== null) {
    await takeLeave(work, row.enterprise)
    return false
  }
  const enterprise = await prepare(work)
  if (enterprise === null) return true
  await makeTokens(work, enterprise)
  await endTokens(work)
  // Orders first: a lost device does not wait for a thousand policies.
  await orderAll(work)
  await readApps(work, enterprise)
  await carryAll(work, enterprise)
  await lookAtOperations(work)
  await tidyPolicies(work, enterprise)
  await check(work, enterprise)
  return true
}

/** In step: the turn is given back. */
async function ended(ctx: Ctx, turn: Turn): Promise<number> {
  await roster.keepTurn(ctx, turn.program, turn.fence, turn.forMs)
  const row = await store.findEnterprise(ctx, turn.program)
  await store.changeEnterprise(ctx, turn.program, { wait_until: null, checked_at: ctx.now })
  await store.forgetNotices(ctx, ctx.now - 8 * dayMs)
  await store.forgetTokens(ctx, ctx.now - 90 * dayMs)
  const before = await roster.program(ctx, turn.program)
  // What a person must end (signing up again) is not over because the rest went well.
  const waits = row?.enterprise === null
  if (!(waits && before?.state === 'refused'))
    await roster.noteProgram(ctx, turn.program, { state: waits ? 'new' : 'good', problem: null, syncedAt: ctx.now })
  await roster.endTurn(ctx, turn.program, turn.fence)
  const next = await devices.nextDue(ctx, turn.program)
  return next === null ? restMs : Math.max(Math.min(restMs, next - ctx.now), 1000)
}

/** Our own share is used up: nobody is at fault, and the rest follows in a moment. */
async function paused(ctx: Ctx, turn: Turn, { waitMs }: Paced): Promise<number> {
  await roster.endTurn(ctx, turn.program, turn.fence)
  return Math.max(1000, waitMs)
}

function asFault(error: unknown, signal: AbortSignal): AndroidFault | null {
  if (error instanceof AndroidFault) return error
  if (signal.aborted || !(error instanceof Unavailable)) return null
  const { cause } = error
  return new AndroidFault('silent', 'unreachable', cause instanceof Error ? cause.message.slice(0, 200) : '')
}

/** Out of step: says why, gives the turn back, and waits ever longer. */
async function failed(ctx: Ctx, turn: Turn, fault: AndroidFault): Promise<number> {
  await roster.keepTurn(ctx, turn.program, turn.fence, turn.forMs)
  const problem = { code: fault.code, text: fault.text }
  const { failures } = await roster.noteProgram(ctx, turn.program, { state: fault.state, problem })
  await roster.endTurn(ctx, turn.program, turn.fence)
  const passes = fault.state === 'silent' || fault.state === 'throttled'
  const first = passes ? minuteMs : 15 * minuteMs
  const usual = Math.min(first * 2 ** Math.min(failures - 1, 12), passes ? restMs : dayMs)
  const asked = Math.min((fault.waitSeconds ?? 0) * 1000, dayMs)
  if (fault.waitSeconds !== null) await store.changeEnterprise(ctx, turn.program, { wait_until: ctx.now + asked })
  return fault.waitSeconds === null ? usual : Math.max(asked, 1000)
}
