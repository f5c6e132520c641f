import { answerOnce } from '../../base/answers.ts'
import { may } from '../../base/authority.ts'
import type { Ctx, Scope } from '../../base/ctx.ts'
import { type About, record } from '../../base/events.ts'
import { digest } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import type { Call, Route } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import type { OrgState } from '../blueprints/index.ts'
import { revisionOf } from '../policies/index.ts'
import type { Difference } from './compute.ts'
import { testEvents } from './events.ts'
import { previewOf } from './preview.ts'
import * as store from './preview-store.ts'
import type { Preview } from './shapes.ts'
import { forReader } from './shown.ts'
import { snapshot, snapshotIn } from './snapshot.ts'

/** How a write is asked for: only to be shown, or to be done in spite of failing tests, or with the phrase that many removals ask for. */
export interface Wish {
  dryRun: boolean
  override?: string | undefined
  confirm?: string | undefined
}

/** A write that touches devices. `run` does it in a transaction and answers what was written; it may be run and taken back. */
export interface Write<T> {
  run(ctx: Ctx): Promise<T>
  /** Done with the write itself and not when it is only tried: what decides when its effects come, not which. */
  andThen?(ctx: Ctx, written: T): Promise<void>
  /** What was written, for the log of an override. */
  about(written: T): About
  /** The instant at which its effects are looked at, when not now: the beginning of an assignment. */
  at?: number
  /** What else the change does beside the states, where it changes devices or users. */
  also?: Pick<Difference, 'retarget' | 'among'>
}

/** What a write answers: null where it was only to be shown. */
export interface Written<T> {
  written: T | null
  preview: Preview
}

/** Longest that a save waits for its effects; the HTTP edge waits 30 s. */
const patienceMs = 25_000
/** A preview of the same thing this young is taken for the save: between the two lie only the eyes of whoever asked. */
const youngMs = 10 * 60_000
const tries = 3

/**
 * Carries out a write with its preview: tries it in a transaction that is taken back, compares the states outside of any, lets the policy tests and the limit
 * of removals speak, and only then writes, if nothing else was written meanwhile. With `dryRun` it ends at the preview, with every refusal the write would meet.
 */
export async function carryOut<T>(
  { base, route, call }: { base: Base; route: Route; call: Call },
  input: unknown,
  wish: Wish,
  write: Write<T>,
): Promise<Written<T>> {
  if (!call.principal) throw new Problem('session.missing')
  const scope: Scope = { ...call.principal, request: call.request }
  const asked = digest(JSON.stringify([scope.actor.kind, scope.actor.id, [route.method].flat()[0], route.path, input]))
  const key = call.headers['idempotency-key']
  const once = typeof key === 'string' && !wish.dryRun ? key : null
  const known = await answered<T>(base, scope, { once, route, input: [input, wish] })
  if (known) return known
  for (let attempt = 1; ; attempt += 1) {
    const { before, after, written } = await rehearse(base, scope, write)
    const difference = { before, after, ...(write.at === undefined ? {} : { at: write.at }), ...write.also }
    const preview = await shownOnce(base, scope, difference, { asked, wish })
    if (wish.dryRun) return { written: null, preview: await base.read(scope, ctx => forReader(ctx, preview)) }
    const failing = demandPassed(scope, preview, wish, write.about(written))
    const done = await base
      .transact(scope, async ctx => {
        const answer = await answerOnce(ctx, once, route, [input, wish], async () => {
          if ((await revisionOf(ctx)) !== before.revision) throw new Moved()
          const made = await write.run(ctx)
          await write.andThen?.(ctx, made)
          if (failing.length > 0)
            await record(ctx, testEvents.overridden, write.about(made), { reason: wish.override ?? '', tests: failing })
          return { status: route.status, body: { written: made, preview: await forReader(ctx, preview) } }
        })
        return answer.body as Written<T>
      })
      .catch(ifMoved)
    if (done) return done
    if (attempt === tries) throw new Problem('preview.outdated')
  }
}

/** Something else was written between the preview and the write. */
class Moved extends Error {}

function ifMoved(error: unknown): null {
  if (error instanceof Moved) return null
  throw error
}

/** The answer that the same request under the same key got before, if any. */
async function answered<T>(
  base: Base,
  scope: Scope,
  { once, route, input }: { once: string | null; route: Route; input: unknown },
): Promise<Written<T> | null> {
  if (once === null) return null
  return base
    .transact(scope, async ctx => {
      const answer = await answerOnce(ctx, once, route, input, () => Promise.reject(new Moved()))
      return answer.body as Written<T>
    })
    .catch(ifMoved)
}

/** Carries what a rehearsal saw out of the transaction that it takes back. */
class TakenBack extends Error {
  readonly seen: unknown
  constructor(seen: unknown) {
    super('a rehearsal is taken back')
    this.seen = seen
  }
}

/** What the org is and what it would be after a write, which is done and taken back: refusals are those of the write itself. */
async function rehearse<T>(
  base: Base,
  scope: Scope,
  write: Write<T>,
): Promise<{ before: OrgState; after: OrgState; written: T }> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await snapshot(base, scope.org)
    const seen = await base
      .transact(scope, async (ctx): Promise<{ after: OrgState; written: T; revision: number }> => {
        const revision = await revisionOf(ctx)
        const written = await write.run(ctx)
        throw new TakenBack({ after: await snapshotIn(ctx), written, revision })
      })
      .catch((error: unknown) => {
        if (error instanceof TakenBack) return error.seen as { after: OrgState; written: T; revision: number }
        throw error
      })
    if (seen.revision === before.revision) return { before, after: seen.after, written: seen.written }
    if (attempt === tries) throw new Problem('preview.outdated')
  }
}

/** The preview: a young one of the same question about the same state, or a fresh one. A save waits for it longer than a look. */
async function shownOnce(
  base: Base,
  scope: Scope,
  difference: Difference,
  { asked, wish }: { asked: string; wish: Wish },
): Promise<Preview> {
  if (wish.dryRun) return previewOf(base, scope, difference, { asked })
  const { revision } = difference.before
  const row = await base.read(scope, ctx => store.findSame(ctx, { asked, revision, since: ctx.now - youngMs }))
  if (row?.result) return store.unpacked<Preview>(row.result)
  const preview = await previewOf(base, scope, difference, { asked, patienceMs })
  if (preview.state === 'computing') throw new Problem('preview.slow', { preview: preview.id })
  return preview
}

/** Refuses a write that makes policy tests fail, unless it is overridden by someone who may; and one that removes from many without the phrase. Answers the names of tests that were overridden. */
function demandPassed(scope: Scope, preview: Preview, wish: Wish, { path }: About): string[] {
  const failing = preview.tests.filter(t => t.newly > 0).map(t => t.name)
  const facts = { tests: failing, preview: preview.id }
  if (failing.length > 0 && wish.override === undefined) throw new Problem('policy-test.failed', facts)
  if (failing.length > 0 && !may(scope.authority, 'policies:override', path))
    throw new Problem('permission.missing', { permission: 'policies:override', ...facts })
  const { needsConfirmation: asks } = preview
  if (asks && wish.confirm !== asks.phrase) throw new Problem('preview.unconfirmed', { ...asks, preview: preview.id })
  return failing
}
