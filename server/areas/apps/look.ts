import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { enqueue, type JobKind, jobName } from '../../base/jobs.ts'
import { ask } from '../../base/outside.ts'
import { Problem, Unavailable } from '../../base/problem.ts'
import { appFor, findApp, type Look, putApp } from './app.ts'
import { keepName } from './upload.ts'
import * as finds from './find-store.ts'
import { newId } from '../../base/id.ts'

/** One thing that a store found. */
export interface Found {
  storeId: string
  bundle: string | null
  name: string
  publisher: string
  version: string | null
  platform: 'ios' | 'macos'
  kind: 'store' | 'book'
}

/** A search in a store, and what came of it. */
export interface Find {
  id: string
  state: 'asked' | 'done' | 'silent'
  /** Who asked; nobody else may read it. */
  by: string
  words: string
  country: string
  items: Found[]
  at: number
}

const lookName = jobName<{ app: string }>('apps.look-up')
const findName = jobName<{ find: string }>('apps.find')

const result = z.object({
  trackId: z.number().int().positive(),
  trackName: z.string().max(300),
  bundleId: z.string().max(200).nullish(),
  artistName: z.string().max(300).nullish(),
  version: z.string().max(60).nullish(),
  kind: z.string().max(60).nullish(),
})
const answer = z.object({ results: z.array(z.unknown()).max(500) })

/** Begins a search in the store by words, a number or an address of it; a job asks, and the find tells what came. */
export async function beginFind(ctx: Ctx, wish: { words: string; country: string }): Promise<Find> {
  const find = { id: newId('find'), state: 'asked' as const, by: ctx.actor.id ?? '', ...wish, items: [], at: ctx.now }
  await finds.putFind(ctx, find)
  await enqueue(ctx, keepName, {}, { dedupe: 'org', inMs: 3_600_000 })
  await enqueue(ctx, findName, { find: find.id }, { dedupe: find.id })
  return find
}

/** What became of a search. */
export async function getFind(ctx: Ctx, id: string): Promise<Find> {
  const find = await finds.findFind(ctx, id)
  if (!find || find.by !== ctx.actor.id) throw new Problem('id.unknown')
  return find
}

/** Has an app of the store looked up again: its name, publisher and bundle may have changed. */
export async function lookUp(ctx: Ctx, id: string): Promise<void> {
  const app = await appFor(ctx, id, 'apps:write')
  if (app.storeId === null) throw new Problem('app.store-id-missing')
  await putApp(ctx, { ...app, look: { state: 'asked', at: ctx.now } })
  await enqueue(ctx, lookName, { app: id }, { dedupe: id })
}

/** The address at the store that answers these words. */
export function addressFor(base: string, words: string, country: string): string {
  const id = /(?:^|\bid)(\d{6,12})\b/.exec(words)?.[1]
  const where = `country=${encodeURIComponent(country)}`
  if (id !== undefined) return `${base}/lookup?id=${id}&${where}`
  if (/^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+){2,}$/.test(words))
    return `${base}/lookup?bundleId=${encodeURIComponent(words)}&${where}`
  return `${base}/search?term=${encodeURIComponent(words)}&${where}&media=software&limit=25`
}

/** What an answer of the store holds; what cannot be read is left out. */
export function foundIn(text: string): Found[] {
  const read = answer.safeParse(parsed(text))
  if (!read.success) return []
  return read.data.results.flatMap((one): Found[] => {
    const said = result.safeParse(one)
    if (!said.success) return []
    const { trackId, trackName, bundleId, artistName, version, kind } = said.data
    return [
      {
        storeId: String(trackId),
        bundle: bundleId === undefined || bundleId === '' ? null : bundleId,
        name: trackName,
        publisher: artistName ?? '',
        version: version ?? null,
        platform: kind === 'mac-software' ? 'macos' : 'ios',
        kind: kind === 'ebook' ? 'book' : 'store',
      },
    ]
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Asks the store for what a person searches. */
export const findJob: JobKind<{ find: string }> = {
  name: findName,
  attempts: 4,
  run: async (base, { payload: { find: id }, scope, signal, attempt }) => {
    const find = await base.read(scope, ctx => finds.findFind(ctx, id))
    if (!find || find.state === 'done') return undefined
    const url = addressFor(base.config.storeUrl, find.words, find.country)
    try {
      const said = await ask(base.config, 'store', { url, signal, timeoutMs: 15_000, limitBytes: 4 * 1024 * 1024 })
      if (said.status !== 200) throw new Unavailable('store', new Error(`status ${said.status}`))
      const items = foundIn(said.text())
      await base.transact(scope, ctx => finds.putFind(ctx, { ...find, state: 'done', items }))
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      await base.transact(scope, ctx => finds.putFind(ctx, { ...find, state: 'silent' }))
      if (attempt < 3) throw error
    }
    return undefined
  },
}

/** Asks the store what it says of an app of the catalog now. */
export const lookUpJob: JobKind<{ app: string }> = {
  name: lookName,
  attempts: 6,
  run: async (base, { payload: { app: id }, scope, signal }) => {
    const app = await base.read(scope, ctx => findApp(ctx, id))
    if (!app?.storeId) return undefined
    const note = (look: Look['state'], change: object = {}): Promise<void> =>
      base.transact(scope, async ctx => {
        const now = await findApp(ctx, id)
        if (now) await putApp(ctx, { ...now, ...change, look: { state: look, at: ctx.now } })
      })
    try {
      const said = await ask(base.config, 'store', { url: addressFor(base.config.storeUrl, app.storeId, 'us'), signal })
      const [found] = said.status === 200 ? foundIn(said.text()) : []
      if (found) await note('found', { publisher: found.publisher, bundle: app.bundle ?? found.bundle })
      else await note('unknown')
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      await note('silent')
      throw error
    }
    return undefined
  },
}
