import { randomUUID } from 'node:crypto'
import type { ServerToken } from '@muster/wire/apple/server-token.ts'
import { z } from 'zod'
import * as roster from '../../../areas/roster/index.ts'
import type { Ctx, Scope } from '../../../base/ctx.ts'
import { enqueue, type JobKind, jobName } from '../../../base/jobs.ts'
import { Unavailable } from '../../../base/problem.ts'
import type { Base } from '../../../base/transact.ts'
import { assignDue } from './assign.ts'
import { call, type Line, openLine } from './client.ts'
import { defineSetups, type Turn } from './definition.ts'
import { AdeFault } from './fault.ts'
import { tellLeading } from './leading.ts'
import { readPromises } from './read.ts'
import { accountOf } from './said.ts'
import * as store from './store.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
/** How often a program is asked what is new. */
const restMs = 15 * minuteMs
const leaseMs = 5 * minuteMs
const spreadSize = 500

const workProgram = jobName<{ program: string }>('promises.read')

/** Wakes the worker of a program. Asking again while it works makes it look once more. */
export async function wakeWorker(ctx: Ctx, program: { id: string }): Promise<void> {
  await enqueue(ctx, workProgram, { program: program.id }, { dedupe: program.id })
}

const tokenShape = z.object({
  consumerKey: z.string(),
  consumerSecret: z.string(),
  accessToken: z.string(),
  accessSecret: z.string(),
  expiresAt: z.number(),
})

/**
 * Speaks for one program: who we are, what is promised, what we call our setups, which device gets which. One worker at a time: the job is one by its
 * program, and every transaction of it keeps the program's turn or leaves nothing.
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
    try {
      const finished = await work(base, scope, turn, openLine(base, begun.token, signal))
      return { againInMs: await base.transact(scope, ctx => ended(ctx, turn, finished)) }
    } catch (error) {
      if (error instanceof roster.TurnLost) return { againInMs: minuteMs }
      const fault = asFault(error, signal)
      if (fault === null) throw error
      return { againInMs: await base.transact(scope, ctx => failed(ctx, turn, fault)) }
    }
  },
}

/** Takes the turn, or says how long to wait for it; null when the program is gone. */
async function begin(ctx: Ctx, id: string): Promise<{ fence: number; token: ServerToken } | { waitMs: number } | null> {
  const program = await roster.program(ctx, id)
  if (!program) {
    await store.dropClient(ctx, id)
    return null
  }
  // The vendor asked us to be silent; a person who presses a button does not change that.
  const { wait_until: until } = await store.clientOf(ctx, id)
  if (until !== null && until > ctx.now && until <= ctx.now + dayMs) return { waitMs: until - ctx.now }
  const token = tokenShape.safeParse(JSON.parse(await roster.programSecret(ctx, id)))
  if (!token.success || token.data.expiresAt <= ctx.now) {
    await roster.noteProgram(ctx, id, { state: 'expired', problem: { code: 'token-over' } })
    return { waitMs: dayMs }
  }
  const fence = await roster.takeTurn(ctx, id, randomUUID(), leaseMs)
  return fence === null ? { waitMs: minuteMs } : { fence, token: token.data }
}

async function work(base: Base, scope: Scope, turn: Turn, line: Line): Promise<boolean> {
  await askAccount(base, scope, turn, line)
  if (!(await readPromises(base, scope, turn, line))) return false
  await spread(base, scope, turn)
  await defineSetups(base, scope, turn, line)
  const finished = await assignDue(base, scope, turn, line)
  if (finished) await tellLeading(base, scope, turn, line)
  return finished
}

/** Who we are to the vendor. A token of another server is not worked: its devices are not those we were told of. */
async function askAccount(base: Base, scope: Scope, turn: Turn, line: Line): Promise<void> {
  const due = await base.read(scope, async ctx => {
    const { account_at: at } = await store.clientOf(ctx, turn.program)
    return at === null || at < ctx.now - dayMs || at > ctx.now
  })
  if (!due) return
  const answer = await call(line, 'GET', '/account')
  if (answer.status === 400) throw new AdeFault('refused', 'not-understood', answer.text().slice(0, 200))
  const account = accountOf(answer)
  const limits = Object.fromEntries((account.urls ?? []).flatMap(u => (u.limit ? [[u.uri, u.limit.maximum]] : [])))
  await base.transact(scope, async ctx => {
    await roster.keepTurn(ctx, turn.program, turn.fence, turn.forMs)
    const program = await roster.program(ctx, turn.program)
    if (!program) throw new roster.TurnLost(turn.program)
    if (program.serverId !== null && program.serverId !== account.server_uuid)
      throw new AdeFault('refused', 'other-server', account.server_name ?? account.server_uuid)
    await roster.noteProgram(ctx, program.id, {
      serverId: account.server_uuid,
      orgName: account.org_name,
      account: program.account ?? account.admin_id ?? account.facilitator_id,
      facts: { serverName: account.server_name, orgType: account.org_type },
    })
    const client = await store.clientOf(ctx, program.id)
    await store.putClient(ctx, { ...client, account_at: ctx.now, limits: JSON.stringify(limits) })
  })
}

/** A new default of the program reaches its devices in pages. */
async function spread(base: Base, scope: Scope, turn: Turn): Promise<void> {
  for (let changed = spreadSize; changed === spreadSize; )
    changed = await base.transact(scope, async ctx => {
      await roster.keepTurn(ctx, turn.program, turn.fence, turn.forMs)
      const program = await roster.program(ctx, turn.program)
      return program ? roster.spreadDefault(ctx, program, spreadSize) : 0
    })
}

/** In step: the turn is given back, and the next look is in a while, or as soon as a device is due again. */
async function ended(ctx: Ctx, turn: Turn, finished: boolean): Promise<number> {
  await roster.keepTurn(ctx, turn.program, turn.fence, turn.forMs)
  if (finished) await noteGood(ctx, turn)
  await roster.endTurn(ctx, turn.program, turn.fence)
  if (!finished) return 0
  const next = await roster.nextDue(ctx, turn.program)
  return next === null ? restMs : Math.max(Math.min(restMs, next - ctx.now), 1000)
}

async function noteGood(ctx: Ctx, turn: Turn): Promise<void> {
  const client = await store.clientOf(ctx, turn.program)
  await store.putClient(ctx, { ...client, wait_until: null })
  const known = await store.definitionsOf(ctx, turn.program)
  const refusedSetups = known.filter(d => d.state === 'refused').map(d => ({ setup: d.setup, text: d.problem }))
  const facts = { fullAt: client.full_at, refusedSetups }
  // Another server that keeps putting its own setup in place of ours is said of the whole program, not device by device.
  const contested = await roster.countContested(ctx, turn.program)
  if (contested >= mostContested) {
    const problem = { code: 'contested', text: String(contested) }
    await roster.noteProgram(ctx, turn.program, { state: 'elsewhere', problem, syncedAt: ctx.now, facts })
  } else await roster.noteProgram(ctx, turn.program, { state: 'good', problem: null, syncedAt: ctx.now, facts })
}

/** One device may be moved by hand; several are another server's doing. */
const mostContested = 3

function asFault(error: unknown, signal: AbortSignal): AdeFault | null {
  if (error instanceof AdeFault) return error
  // The server stops, or time was up in the middle of a call: nothing is wrong with the vendor.
  if (signal.aborted) return null
  return error instanceof Unavailable ? new AdeFault('silent', 'unreachable', causeOf(error)) : null
}

function causeOf(error: Unavailable): string {
  const { cause } = error
  return cause instanceof Error ? cause.message.slice(0, 200) : ''
}

/** Out of step: says why, gives the turn back, and waits ever longer. What a person must end is asked rarely; what may pass, sooner. */
async function failed(ctx: Ctx, turn: Turn, fault: AdeFault): Promise<number> {
  await roster.keepTurn(ctx, turn.program, turn.fence, turn.forMs)
  const problem = { code: fault.code, text: fault.text }
  const { failures } = await roster.noteProgram(ctx, turn.program, { state: fault.state, problem })
  await roster.endTurn(ctx, turn.program, turn.fence)
  const passes = fault.state === 'silent' || fault.state === 'throttled'
  const first = passes ? minuteMs : 15 * minuteMs
  const usual = Math.min(first * 2 ** Math.min(failures - 1, 12), passes ? 6 * 60 * minuteMs : dayMs)
  const waitMs = Math.max(usual, Math.min((fault.waitSeconds ?? 0) * 1000, dayMs))
  if (fault.waitSeconds !== null) {
    const client = await store.clientOf(ctx, turn.program)
    await store.putClient(ctx, { ...client, wait_until: ctx.now + Math.min(fault.waitSeconds * 1000, dayMs) })
  }
  return waitMs
}
