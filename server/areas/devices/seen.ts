import { everything } from '../../base/authority.ts'
import type { Id } from '../../base/id.ts'
import type { Base } from '../../base/transact.ts'
import { record } from '../../base/events.ts'
import { about } from './device.ts'
import { deviceEvents } from './events.ts'
import { heard } from './quiet.ts'
import { retag } from './tagging.ts'
import * as contact from './contact-store.ts'

interface Unsaved {
  byOrg: Map<Id<'org'>, Map<Id<'device'>, number>>
  timer: ReturnType<typeof setTimeout> | null
  flushing: Promise<void>
}

const flushMs = 5000
const most = 20_000
const rowsAtOnce = 200
const unsaved = new WeakMap<Base, Unsaved>()

/**
 * Notes that a device called home. Kept in memory and written within seconds, in batches: the only datum of the product that a crash may lose.
 * A silent device that is heard of becomes active again.
 */
export function seen(base: Base, org: Id<'org'>, id: Id<'device'>, at: number): void {
  const held = heldOf(base)
  const devices = held.byOrg.get(org) ?? new Map<Id<'device'>, number>()
  held.byOrg.set(org, devices)
  devices.set(id, Math.max(at, devices.get(id) ?? 0))
  if (devices.size >= most) void flushSeen(base)
  if (held.timer) return
  held.timer = setTimeout(() => void flushSeen(base), flushMs)
  held.timer.unref()
}

/** Writes down all contacts noted so far. Called by itself every few seconds, and when the server stops. */
export function flushSeen(base: Base): Promise<void> {
  const held = heldOf(base)
  if (held.timer) clearTimeout(held.timer)
  held.timer = null
  held.flushing = held.flushing
    .then(() => flush(base, held))
    .catch(error => {
      base.log.warn({ error: String(error) }, 'contacts of devices wait for the database')
    })
  return held.flushing
}

async function flush(base: Base, held: Unsaved): Promise<void> {
  const taken = [...held.byOrg]
  held.byOrg.clear()
  for (const [org, devices] of taken) {
    const rows = [...devices].map(([id, at]) => ({ id, at }))
    for (let i = 0; i < rows.length; i += rowsAtOnce) {
      try {
        await save(base, org, rows.slice(i, i + rowsAtOnce))
      } catch (error) {
        for (const { id, at } of rows.slice(i)) seen(base, org, id, at)
        throw error
      }
    }
  }
}

function save(base: Base, org: Id<'org'>, rows: readonly { id: string; at: number }[]): Promise<void> {
  const scope = { org, actor: { kind: 'system', id: null, what: 'devices.seen' }, authority: everything } as const
  return base.transact(scope, async ctx => {
    await contact.putContacts(ctx, rows)
    await heard(
      ctx,
      rows.map(r => r.id),
    )
    for (const device of await contact.silentAmong(
      ctx,
      rows.map(r => r.id),
    )) {
      await contact.wakeSilent(ctx, device.id)
      await retag(ctx, device.id, ['state'])
      await record(ctx, deviceEvents.returned, about(device), { silentSince: device.stateAt })
    }
  })
}

function heldOf(base: Base): Unsaved {
  const known = unsaved.get(base)
  if (known) return known
  const held: Unsaved = { byOrg: new Map(), timer: null, flushing: Promise.resolve() }
  unsaved.set(base, held)
  return held
}
