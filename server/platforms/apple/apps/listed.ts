import { type Dict, list, num, str } from '@muster/wire/plist/plist.ts'
import { isDict } from '@muster/wire/plist/value.ts'
import * as apps from '../../../areas/apps/index.ts'
import type { JsonValue } from '../../../areas/devices/index.ts'
import { appKind } from '../../../areas/policies/index.ts'
import * as reconcile from '../../../areas/reconcile/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { type Heard, hear, missed } from './hear.ts'
import { appOf, byCommand } from './order.ts'
import { meaningOfListed } from './words.ts'

interface Listing {
  enrollment: string
  device: string
}

/** The apps that management put there, by bundle, as ManagedApplicationList tells of them. */
export function managedIn(answer: Dict): ReadonlyMap<string, string> {
  const all = answer['ManagedApplicationList']
  if (all === undefined || !isDict(all)) return new Map()
  return new Map(
    Object.entries(all).flatMap(([bundle, one]) => (isDict(one) ? [[bundle, str(one, 'Status') ?? ''] as const] : [])),
  )
}

/** Compares what a device lists as managed with the apps it should have by commands. Answers whether one of them is still on its way. */
export async function noteManaged(
  ctx: Ctx,
  { enrollment, device }: Listing,
  listed: ReadonlyMap<string, string>,
): Promise<boolean> {
  let open = false
  for (const { heard, bundle, mac } of await ordered(ctx, { enrollment, device })) {
    const state = bundle === null ? undefined : listed.get(bundle)
    const { status } = heard
    if (state !== undefined) await hear(ctx, { ...heard, meaning: meaningOfListed(state) })
    // A Mac does not list packages as managed; its list of apps tells of them.
    else if (!mac || status.wanted === null) await missed(ctx, heard)
    open ||= status.state === 'sent' || status.state === 'removing'
  }
  return open
}

/** The books that management put there, by their number in the store, as ManagedMediaList tells of them. */
export function booksIn(answer: Dict): ReadonlyMap<string, string> {
  return new Map(
    (list(answer, 'Books') ?? []).flatMap(one => {
      const id = isDict(one) ? num(one, 'iTunesStoreID') : undefined
      return id !== undefined && isDict(one) ? [[String(id), str(one, 'State') ?? ''] as const] : []
    }),
  )
}

/** Whether a book went to the device by a command. */
export async function hasBooks(ctx: Ctx, of: Listing): Promise<boolean> {
  return (await ordered(ctx, of, true)).length > 0
}

/** Compares what a device lists of books with those it should have. One that failed is named once, so a list without it says nothing against what was heard. */
export async function noteBooks(ctx: Ctx, of: Listing, listed: ReadonlyMap<string, string>): Promise<void> {
  for (const { heard, storeId } of await ordered(ctx, of, true)) {
    const state = storeId === null ? undefined : listed.get(storeId)
    if (state !== undefined) await hear(ctx, { ...heard, meaning: meaningOfListed(state) })
    else await missed(ctx, heard)
  }
}

/** What a device's list of apps tells of those we put there: their versions, and on Macs that they are there at all. */
export async function noteInstalled(
  ctx: Ctx,
  { enrollment, device }: Listing,
  items: readonly JsonValue[],
): Promise<void> {
  const byBundle = new Map(
    items.flatMap(i =>
      i !== null && typeof i === 'object' && !Array.isArray(i) && typeof i['identifier'] === 'string'
        ? [[i['identifier'], i] as const]
        : [],
    ),
  )
  for (const { heard, bundle, mac } of await ordered(ctx, { enrollment, device })) {
    const found = bundle === null ? undefined : byBundle.get(bundle)
    const { status } = heard
    if (!found) continue
    const short = found['shortVersion'] ?? found['version']
    const version = typeof short === 'string' ? short : null
    if (status.state === 'installed' || (mac && status.state === 'sent'))
      await hear(ctx, { ...heard, meaning: { state: 'installed' }, version })
  }
}

interface Ordered {
  heard: Omit<Heard, 'meaning'>
  bundle: string | null
  storeId: string | null
  mac: boolean
}

/** The apps, or the books, that went by commands to a device, with how devices know them. */
async function ordered(ctx: Ctx, { enrollment, device }: Listing, books = false): Promise<Ordered[]> {
  const channel = { enrollment, account: '' }
  const rows = (await reconcile.statusOf(ctx, enrollment)).filter(s => s.kind === appKind && s.via === byCommand)
  if (rows.length === 0) return []
  const known = new Map(
    (
      await apps.appsAmong(
        ctx,
        rows.map(r => appOf(r.item)),
      )
    ).map(a => [a.id as string, a]),
  )
  return rows.flatMap(status => {
    const app = known.get(appOf(status.item))
    if (!app || (app.kind === 'book') !== books) return []
    const { bundle, storeId } = app
    const mac = app.platform === 'macos' && app.kind === 'file'
    return [{ heard: { channel, device, status }, bundle, storeId, mac }]
  })
}
