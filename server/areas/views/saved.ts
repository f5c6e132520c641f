import { z } from 'zod'
import { demandWhole } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { countDevices, deviceQuery } from './device-list.ts'
import { viewEvents } from './events.ts'
import * as store from './saved-store.ts'

/** What is saved of a list. */
export const wishShape = z.strictObject({
  page: z.literal('devices').default('devices'),
  name: z.string().trim().min(1).max(80),
  filter: z.string().max(2000).default(''),
  sort: z.string().max(60).nullable().default(null),
  columns: z.array(z.string().max(40)).max(40).nullable().default(null),
  shared: z.boolean().default(false),
})

/** A saved view with how many devices it shows now; the number is null where counting would cost too much. */
export const viewShape = z.object({
  id: z.string(),
  page: z.literal('devices'),
  name: z.string(),
  filter: z.string(),
  sort: z.string().nullable(),
  columns: z.array(z.string()).nullable(),
  shared: z.boolean(),
  mine: z.boolean(),
  count: z.number().nullable(),
})

type Wish = z.output<typeof wishShape>
type View = z.output<typeof viewShape>

const mostViews = 100

const ownerOf = (ctx: Ctx): string => ctx.actor.id ?? 'system'

/** The views of a page that the actor saved or that are shared, by name. */
export async function listViews(ctx: Ctx, page: 'devices'): Promise<View[]> {
  const rows = await store.listViews(ctx, page, ownerOf(ctx))
  const views: View[] = []
  for (const row of rows) views.push(await shown(ctx, row))
  return views
}

/** Saves a view. Sharing it with everyone needs `views:write` on the whole org. A filter that cannot be read is refused. */
export async function saveView(ctx: Ctx, wish: Wish): Promise<View> {
  if (wish.shared) demandSharing(ctx)
  if ((await store.countViews(ctx, ownerOf(ctx))) >= mostViews) throw new Problem('view.too-many')
  await deviceQuery(ctx, wish.filter)
  return put(ctx, { ...wish, id: newId('view'), owner: ownerOf(ctx), createdAt: ctx.now })
}

/** Changes a view of one's own, or a shared one with `views:write` on the whole org. */
export async function changeView(
  ctx: Ctx,
  id: string,
  change: { [K in keyof Omit<Wish, 'page'>]?: Wish[K] | undefined },
): Promise<View> {
  const before = await changeable(ctx, id)
  if (change.shared ?? before.shared === 1) demandSharing(ctx)
  if (change.filter !== undefined) await deviceQuery(ctx, change.filter)
  const columns = change.columns === undefined ? columnsOf(before) : change.columns
  return put(ctx, {
    id: before.id as Id<'view'>,
    owner: before.owner,
    createdAt: before.created_at,
    page: before.page,
    name: change.name ?? before.name,
    filter: change.filter ?? before.filter,
    sort: change.sort === undefined ? before.sort : change.sort,
    columns,
    shared: change.shared ?? before.shared === 1,
  })
}

/** Forgets a view of one's own, or a shared one with `views:write` on the whole org. */
export async function removeView(ctx: Ctx, id: string): Promise<void> {
  const { name, shared } = await changeable(ctx, id)
  await store.removeView(ctx, id)
  await record(ctx, viewEvents.removed, { kind: 'view', id, path: '/' }, { name, shared: shared === 1 })
}

async function changeable(ctx: Ctx, id: string): Promise<store.ViewRow> {
  const row = await store.findView(ctx, id)
  if (!row || (row.shared === 0 && row.owner !== ownerOf(ctx))) throw new Problem('id.unknown')
  if (row.owner !== ownerOf(ctx)) demandSharing(ctx)
  return row
}

/** A shared view shows itself to the whole org, so it takes the permission on the whole org. */
function demandSharing(ctx: Ctx): void {
  demandWhole(ctx.authority, 'views:write')
}

async function put(ctx: Ctx, view: Wish & { id: Id<'view'>; owner: string; createdAt: number }): Promise<View> {
  const row: store.ViewRow = {
    org: ctx.org,
    id: view.id,
    page: view.page,
    name: view.name,
    filter: view.filter,
    sort: view.sort,
    columns: view.columns === null ? null : JSON.stringify(view.columns),
    shared: view.shared ? 1 : 0,
    owner: view.owner,
    created_at: view.createdAt,
    changed_at: ctx.now,
  }
  await store.putView(ctx, row)
  const { name, filter, shared } = view
  await record(ctx, viewEvents.saved, { kind: 'view', id: view.id, path: '/' }, { name, filter, shared })
  return shown(ctx, row)
}

async function shown(ctx: Ctx, row: store.ViewRow): Promise<View> {
  return {
    id: row.id,
    page: row.page,
    name: row.name,
    filter: row.filter,
    sort: row.sort,
    columns: columnsOf(row),
    shared: row.shared === 1,
    mine: row.owner === ownerOf(ctx),
    count: await countDevices(ctx, row.filter),
  }
}

function columnsOf(row: store.ViewRow): string[] | null {
  return row.columns === null ? null : (JSON.parse(row.columns) as string[])
}
