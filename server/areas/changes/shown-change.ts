import type { z } from 'zod'
import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { namesOf, unitRefs } from '../identity/index.ts'
import { forReader } from '../previews/index.ts'
import { type Change, changeFor } from './change.ts'
import * as store from './change-store.ts'
import { type Reach, reachOf } from './reach.ts'
import type { changeShape, moveShape } from './shapes.ts'
import { shownPlaces } from './shown.ts'

/** Changes as lists answer them: with names, without what they would do. */
export async function shownChanges(ctx: Ctx, all: readonly Change[]): Promise<z.input<typeof changeShape>[]> {
  const names = await namesOf(
    ctx,
    all.flatMap(c => [c.by.id, c.approvedBy?.id].flatMap(i => i ?? [])),
  )
  const actor = (who: { kind: string; id: string | null }) => ({ ...who, name: names.get(who.id ?? '') ?? null })
  return all.map(({ step, ...change }) => ({
    ...change,
    computing: step === 'preview',
    by: actor(change.by),
    approvedBy: change.approvedBy && actor(change.approvedBy),
    needsConfirmation: change.state === 'draft' ? (change.preview?.needsConfirmation ?? null) : null,
    preview: null,
    places: [],
    reach: null,
    byWave: [],
  }))
}

/** A change whole. */
export async function shownChange(ctx: Ctx, change: Change): Promise<z.input<typeof changeShape>> {
  const [row] = await shownChanges(ctx, [change])
  if (!row) throw new Error('one change makes one row')
  return {
    ...row,
    preview: change.preview && (await forReader(ctx, change.preview)),
    places: await shownPlaces(ctx, change.places),
    reach: change.startedAt === null ? null : await reachNow(ctx, change),
    byWave: await wavesOf(ctx, change),
  }
}

/** How far the devices are, looked at now where they are few, else as the background last saw. */
async function reachNow(ctx: Ctx, change: Change): Promise<Reach | null> {
  const now = await reachOf(ctx, change.import ?? change.id)
  if (now) return now
  const kept = (await store.findChange(ctx, change.id))?.reach ?? null
  return kept === null ? null : (JSON.parse(kept) as Reach)
}

async function wavesOf(ctx: Ctx, change: Change): Promise<z.input<typeof changeShape>['byWave']> {
  const counts = await store.countMoves(ctx, change.id)
  return change.waves.shares.map((percent, wave) => {
    const own = counts.filter(c => c.wave === wave)
    const sum = (of: typeof own): number => of.reduce((n, c) => n + c.n, 0)
    return { wave, percent, moves: sum(own), done: sum(own.filter(c => c.state !== 'planned')) }
  })
}

/** One page of the moves of a change, with names. */
export async function movesPage(
  ctx: Ctx,
  id: string,
  { only, cursor, limit }: { only?: store.MoveRow['state'] | undefined; cursor: number; limit: number },
): Promise<{ items: z.input<typeof moveShape>[]; next: string | null; total: null }> {
  await changeFor(ctx, id, 'changes:read')
  const rows = await store.movesAfter(ctx, id, { after: cursor, limit: limit + 1, ...(only ? { states: [only] } : {}) })
  const page = rows.slice(0, limit)
  const names = await namesOf(
    ctx,
    page.flatMap(m => [m.subject, m.to_user || []].flat()),
  )
  const refs = await unitRefs(ctx)
  const named = (one: string) => ({ id: one, name: names.get(one) ?? '' })
  const items = page.map(m => ({
    n: m.n,
    wave: m.wave,
    kind: m.kind,
    subject: named(m.subject),
    from: refs(m.from_unit),
    to: m.to_unit === null ? null : refs(m.to_unit),
    hands: m.to_user === null ? null : { to: m.to_user === '' ? null : named(m.to_user) },
    state: m.state,
    error: m.error === null ? null : (JSON.parse(m.error) as z.input<typeof moveShape>['error']),
  }))
  return { items, next: rows.length > limit ? String(page.at(-1)?.n ?? '') : null, total: null }
}

/** The open changes that these users or devices are part of, as far as the actor may see the changes. */
export async function comingMoves(
  ctx: Ctx,
  subjects: readonly string[],
): Promise<{ subject: string; change: string; name: string; at: number | null }[]> {
  const found = [
    ...(await store.comingFor(
      ctx,
      'user',
      subjects.filter(s => s.startsWith('usr_')),
    )),
    ...(await store.comingFor(
      ctx,
      'device',
      subjects.filter(s => s.startsWith('dev_')),
    )),
  ]
  const changes = new Map<string, store.ChangeRow | null>()
  for (const id of new Set(found.map(f => f.change))) {
    const paths = await store.pathsOf(ctx, id)
    const seen = paths.every(p => may(ctx.authority, 'changes:read', p))
    changes.set(id, (seen ? await store.findChange(ctx, id) : null) ?? null)
  }
  return found.flatMap(({ change, subject }) => {
    const row = changes.get(change)
    return row ? [{ subject, change, name: row.name, at: row.run_at }] : []
  })
}
