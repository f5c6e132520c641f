import { everything } from '../../base/authority.ts'
import type { Ctx, Scope } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import type { JobKind } from '../../base/jobs.ts'
import * as push from '../push/index.ts'
import { findEnrollment } from './enrollment-store.ts'
import { endRun, noteRun, type SetupRun } from './run.ts'
import { tendRun } from './run-names.ts'
import { findRun } from './run-store.ts'

/** How a platform looks at a run of one of its devices: it says what is still missing, and lets the device go on when nothing is, or when it is late. */
export type Tender = (ctx: Ctx, run: SetupRun, late: boolean) => Promise<void>

const tenders = new Map<string, Tender>()

/** Makes known who looks after the runs of a platform's devices; called by main before the server starts. */
export function tendBy(platform: string, tender: Tender): void {
  tenders.set(platform, tender)
}

/** Looks at a run often while it is young, because somebody stands before the device. */
const lookMs = { young: 5_000, old: 15_000 } as const
const youngMs = 5 * 60_000
/** A device that has been quiet for so long is called; one that does not answer that either is stuck. */
export const callAfterMs = 40_000
export const stuckAfterMs = 90_000

/** One look at a run: answers in how long the next is due, or null when it has ended. */
export async function tend(ctx: Ctx, id: string): Promise<number | null> {
  const run = await findRun(ctx, id)
  if (!run || run.endedAt !== null) return null
  const enrollment = await findEnrollment(ctx, id)
  if (!enrollment || enrollment.state === 'ended') {
    await endRun(ctx, id, 'skipped')
    return null
  }
  const late = ctx.now >= run.until
  await tenders.get(enrollment.platform)?.(ctx, run, late)
  if (late) {
    await endRun(ctx, id, 'timed-out')
    return null
  }
  const after = await findRun(ctx, id)
  if (!after || after.endedAt !== null) return null
  await callIfQuiet(ctx, after)
  const next = ctx.now - run.since < youngMs ? lookMs.young : lookMs.old
  return Math.max(1, Math.min(next, run.until - ctx.now))
}

async function callIfQuiet(ctx: Ctx, run: SetupRun): Promise<void> {
  const quietMs = ctx.now - run.lastWordAt
  if (quietMs < callAfterMs) return
  await push.wake(ctx, { enrollment: run.enrollment, account: '', urgent: true })
  if (quietMs < stuckAfterMs || run.state === 'stuck') return
  await noteRun(ctx, run.enrollment, { stuck: { code: 'silent', facts: { since: run.lastWordAt } } })
}

/** Looks after one setup run until it has ended, whoever is switched off or restarted meanwhile. */
export const tendJob: JobKind<{ enrollment: string }> = {
  name: tendRun,
  attempts: 1000,
  maxWaitMs: 15_000,
  run: async (base, { org, payload }) => {
    const actor = { kind: 'system', id: null, what: 'setup' } as const
    const scope: Scope = { org: org as Id<'org'>, actor, authority: everything }
    const next = await base.transact(scope, ctx => tend(ctx, payload.enrollment))
    return next === null ? undefined : { againInMs: next }
  },
}
