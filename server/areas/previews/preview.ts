import { sleep } from '../../base/clock.ts'
import type { Ctx, Scope } from '../../base/ctx.ts'
import { type Id, newId } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import type { Base } from '../../base/transact.ts'
import { countTargets } from '../devices/index.ts'
import { amongOf, type Computed, compute, type Difference, type Progress } from './compute.ts'
import { forgetName } from './jobs.ts'
import { takePlace } from './place.ts'
import * as store from './preview-store.ts'
import type { Preview } from './shapes.ts'
import { shownPreview } from './shown.ts'
import { seeing } from './target.ts'
import { testCases } from './test-case.ts'

/** How a preview is asked for. */
export interface Asking {
  /** Hash of what was asked: the save of the same thing takes the same answer. */
  asked?: string
  /** How long to wait for the answer before it goes on in the background; 2 s unless said. */
  patienceMs?: number
}

/** Devices that may lose something before a confirmation is typed, until the org says otherwise. */
export const usualConfirmAbove = 25
/** Between two notes of how far it is. */
const noteMs = 1000

/**
 * What a change would do: two states of the org compared over every device the difference can touch, outside of any transaction. What takes longer than the
 * patience goes on in the background under its id; read it with `getPreview`. Throws `preview.busy` when this process computes enough already.
 * Numbers are of every device; who may see which device is `forReader`'s question.
 */
export async function previewOf(
  base: Base,
  scope: Scope,
  difference: Difference,
  { asked = '', patienceMs = 2000 }: Asking = {},
): Promise<Preview> {
  const id = newId('preview')
  const place = takePlace(base.secrets)
  const progress: Progress = { looked: 0, of: 0 }
  const work = carriedOut(base, scope, { id, difference, asked, progress, signal: place.signal }).finally(place.leave)
  const patience = new AbortController()
  const first = await Promise.race([work, sleep(patienceMs, patience.signal).then(() => null)]).finally(() =>
    patience.abort(),
  )
  if (first) return first
  await base.transact(scope, ctx =>
    store.begin(ctx, rowOf(ctx, { id, asked, state: 'computing', progress, difference })),
  )
  // From here on the answer is read from its row; the row says so when there will be none.
  void followed(base, scope, { id, work, progress }).catch(error =>
    base.log.warn({ preview: id, error: String(error) }, 'a preview was lost'),
  )
  return { ...empty, id, state: 'computing', progress: { ...progress } }
}

interface Work {
  id: Id<'preview'>
  difference: Difference
  asked: string
  progress: Progress
  signal: AbortSignal
}

/** Computes and stores; answers what it stored. */
async function carriedOut(
  base: Base,
  scope: Scope,
  { id, difference, asked, progress, signal }: Work,
): Promise<Preview> {
  const [tests, of] = await base.read(seeing(scope.org), async ctx => [
    await testCases(ctx),
    await countOf(ctx, difference),
  ])
  progress.of = of
  const on = {
    signal,
    looked: (count: number): void => {
      progress.looked += count
      progress.of = Math.max(progress.of, progress.looked)
    },
  }
  const computed = await compute(base, scope.org, { ...difference, tests }, on)
  const preview = await base.read(seeing(scope.org), async ctx =>
    shownPreview(ctx, computed, {
      id,
      state: difference.after,
      confirmAbove: (await store.confirmAbove(ctx)) ?? usualConfirmAbove,
    }),
  )
  const result = await store.packed(preview)
  await base.transact(scope, async ctx => {
    await enqueue(ctx, forgetName, {}, { dedupe: 'org', inMs: 3_600_000 })
    await store.putPreview(ctx, { ...rowOf(ctx, { id, asked, state: 'done', progress, difference }), result })
    await putMembers(ctx, id, computed)
  })
  return preview
}

async function putMembers(ctx: Ctx, id: string, { members, effects }: Computed): Promise<void> {
  const groups = new Set(effects.groups.map(g => g.key))
  await store.putMembers(ctx, id, new Map([...members].filter(([key]) => groups.has(key))))
}

function rowOf(
  ctx: Ctx,
  of: { id: string; asked: string; state: 'computing' | 'done'; progress: Progress; difference: Difference },
): store.PreviewRow {
  return {
    org: ctx.org,
    id: of.id,
    by_kind: ctx.actor.kind,
    by_id: ctx.actor.id,
    asked: of.asked,
    revision: of.difference.before.revision,
    state: of.state,
    looked: of.progress.looked,
    of_all: Math.max(of.progress.of, of.progress.looked),
    result: null,
    alive_at: ctx.now,
    created_at: ctx.now,
  }
}

async function followed(
  base: Base,
  scope: Scope,
  { id, work, progress }: { id: string; work: Promise<Preview>; progress: Progress },
): Promise<void> {
  const ended = new AbortController()
  const outcome = work.then(
    () => ended.abort(),
    async error => {
      ended.abort()
      base.log.warn({ preview: id, error: String(error) }, 'preview failed')
      await base.transact(scope, ctx => store.fail(ctx, id))
    },
  )
  while (!ended.signal.aborted) {
    await sleep(noteMs, ended.signal)
    if (!ended.signal.aborted) await base.transact(scope, ctx => store.putProgress(ctx, id, progress))
  }
  await outcome
}

async function countOf(ctx: Ctx, difference: Difference): Promise<number> {
  const { within, devices, users } = amongOf(difference)
  const paths = within.length > 0 ? await countTargets(ctx, { within }) : 0
  // What is named one by one is not counted ahead of being looked at.
  return paths + devices.length + users.length
}

/** A preview of which nothing is known yet. */
const empty: Omit<Preview, 'id' | 'state' | 'progress'> = {
  devices: 0,
  changed: 0,
  people: 0,
  added: 0,
  altered: 0,
  removed: 0,
  groups: [],
  moreGroups: 0,
  tests: [],
  conflicts: [],
  unhonored: [],
  notes: [],
  licenses: [],
  needsConfirmation: null,
}

/** A computation that has not said for so long that it goes on was lost with its process. */
const lostMs = 60_000

/** The preview with this id, which only who asked may look at; to everyone else it is as if there were none. */
export async function getPreview(ctx: Ctx, id: string): Promise<Preview> {
  const row = await rowFor(ctx, id)
  if (row.result) return store.unpacked<Preview>(row.result)
  const lost = row.state === 'computing' && row.alive_at < ctx.now - lostMs
  return { ...empty, id, state: lost ? 'failed' : row.state, progress: { looked: row.looked, of: row.of_all } }
}

/** The row of a preview of one's own. */
async function rowFor(ctx: Ctx, id: string): Promise<store.PreviewRow> {
  const row = await store.findPreview(ctx, id)
  const own = row?.by_kind === ctx.actor.kind && row.by_id === ctx.actor.id
  if (!row || !own) throw new Problem('id.unknown')
  return row
}

/** Refuses a preview whose groups the actor may not look into: it is somebody else's. Those that a job made for a planned change are for whoever reads that. */
export async function demandGroups(ctx: Ctx, id: string): Promise<void> {
  const row = await store.findPreview(ctx, id)
  if (row?.by_kind !== 'system') await rowFor(ctx, id)
}
