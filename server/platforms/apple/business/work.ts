import { randomUUID } from 'node:crypto'
import * as roster from '../../../areas/roster/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import type { JobKind } from '../../../base/jobs.ts'
import { Unavailable } from '../../../base/problem.ts'
import { carryOut } from './carry-out.ts'
import { type Credential, credentialShape, openLine, PortalFault } from './client.ts'
import { readPortal, type Turn } from './read.ts'
import * as acting from './act-store.ts'
import * as store from './store.ts'
import { portalJobName } from './wake.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const leaseMs = 10 * minuteMs
const restMs = hourMs
/** Trouble is tried again ever more rarely. */
const waits = [1, 5, 15, 60, 240].map(minutes => minutes * minuteMs)

/** Speaks for one program with the vendor's portal: reads what it holds, and carries out what is ordered. One worker at a time. */
export const portalJob: JobKind<{ program: string }> = {
  name: portalJobName,
  leaseMs,
  attempts: Number.MAX_SAFE_INTEGER,
  maxWaitMs: hourMs,
  farthestMs: 24 * hourMs,
  run: async (base, { scope, payload: { program }, signal }) => {
    const begun = await base.transact(scope, ctx => begin(ctx, program))
    if (begun === null) return undefined
    if ('waitMs' in begun) return { againInMs: begun.waitMs }
    const turn: Turn = { program, fence: begun.fence, forMs: leaseMs }
    const line = openLine(base, program, begun.credential, signal)
    try {
      if (begun.reads) await readPortal(base, scope, turn, line)
      // What an act has changed is read anew once it is over.
      const readSoon = await carryOut(base, scope, turn, line)
      return { againInMs: await base.transact(scope, ctx => ended(ctx, turn, { read: begun.reads, readSoon })) }
    } catch (error) {
      if (error instanceof roster.TurnLost) return { againInMs: minuteMs }
      const fault = faultOf(error)
      if (fault === null || signal.aborted) throw error
      return { againInMs: await base.transact(scope, ctx => failed(ctx, turn, fault)) }
    }
  },
}

interface Begun {
  fence: number
  credential: Credential
  reads: boolean
}

async function begin(ctx: Ctx, id: string): Promise<Begun | { waitMs: number } | null> {
  const program = await roster.program(ctx, id)
  if (program?.kind !== 'portal') return null
  const until = program.facts['waitUntil']
  if (typeof until === 'number' && until > ctx.now && until < ctx.now + 24 * hourMs) return { waitMs: until - ctx.now }
  const credential = credentialShape.parse(JSON.parse(await roster.programSecret(ctx, id)))
  const fence = await roster.takeTurn(ctx, id, randomUUID(), leaseMs)
  if (fence === null) return { waitMs: minuteMs }
  const fresh = program.syncedAt !== null && program.state === 'good' && ctx.now - program.syncedAt < restMs
  const reads = !fresh || program.facts['readSoon'] === true || (await acting.anyUnsure(ctx, id))
  return { fence, credential, reads }
}

async function ended(
  ctx: Ctx,
  { program, fence }: Turn,
  { read, readSoon }: { read: boolean; readSoon: boolean },
): Promise<number> {
  await roster.keepTurn(ctx, program, fence, leaseMs)
  await roster.noteProgram(ctx, program, {
    state: 'good',
    problem: null,
    ...(read ? { syncedAt: ctx.now } : {}),
    facts: { waitUntil: null, readSoon, ...(read ? { devices: await store.countDevices(ctx, program) } : {}) },
  })
  await roster.endTurn(ctx, program, fence)
  const next = await acting.nextAct(ctx, program)
  if (readSoon) return 1000
  return Math.max(1000, Math.min(restMs, next === null ? restMs : next - ctx.now))
}

/** What went wrong with the whole program; null for a fault of ours. */
function faultOf(error: unknown): PortalFault | null {
  if (error instanceof PortalFault) return error
  if (error instanceof Unavailable) return new PortalFault('silent', 'portal-silent')
  // What it said is not what it always said.
  if (error instanceof Error && error.name === 'ZodError') return new PortalFault('silent', 'portal-not-understood')
  return null
}

async function failed(ctx: Ctx, { program, fence }: Turn, fault: PortalFault): Promise<number> {
  await roster.keepTurn(ctx, program, fence, leaseMs)
  const before = await roster.program(ctx, program)
  const failures = before?.failures ?? 0
  const waitMs = fault.waitMs ?? waits[Math.min(failures, waits.length - 1)] ?? hourMs
  await roster.noteProgram(ctx, program, {
    state: fault.state,
    problem: { code: fault.code, ...(fault.said === undefined ? {} : { text: fault.said }) },
    facts: { waitUntil: fault.state === 'throttled' ? ctx.now + waitMs : null },
  })
  await roster.endTurn(ctx, program, fence)
  return waitMs
}
