import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { type About, record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { fold, searchable } from '../../base/text.ts'
import { unitFor } from '../identity/index.ts'
import * as policies from '../policies/index.ts'
import { appEvents } from './events.ts'
import type { FormKey } from './form-key.ts'
import * as store from './store.ts'

/** The systems that apps are made for; iPhones and iPads are one here. */
export const appPlatforms = ['ios', 'macos', 'tvos', 'android'] as const
export type AppPlatform = (typeof appPlatforms)[number]

/** Where an app comes from: a store, a store for this org alone, a file of the org's own, the web, or a store of books. */
export const appKinds = ['store', 'custom', 'file', 'web', 'book'] as const
export type AppKind = (typeof appKinds)[number]

/** The last look-up in a store. */
export interface Look {
  state: 'asked' | 'found' | 'unknown' | 'silent'
  at: number
}

/** A small picture. */
export interface Icon {
  type: string
  data: string
}

/** An entry of the catalog. */
export interface App {
  id: Id<'app'>
  platform: AppPlatform
  kind: AppKind
  name: string
  publisher: string
  /** By which devices know it. */
  bundle: string | null
  /** By which its store knows it. */
  storeId: string | null
  /** What a web app opens. */
  address: string | null
  icon: Icon | null
  unit: string
  unitPath: string
  /** A right to it is needed before it is sent. */
  needsSeat: boolean
  /** The keys of its managed configuration, from its vendor's file. */
  form: FormKey[] | null
  /** Who must have signed its files; null until the first. */
  signer: string | null
  /** The release that `latest` means. */
  latest: string | null
  look: Look | null
  /** Grows when devices must hear of a change. */
  revision: number
  /** On how many devices it was said to fail for good. */
  failing: number
  createdAt: number
  changedAt: number
  archivedAt: number | null
}

/** What is said of an app when it is put into the catalog. */
export interface AppWish {
  platform: AppPlatform
  kind: AppKind
  name: string
  unit: string
  publisher?: string | undefined
  bundle?: string | null | undefined
  storeId?: string | null | undefined
  address?: string | null | undefined
  icon?: Icon | null | undefined
  needsSeat?: boolean | undefined
}

/** The app with this id, archived or not; whether the actor may see it is the caller's question. */
export async function getApp(ctx: Ctx, id: string): Promise<App> {
  const row = await store.findApp(ctx, id)
  if (!row) throw new Problem('id.unknown')
  return toApp(row)
}

/** The app, if it is there. */
export async function findApp(ctx: Ctx, id: string): Promise<App | undefined> {
  const row = await store.findApp(ctx, id)
  return row && toApp(row)
}

/** The apps among these ids. */
export async function appsAmong(ctx: Ctx, ids: readonly string[]): Promise<App[]> {
  return (await store.appsAmong(ctx, ids)).map(toApp)
}

/** Every app of a store with one of these ids there. */
export async function appsInStore(ctx: Ctx, storeIds: readonly string[]): Promise<App[]> {
  return (await store.appsInStore(ctx, storeIds)).map(toApp)
}

/** The app, where the actor holds the permission; as if it did not exist where they may not see it. */
export async function appFor(ctx: Ctx, id: string, permission: 'apps:read' | 'apps:write'): Promise<App> {
  const app = await getApp(ctx, id)
  demand(ctx.authority, permission, app.unitPath, 'apps:read')
  if (app.archivedAt !== null && permission === 'apps:write') throw new Problem('app.archived')
  return app
}

/** Puts an app into the catalog. Refuses one that is there already, and one that says too little to be delivered. */
export async function addApp(ctx: Ctx, wish: AppWish): Promise<App> {
  const unit = await unitFor(ctx, wish.unit, 'apps:write')
  const { platform, kind, bundle = null, storeId = null, address = null } = wish
  if ((kind === 'store' || kind === 'custom' || kind === 'book') && storeId === null)
    throw new Problem('app.store-id-missing')
  if ((kind === 'store' || kind === 'custom') && bundle === null) throw new Problem('app.bundle-missing')
  if (kind === 'web' && address === null) throw new Problem('app.address-missing')
  const other = await store.appKnownAs(ctx, { platform, bundle, storeId })
  if (other) throw new Problem('app.known', { app: other.id, name: other.name })
  const app: App = {
    id: newId('app'),
    platform,
    kind,
    name: wish.name,
    publisher: wish.publisher ?? '',
    bundle,
    storeId,
    address,
    icon: wish.icon ?? null,
    unit: unit.id,
    unitPath: unit.path,
    needsSeat: wish.needsSeat ?? (kind === 'store' || kind === 'custom' || kind === 'book'),
    form: null,
    signer: null,
    latest: null,
    look: null,
    revision: 1,
    failing: 0,
    createdAt: ctx.now,
    changedAt: ctx.now,
    archivedAt: null,
  }
  await putApp(ctx, app)
  await record(ctx, appEvents.added, about(app), { name: app.name, kind, platform })
  return app
}

/** What of an app may be changed. */
export interface AppChange {
  name?: string | undefined
  publisher?: string | undefined
  unit?: string | undefined
  needsSeat?: boolean | undefined
  address?: string | undefined
  icon?: Icon | null | undefined
  form?: FormKey[] | null | undefined
}

/** Changes an entry of the catalog. What devices must hear of gives it another revision. */
export async function changeApp(ctx: Ctx, id: string, change: AppChange): Promise<App> {
  const before = await appFor(ctx, id, 'apps:write')
  const moves = change.unit !== undefined && change.unit !== before.unit
  const unit = moves ? await unitFor(ctx, change.unit ?? '', 'apps:write') : null
  if (change.address !== undefined && before.kind !== 'web') throw new Problem('app.address-missing')
  const after: App = {
    ...before,
    name: change.name ?? before.name,
    publisher: change.publisher ?? before.publisher,
    needsSeat: change.needsSeat ?? before.needsSeat,
    address: change.address ?? before.address,
    icon: change.icon === undefined ? before.icon : change.icon,
    form: change.form === undefined ? before.form : change.form,
    ...(unit ? { unit: unit.id, unitPath: unit.path } : {}),
  }
  const keys = ['name', 'publisher', 'unit', 'needsSeat', 'address', 'icon', 'form'] as const
  const fields = keys.filter(k => JSON.stringify(before[k]) !== JSON.stringify(after[k]))
  if (fields.length === 0) return before
  const heard = fields.some(f => f === 'address' || f === 'needsSeat' || (before.kind === 'web' && f !== 'publisher'))
  return saved(ctx, { ...after, revision: before.revision + (heard ? 1 : 0) }, fields)
}

/** Puts an app away. Refused while something asks for it; what devices have stays until policies let go of it. */
export async function archiveApp(ctx: Ctx, id: string): Promise<void> {
  const app = await appFor(ctx, id, 'apps:write')
  const used = (await usedBy(ctx, app.id)).map(p => p.name)
  if (used.length > 0) throw new Problem('app.in-use', { policies: used.slice(0, 20) })
  await putApp(ctx, { ...app, archivedAt: ctx.now, changedAt: ctx.now })
  await record(ctx, appEvents.archived, about(app), { name: app.name })
}

/** The policies that name the app. */
export async function usedBy(ctx: Ctx, id: string): Promise<{ id: string; name: string }[]> {
  const found = await policies.policiesNaming(ctx, id)
  return found.map(p => ({ id: p.id, name: p.name }))
}

/** Stores a changed app and says what of it has changed. */
export async function saved(ctx: Ctx, app: App, fields: readonly string[]): Promise<App> {
  const stamped = { ...app, changedAt: ctx.now }
  await putApp(ctx, stamped)
  await record(ctx, appEvents.changed, about(app), { name: app.name, fields: [...fields] })
  return stamped
}

/** Stores an app. */
export async function putApp(ctx: Ctx, app: App): Promise<void> {
  await store.putApp(ctx, {
    org: ctx.org,
    id: app.id,
    platform: app.platform,
    kind: app.kind,
    name: app.name,
    name_key: fold(app.name),
    publisher: app.publisher,
    bundle: app.bundle,
    store_id: app.storeId,
    address: app.address,
    icon: app.icon && JSON.stringify(app.icon),
    unit: app.unit,
    unit_path: app.unitPath,
    needs_seat: app.needsSeat ? 1 : 0,
    form: app.form && JSON.stringify(app.form),
    signer: app.signer,
    latest: app.latest,
    look: app.look && JSON.stringify(app.look),
    revision: app.revision,
    failing: app.failing,
    search: searchable(`${app.name} ${app.publisher} ${app.bundle ?? ''} ${app.storeId ?? ''}`),
    created_at: app.createdAt,
    changed_at: app.changedAt,
    archived_at: app.archivedAt,
  })
}

/** What events about an app are about. */
export function about(app: Pick<App, 'id' | 'unitPath'>): About {
  return { kind: 'app', id: app.id, path: app.unitPath }
}

/** A stored row as an app. */
export function toApp(row: store.AppRow): App {
  return {
    id: row.id as Id<'app'>,
    platform: row.platform as AppPlatform,
    kind: row.kind as AppKind,
    name: row.name,
    publisher: row.publisher,
    bundle: row.bundle,
    storeId: row.store_id,
    address: row.address,
    icon: row.icon === null ? null : (JSON.parse(row.icon) as Icon),
    unit: row.unit,
    unitPath: row.unit_path,
    needsSeat: Number(row.needs_seat) === 1,
    form: row.form === null ? null : (JSON.parse(row.form) as FormKey[]),
    signer: row.signer,
    latest: row.latest,
    look: row.look === null ? null : (JSON.parse(row.look) as Look),
    revision: Number(row.revision),
    failing: Number(row.failing),
    createdAt: Number(row.created_at),
    changedAt: Number(row.changed_at),
    archivedAt: row.archived_at === null ? null : Number(row.archived_at),
  }
}
