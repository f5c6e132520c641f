import * as devices from '../devices/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import type { Place } from '../../base/secrets.ts'
import { escrowEvents } from './events.ts'
import * as store from './store.ts'
import { settleTurn } from './turn.ts'

/** A secret to be kept. */
export interface Keeping {
  readonly device: string
  readonly kind: string
  readonly value: string
  /** That carries it to the device; absent when the device brought it. */
  readonly command?: string | undefined
  readonly state: 'pending' | 'current'
  /** What may be known of it: which account it opens. */
  readonly facts?: Readonly<Record<string, devices.JsonValue>>
  /** Something devices do by the thousand that nobody needs to read of. */
  readonly quiet?: boolean
}

/** A secret that was opened, for the server's own use. */
export interface Opened {
  readonly id: Id<'escrow'>
  readonly value: string
  readonly state: store.EscrowState
  readonly createdAt: number
  readonly since: number
  readonly facts: Readonly<Record<string, devices.JsonValue>>
}

/**
 * Keeps a secret of a device, sealed, in this transaction: what follows it commits with it or not at all. As `current` it takes the place of the one before,
 * which stays as past; one that is current already is not kept twice. Answers its id.
 */
export async function keep(ctx: Ctx, keeping: Keeping): Promise<Id<'escrow'>> {
  const { device, kind, value, command = '', state, facts = {}, quiet = false } = keeping
  if (state === 'current') {
    const same = await current(ctx, device, kind)
    if (same?.value === value) {
      await store.told(ctx, same.id)
      await settleTurn(ctx, { device, kind, fetched: true, createdAt: same.createdAt })
      return same.id
    }
  }
  const id = newId('escrow')
  const first = state === 'current' && (await store.retire(ctx, device, [kind])).length === 0
  await store.insert(ctx, {
    org: ctx.org,
    id,
    device,
    kind,
    command,
    value: await ctx.secrets.seal(ctx, placeOf({ place: id }), value),
    place: id,
    state,
    facts: JSON.stringify(facts),
    created_at: ctx.now,
    since: ctx.now,
    views: 0,
    viewed_at: null,
    viewed_by: null,
    told_at: state === 'current' ? ctx.now : null,
  })
  const about = devices.about(await devices.get(ctx, device))
  if (state === 'current') {
    if (!quiet)
      await record(ctx, escrowEvents.confirmed, about, {
        escrow: id,
        kind,
        by: command === '' ? 'device' : 'server',
        first,
      })
    await settleTurn(ctx, { device, kind, fetched: true, createdAt: ctx.now })
  } else await record(ctx, escrowEvents.kept, about, { escrow: id, kind, command: command === '' ? null : command })
  return id
}

/** The device has what this command carried: it is current, the one before is past. Of a command that carried nothing, or twice, nothing changes. */
export async function confirm(ctx: Ctx, command: string): Promise<void> {
  for (const row of await store.listByCommand(ctx, command)) await confirmOne(ctx, row.id)
}

/** The same of one secret by its id. */
export async function confirmOne(ctx: Ctx, id: string): Promise<void> {
  const row = await store.find(ctx, id)
  if (!row) return
  await store.told(ctx, row.id)
  if (row.state === 'current') return
  const gone = await store.retire(ctx, row.device, [row.kind])
  await store.setState(ctx, row.id, 'current')
  const told = { escrow: row.id, kind: row.kind, by: 'server' as const, first: gone.length === 0 }
  await record(ctx, escrowEvents.confirmed, devices.about(await devices.get(ctx, row.device)), told)
  await settleTurn(ctx, { device: row.device, kind: row.kind, fetched: false, createdAt: row.created_at })
}

/** The device did not take what this command carried. It stays, because a device may say so of one that it has already taken. */
export async function refuse(ctx: Ctx, command: string): Promise<void> {
  for (const row of await store.listByCommand(ctx, command)) await refuseOne(ctx, row.id)
}

/** The same of one secret by its id; only what was not confirmed can be refused. */
export async function refuseOne(ctx: Ctx, id: string): Promise<void> {
  const row = await store.find(ctx, id)
  if (row?.state !== 'pending') return
  await store.setState(ctx, row.id, 'refused')
  const device = await devices.get(ctx, row.device)
  await record(ctx, escrowEvents.refused, devices.about(device), { escrow: row.id, kind: row.kind })
}

/** What was current of these kinds is no longer on the device, or cannot be used any more. It stays as past. */
export async function drop(ctx: Ctx, device: string, kinds: readonly string[], why: string): Promise<void> {
  const gone = await store.retire(ctx, device, kinds)
  if (gone.length === 0) return
  const about = devices.about(await devices.get(ctx, device))
  for (const kind of gone) await record(ctx, escrowEvents.retired, about, { kind, why })
}

/** The ids of the secrets that this command carries. */
export async function carriedBy(ctx: Ctx, command: string): Promise<string[]> {
  return (await store.listByCommand(ctx, command)).map(r => r.id)
}

/** Says that none of those kept is the one on the device, as far as it can be asked. */
export async function doubt(ctx: Ctx, device: string, kind: string): Promise<void> {
  await record(ctx, escrowEvents.doubted, devices.about(await devices.get(ctx, device)), { kind })
}

/** The secret that is on the device, opened for the server's own use; undefined when there is none. */
export async function current(ctx: Ctx, device: string, kind: string): Promise<Opened | undefined> {
  const row = await store.findCurrent(ctx, device, kind)
  return row && opened(ctx, row)
}

/** One secret by its id, opened for the server's own use. */
export async function secretOf(ctx: Ctx, id: string): Promise<Opened | undefined> {
  const row = await store.find(ctx, id)
  return row && opened(ctx, row)
}

/** Those that may be on the device, the likeliest first: what was sent since the current one, the current one, and those before. */
export async function candidates(ctx: Ctx, device: string, kind: string): Promise<Opened[]> {
  const rows = await store.listOf(ctx, device, kind)
  const rank = { pending: 0, current: 1, refused: 2, past: 3 }
  const likely = [...rows].sort((a, b) => rank[a.state] - rank[b.state]).slice(0, mostCandidates)
  return Promise.all(likely.map(row => opened(ctx, row)))
}

const mostCandidates = 12

/** A secret as it was kept. */
export async function opened(ctx: Ctx, row: store.EscrowRow): Promise<Opened> {
  return {
    id: row.id as Id<'escrow'>,
    value: Buffer.from(await ctx.secrets.open(ctx, placeOf(row), row.value)).toString('utf8'),
    state: row.state,
    createdAt: row.created_at,
    since: row.since,
    facts: JSON.parse(row.facts) as Record<string, devices.JsonValue>,
  }
}

/** What was moved here from an older table is still sealed for its place there. */
function placeOf({ place }: Pick<store.EscrowRow, 'place'>): Place {
  return { table: place.includes('|') ? 'device_secrets' : 'escrows', column: 'value', row: place }
}
