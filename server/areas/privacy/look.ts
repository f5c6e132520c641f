import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { newId } from '../../base/id.ts'
import { collectingOf, type Known } from './asking.ts'
import type { Collect } from './charter.ts'
import { privacyEvents } from './events.ts'
import * as store from './look-store.ts'
import type { DataType } from './type.ts'

/** How long a look lets who looked read on. */
export const lookMs = 15 * 60_000

/** What a look can open. */
export const lookable = [
  'apps',
  'phone-number',
  'location',
  'secrets',
  'accounts',
  'network',
  'cellular',
  'usage',
] as const
export type Lookable = (typeof lookable)[number]

/** A read of what is hidden, by whom and why. */
export interface Look {
  id: string
  device: string
  user: string | null
  what: string
  purpose: string
  incident: string | null
  by: { kind: string; id: string }
  at: number
  until: number
}

/** A device as far as reading it is an act: whose it is now. */
export interface Carried extends Known {
  readonly user: string | null
  readonly shared: boolean
}

// Of a device that somebody has, these are read with a purpose even where the charter shows them.
const persons: ReadonlySet<DataType> = new Set(['apps', 'phone-number', 'accounts'])

/** Opens something of a device for who asks, for a quarter of an hour. The person whose device it is sees it. */
export async function openLook(
  ctx: Ctx,
  wish: {
    device: string
    unitPath: string
    user: string | null
    what: Lookable
    purpose: string
    incident?: string | null
  },
): Promise<Look> {
  const { device, unitPath, user, what, purpose } = wish
  const incident = wish.incident ?? null
  const id = newId('look')
  const by = { kind: ctx.actor.kind, id: actorId(ctx) }
  const until = ctx.now + lookMs
  await store.addLook(ctx, {
    id,
    device,
    user_id: user,
    what,
    purpose,
    incident,
    by_kind: by.kind,
    by_id: by.id,
    until,
  })
  await record(ctx, privacyEvents.looked, { kind: 'device', id: device, path: unitPath }, { what, purpose, incident })
  return { id, device, user, what, purpose, incident, by, at: ctx.now, until }
}

/** Whether who asks has a look at this of the device that is not over. */
export async function lookOpen(ctx: Ctx, device: { id: string }, what: Lookable): Promise<boolean> {
  return (await store.openLooks(ctx, device.id, actorId(ctx))).some(l => l.what === what)
}

/** What of a device its reader gets: `shown`, `never` (there is none), or `gated` until they say why they look. */
export type Reading = 'shown' | 'never' | 'gated'

/** How each kind of datum of this device reads for who asks. The server itself reads everything: it shows nobody. */
export async function readingOf(ctx: Ctx, device: Carried): Promise<(type: DataType) => Reading> {
  const collect = await collectingOf(ctx, device)
  const open = ctx.actor.kind === 'system' ? null : await store.openLooks(ctx, device.id, actorId(ctx))
  return type => {
    const told = collect(type)
    if (told === 'never') return 'never'
    if (open === null || !isGated(type, told, device)) return 'shown'
    return open.some(l => l.what === type) ? 'shown' : 'gated'
  }
}

/** Whether reading this of the device takes a purpose. Pure. */
export function isGated(type: DataType, collect: Collect, device: Pick<Carried, 'user' | 'shared'>): boolean {
  if (!(lookable as readonly string[]).includes(type)) return false
  if (collect === 'sealed' || collect === 'hidden') return true
  return persons.has(type) && device.user !== null && !device.shared
}

/** Looks, newest first, a page at a time: at one device, or at what a person had when it was looked at. */
export async function looksOf(
  ctx: Ctx,
  of: { device?: string; user?: string },
  page: { before?: { at: number; id: string } | null; limit?: number } = {},
): Promise<Look[]> {
  const rows = await store.listLooks(ctx, of, { before: page.before ?? null, limit: page.limit ?? 100 })
  return rows.map(r => ({
    id: r.id,
    device: r.device,
    user: r.user_id,
    what: r.what,
    purpose: r.purpose,
    incident: r.incident,
    by: { kind: r.by_kind, id: r.by_id },
    at: r.at,
    until: r.until,
  }))
}

function actorId(ctx: Ctx): string {
  return ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id
}
