import { everything } from '../../base/authority.ts'
import type { Ctx, Scope } from '../../base/ctx.ts'
import type { Event } from '../../base/events.ts'
import { placeOf, putPlace } from '../../base/follow.ts'
import type { Id } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { headOf, sealedPage } from '../../base/seal.ts'
import type { Base } from '../../base/transact.ts'
import { snapshot } from '../previews/index.ts'
import { crossed, nextInstant } from './instants.ts'
import { markTouched } from './mark.ts'
import { boundaryName, follower, followName, sweepName } from './names.ts'
import { followPage, sweepMs } from './pace.ts'
import { nothing, together, touchOf } from './touch.ts'

const boundary = 'reconcile.boundary'

/** Called with every sealed batch: has those read on that decide about devices. What is missed here is found by the standing job. */
export async function onSealed(base: Base, events: readonly Event[]): Promise<void> {
  const orgs = new Set(events.filter(e => touchOf(e) !== null).map(e => e.org as Id<'org'>))
  for (const org of orgs) {
    const scope = { org, actor: { kind: 'system', id: null, what: followName }, authority: everything } as const
    await base.transact(scope, ctx => enqueue(ctx, followName, {}, { dedupe: 'org' }))
  }
}

/** Reads the sealed log on from where it was left, in its order, and marks whom each page can touch. The place moves on only when all are marked. */
export async function followLog(base: Base, scope: Scope, signal: AbortSignal): Promise<void> {
  await begin(base, scope, signal)
  while (!signal.aborted) {
    const events = await base.read(scope, async ctx => sealedPage(ctx, (await placeOf(ctx, follower)) ?? 0, followPage))
    const last = events.at(-1)
    if (!last) break
    const touches = events.flatMap(e => touchOf(e) ?? [])
    if (!(await markTouched({ base, scope, signal }, together(touches)))) return
    await base.transact(scope, ctx => putPlace(ctx, follower, last.seq))
    if (events.length < followPage) break
  }
  await arm(base, scope)
}

/** Where nobody has followed yet, everything is computed once, and the log is read on from its present end. */
async function begin(base: Base, scope: Scope, signal: AbortSignal): Promise<void> {
  if ((await base.read(scope, ctx => placeOf(ctx, follower))) !== null) return
  const end = await base.read(scope, async ctx => (await headOf(ctx.tx, ctx.org))?.seq ?? 0)
  if (!(await markTouched({ base, scope, signal }, { ...nothing, paths: ['/'] }))) return
  await base.transact(scope, async ctx => {
    await putPlace(ctx, follower, end)
    await enqueue(ctx, sweepName, {}, { dedupe: 'org', inMs: sweepMs })
  })
}

/** Marks those for whom time alone has changed something since the last look; answers the next instant to look at, if there is one. */
export async function crossBoundary(base: Base, scope: Scope, signal: AbortSignal): Promise<number | null> {
  const now = base.clock.now()
  const state = await snapshot(base, scope.org)
  const since = (await base.read(scope, ctx => placeOf(ctx, boundary))) ?? now
  const { sources, devices } = crossed(state, since, now)
  if (!(await markTouched({ base, scope, signal }, { ...nothing, sources, devices }))) return now
  await base.transact(scope, ctx => putPlace(ctx, boundary, now))
  return nextInstant(state, now)
}

/** Has the next instant looked at when it comes. */
async function arm(base: Base, scope: Scope): Promise<void> {
  const state = await snapshot(base, scope.org)
  await base.transact(scope, ctx => armIn(ctx, nextInstant(state, ctx.now)))
}

async function armIn(ctx: Ctx, next: number | null): Promise<void> {
  const looked = await placeOf(ctx, boundary)
  if (looked === null) await putPlace(ctx, boundary, ctx.now)
  if (next !== null) await enqueue(ctx, boundaryName, {}, { dedupe: 'org', inMs: next - ctx.now })
}
