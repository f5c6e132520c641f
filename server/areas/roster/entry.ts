import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { compileFilter } from '../../base/filter.ts'
import { record } from '../../base/events.ts'
import type { Id } from '../../base/id.ts'
import { type ListQuery, readPage } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import * as identity from '../identity/index.ts'
import * as store from './entry-store.ts'
import { programEvents } from './events.ts'
import { wake } from './platform.ts'
import { findProgram } from './program-store.ts'
import type { Trouble } from './program.ts'
import { setupFor } from './setup.ts'

/** Whether a promised device has come. `gone`: its vendor promises it no longer. */
export type EntryState = 'promised' | 'enrolled' | 'gone'

/** How far the setup that is wanted is with the vendor; `delivered`: the device fetched it. */
export type Assigned = 'none' | 'wanted' | 'assigned' | 'delivered' | 'removed' | 'failed'

/** One device that a program promises, by serial. */
export interface Entry {
  id: Id<'entry'>
  program: Id<'program'>
  serial: string
  model: string | null
  family: string | null
  color: string | null
  assetTag: string | null
  state: EntryState
  device: Id<'device'> | null
  setup: Id<'setup'> | null
  /** A person chose the setup; else it is the program's. */
  chosen: boolean
  assigned: Assigned
  problem: Trouble | null
  /** When the vendor is asked again; null when nothing waits. */
  nextAt: number | null
  unit: Id<'unit'>
  unitPath: string
  user: Id<'user'> | null
  migrationDeadline: number | null
  seenAt: number
  addedAt: number
}

/** What people may want for promised devices. `setup: null` wants none. */
export interface EntryWish {
  setup?: string | null | undefined
  unit?: string | undefined
  user?: string | null | undefined
}

/** What a vendor promises of this serial now, if any does; by the program that spoke of it last. */
export async function expected(ctx: Pick<Ctx, 'tx' | 'org'>, serial: string): Promise<Entry | null> {
  return (await store.findExpected(ctx, serial)) ?? null
}

/** What vendors promise of these serial numbers now; those that are not promised are absent. At most a thousand at once. */
export async function entriesWith(ctx: Pick<Ctx, 'tx' | 'org'>, serials: readonly string[]): Promise<Entry[]> {
  return store.findSerials(ctx, [...new Set(serials.map(s => s.trim().toUpperCase()))])
}

/** The entry that a device came by, if it was promised. */
export async function entryOf(ctx: Pick<Ctx, 'tx' | 'org'>, device: string): Promise<Entry | null> {
  return (await store.findByDevice(ctx, device)) ?? null
}

/** One page of the promised devices below the units where the actor may read them. */
export async function entries(
  ctx: Ctx,
  query: Omit<ListQuery, 'filter'> & { filter?: string },
): Promise<{ items: Entry[]; next: string | null }> {
  const where = await compileFilter(query.filter ?? '', store.entryFields(ctx.org), {
    now: ctx.now,
    unitPaths: text => identity.unitPaths(ctx, text),
  })
  return store.listEntries(ctx, {
    where,
    paths: ctx.authority.where('roster:read'),
    page: readPage(ctx.org, query, store.entrySorts),
  })
}

/** The entry with this id, where the actor may see it. */
export async function entryFor(ctx: Ctx, id: string): Promise<Entry> {
  const entry = await store.findEntry(ctx, id)
  if (!entry || !may(ctx.authority, 'roster:read', entry.unitPath)) throw new Problem('id.unknown')
  return entry
}

/** Says what is wanted for promised devices, at most a thousand at once. All or nothing: a serial that is not promised here refuses the whole. */
export async function changeEntries(ctx: Ctx, serials: readonly string[], wish: EntryWish): Promise<Entry[]> {
  const asked = [...new Set(serials.map(s => s.trim().toUpperCase()))]
  const found = await store.findSerials(ctx, asked)
  const seen = found.filter(e => may(ctx.authority, 'roster:read', e.unitPath))
  const known = new Set(seen.map(e => e.serial))
  const unknown = asked.filter(s => !known.has(s))
  if (unknown.length > 0) throw new Problem('entry.unknown', { serials: unknown.slice(0, 20), devices: unknown.length })
  if (!seen.every(e => may(ctx.authority, 'roster:write', e.unitPath)))
    throw new Problem('permission.missing', { permission: 'roster:write' })
  const change = await readWish(ctx, wish)
  const after = seen.map(entry => wished(ctx, entry, change))
  await store.putWishes(ctx, after)
  await recordWish(ctx, after, wish)
  return after
}

/** The device of this serial enrolled, or its management ended (`null`). Where it was not promised, nothing happens. */
export async function noteEnrolled(ctx: Ctx, serial: string, device: string | null): Promise<void> {
  await store.noteDevice(ctx, serial, device)
}

/** A wish with the things it names. */
export type ReadWish = { setup?: Id<'setup'> | null; unit?: identity.Unit; user?: Id<'user'> | null }

/** What is wanted with the things it names, as far as the actor may use them. */
export async function readWish(ctx: Ctx, wish: EntryWish): Promise<ReadWish> {
  const change: ReadWish = {}
  if (wish.setup !== undefined)
    change.setup = wish.setup === null ? null : (await setupFor(ctx, wish.setup, 'roster:read')).id
  if (wish.unit !== undefined) change.unit = await identity.unitFor(ctx, wish.unit, 'roster:write')
  if (wish.user !== undefined)
    change.user = wish.user === null ? null : (await identity.userFor(ctx, wish.user, 'users:read')).id
  return change
}

/** A wish of a person ends waiting and strife: it is tried at once, as if nothing had gone wrong. */
export function wished(ctx: Ctx, entry: Entry, { setup, unit, user }: ReadWish): Entry {
  const placed: Entry = {
    ...entry,
    ...(unit ? { unit: unit.id, unitPath: unit.path } : {}),
    user: user === undefined ? entry.user : user,
  }
  if (setup === undefined) return placed
  return { ...placed, setup, chosen: true, assigned: 'wanted', problem: null, nextAt: ctx.now }
}

async function recordWish(ctx: Ctx, after: readonly Entry[], wish: EntryWish): Promise<void> {
  const about = { kind: 'roster', id: ctx.org, path: commonPath(after.map(e => e.unitPath)) }
  await record(ctx, programEvents.wished, about, { devices: after.length, ...wish })
  if (wish.setup !== undefined) await wakeFor(ctx, after)
}

/** Has the programs of these entries ask their vendors soon. */
export async function wakeFor(ctx: Ctx, entries: readonly Entry[]): Promise<void> {
  for (const id of new Set(entries.map(e => e.program))) {
    const program = await findProgram(ctx, id)
    if (program) await wake(ctx, program)
  }
}

/** The path of the lowest unit that all of these are below. */
export function commonPath(paths: readonly string[]): string {
  const [first = '/', ...rest] = paths
  const parts = first.slice(1, -1).split('/')
  let length = parts.length
  for (const path of rest) {
    const others = path.slice(1, -1).split('/')
    while (length > 0 && parts.slice(0, length).join('/') !== others.slice(0, length).join('/')) length -= 1
  }
  return length === 0 ? '/' : `/${parts.slice(0, length).join('/')}/`
}
