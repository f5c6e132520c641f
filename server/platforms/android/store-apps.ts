import { z } from 'zod'
import * as apps from '../../areas/apps/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { call } from './client.ts'
import * as devices from './device-store.ts'
import { hashOf, read, step, type Work } from './enterprise.ts'
import { isAboutThis } from './fault.ts'
import { formOf, propertyShape } from './managed-properties.ts'
import type { StoreAppRow } from './rows.ts'
import * as store from './store-app-store.ts'

const dayMs = 86_400_000
/** The store is asked again what it says of an app after so long, and sooner where it did not know it. */
const againMs = { there: 7 * dayMs, unknown: dayMs / 4 }
const atOnce = 50

const told = z.object({
  title: z.string().max(300).default(''),
  author: z.string().max(300).default(''),
  managedProperties: z.array(propertyShape).max(500).default([]),
})

/** Learns what the store says of the catalog's apps for Android, and makes web apps there. */
export async function readApps(work: Work, enterprise: string): Promise<void> {
  for (let after = ''; ; ) {
    const page = await work.base.read(work.scope, async ctx => {
      const found = await apps.madeFor(ctx, { platform: 'android', kinds: ['store', 'web'], after, most: atOnce })
      const known = await store.storeApps(
        ctx,
        work.turn.program,
        found.map(a => a.id),
      )
      return found.map(app => ({ app, row: known.find(r => r.app === app.id) }))
    })
    for (const { app, row } of page)
      if (app.kind === 'web') await keepWebApp(work, { enterprise, app, row })
      else await lookUp(work, { enterprise, app, row })
    const last = page.at(-1)
    if (!last || page.length < atOnce) return
    after = last.app.id
  }
}

interface One {
  enterprise: string
  app: apps.App
  row: StoreAppRow | undefined
}

async function lookUp(work: Work, { enterprise, app, row }: One): Promise<void> {
  if (app.bundle === null) return
  const now = work.base.clock.now()
  const wait = row?.state === 'there' ? againMs.there : againMs.unknown
  const fresh = row?.read_at !== null && row?.read_at !== undefined && row.read_at > now - wait && row.read_at <= now
  if (fresh && row.package === app.bundle && app.look?.state !== 'asked') return
  const base = { program: work.turn.program, app: app.id, package: app.bundle, said: '' }
  try {
    const answer = await call(work.line, 'GET', `${enterprise}/applications/${encodeURIComponent(app.bundle)}`)
    const { title, author, managedProperties } = read(told, answer)
    await step(work, async ctx => {
      await store.putStoreApp(ctx, { ...base, state: 'there', problem: null, read_at: ctx.now })
      await apps.learn(ctx, app.id, { look: 'found', title, publisher: author, form: formOf(managedProperties) })
    })
  } catch (error) {
    if (!isAboutThis(error)) throw error
    await step(work, async ctx => {
      await store.putStoreApp(ctx, { ...base, state: 'unknown', problem: error.text, read_at: ctx.now })
      await apps.learn(ctx, app.id, { look: 'unknown' })
    })
  }
}

const webApp = z.object({
  name: z.string().max(300),
  title: z.string().default(''),
  startUrl: z.string().default(''),
})
const listed = z.object({ webApps: z.array(webApp).default([]), nextPageToken: z.string().default('') })
const packageIn = (name: string): string => name.split('/').at(-1) ?? ''

async function keepWebApp(work: Work, { enterprise, app, row }: One): Promise<void> {
  const { icon } = app
  const wish = {
    title: app.name.slice(0, 100),
    startUrl: app.address ?? '',
    displayMode: 'STANDALONE',
    ...(icon === null ? {} : { icons: [{ imageData: icon.data }] }),
  }
  const said = hashOf(wish)
  if (row?.said === said) return
  const base = { program: work.turn.program, app: app.id, said, state: 'there', problem: null }
  try {
    const made = row !== undefined && row.package !== '' ? row.package : await adopted(work, enterprise, wish)
    const answer =
      made === null
        ? await call(work.line, 'POST', `${enterprise}/webApps`, { body: wish })
        : await call(work.line, 'PATCH', `${enterprise}/webApps/${made}`, {
            query: { updateMask: Object.keys(wish).join(',') },
            body: wish,
          })
    const { name } = read(webApp, answer)
    await step(work, async ctx => {
      await store.putStoreApp(ctx, { ...base, package: packageIn(name), read_at: ctx.now })
      // Devices that wait for it can be told now.
      if (made === null) await devices.askAll(ctx, work.turn.program)
    })
  } catch (error) {
    if (!isAboutThis(error)) throw error
    const kept = row?.package ?? ''
    await step(work, ctx =>
      store.putStoreApp(ctx, { ...base, package: kept, state: 'unknown', problem: error.text, read_at: ctx.now }),
    )
  }
}

/** One that was made while the server stopped before it kept the answer. */
async function adopted(
  work: Work,
  enterprise: string,
  wish: { title: string; startUrl: string },
): Promise<string | null> {
  for (let pageToken = ''; ; ) {
    const query = { pageSize: '100', ...(pageToken === '' ? {} : { pageToken }) }
    const page = read(listed, await call(work.line, 'GET', `${enterprise}/webApps`, { query }))
    for (const { name, title, startUrl } of page.webApps) {
      if (title !== wish.title || startUrl !== wish.startUrl) continue
      const held = await work.base.read(work.scope, ctx => store.isHeld(ctx, work.turn.program, packageIn(name)))
      if (!held) return packageIn(name)
    }
    pageToken = page.nextPageToken
    if (pageToken === '') return null
  }
}

/** By which name devices know each of these apps, or the code of why Google cannot bring it. */
export async function waysOf(
  ctx: Ctx,
  program: string,
  wanted: ReadonlyMap<string, apps.Presence>,
): Promise<Map<string, { package: string } | { code: string; waits?: true }>> {
  const ids = [...wanted.keys()]
  const known = new Map((await apps.appsAmong(ctx, ids)).map(a => [a.id as string, a]))
  const made = new Map((await store.storeApps(ctx, program, ids)).map(r => [r.app, r]))
  const wayOf = (id: string): { package: string } | { code: string; waits?: true } => {
    const app = known.get(id)
    if (!app || app.archivedAt !== null) return { code: 'honor.app-gone' }
    if (app.platform !== 'android') return { code: 'honor.app-other-platform' }
    if (app.kind === 'web') {
      const row = made.get(id)
      return row && row.package !== '' ? { package: row.package } : { code: 'honor.app-not-made', waits: true }
    }
    const there = wanted.get(id) === 'required' || wanted.get(id) === 'available'
    // A file of one's own comes by our own agent alone; that it must not be there can be said on every road.
    if (app.bundle === null || (there && app.kind !== 'store')) return { code: 'honor.app-kind' }
    return { package: app.bundle }
  }
  return new Map(ids.map(id => [id, wayOf(id)]))
}
