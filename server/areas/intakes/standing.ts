import type { LineState } from './line-store.ts'

/** Why a device is held up. */
export const causes = [
  'refused',
  'door',
  'left',
  'silent',
  'app-failed',
  'app-person',
  'license',
  'item-failed',
  'item-lacking',
  'timed-out',
] as const
export type Cause = (typeof causes)[number]

type Facts = Record<string, string | number | boolean | null>

/** How far one app is on a device. */
export interface AppKnown {
  app: string
  name: string
  state: string
  reason: string | null
}

/** How far one other thing is that the device should have. */
export interface ItemKnown {
  item: string
  name: string
  state: string
  code: string | null
}

/** Everything that tells how far a device is. */
export interface Known {
  now: number
  /** When it asked at the door, and with what it was turned away last. */
  unboxedAt: number | null
  refused: string | null
  enrollment: { state: 'pending' | 'active' | 'ended'; startedAt: number } | null
  /** When it last said anything. */
  heardAt: number | null
  /** The time until its person may go on; null: it does not wait. */
  run: 'running' | 'ready' | 'over' | null
  /** Null: it was not worked out yet what it should have. */
  items: readonly ItemKnown[] | null
  apps: readonly AppKnown[]
}

/** How far a device is, and when that is to be looked at again by itself. */
export interface Standing {
  state: LineState
  cause: Cause | null
  facts: Facts
  lookAt: number | null
  apps: { wanted: number; there: number }
}

/** A device that should speak and has not for this long is held up. Setting up, devices speak every few seconds. */
export const silentMs = 90_000
/** A look without an event, for what nobody tells of. */
const restMs = 20_000

const thereStates = ['installed', 'updating']
const settledStates = ['installed', 'unsupported', 'waiting']

/** How far a device is. Pure. */
export function standingOf(known: Known): Standing {
  const apps = { wanted: known.apps.length, there: known.apps.filter(a => thereStates.includes(a.state)).length }
  const at = (state: LineState, lookAt: number | null = null): Standing => ({
    state,
    cause: null,
    facts: {},
    lookAt,
    apps,
  })
  const stuck = (cause: Cause, facts: Facts, lookAt: number | null = null): Standing => ({
    state: 'stuck',
    cause,
    facts,
    lookAt,
    apps,
  })
  const { enrollment, now } = known
  if (enrollment === null) return atTheDoor(known, at, stuck)
  if (enrollment.state === 'ended') return stuck('left', {})
  const heardAt = Math.max(known.heardAt ?? 0, enrollment.startedAt)
  const silentAt = heardAt + silentMs
  const silent = now >= silentAt
  if (enrollment.state === 'pending')
    return silent ? stuck('silent', { at: heardAt }, now + restMs) : at('enrolled', silentAt)
  const missing = missingOf(known)
  if (missing !== null && missing.length === 0 && known.run !== 'running') return at('ready')
  const held = heldUp(known)
  if (held) return stuck(held.cause, held.facts, now + restMs)
  if (silent) return stuck('silent', { at: heardAt, waits: missing?.[0] ?? null }, now + restMs)
  if (known.run === 'over')
    return stuck('timed-out', { missing: missing?.length ?? 0, first: missing?.[0] ?? null }, now + restMs)
  return at('configuring', Math.min(silentAt, now + restMs))
}

function atTheDoor(
  { now, unboxedAt, refused }: Known,
  at: (state: LineState, lookAt?: number | null) => Standing,
  stuck: (cause: Cause, facts: Facts, lookAt?: number | null) => Standing,
): Standing {
  if (refused !== null) return stuck('refused', { code: refused })
  if (unboxedAt === null) return at('expected')
  if (now - unboxedAt >= silentMs) return stuck('door', { at: unboxedAt })
  return at('unboxed', unboxedAt + silentMs)
}

/** Names of what should be there and is not yet; null while it is not known what should. */
function missingOf({ items, apps }: Known): string[] | null {
  if (items === null) return null
  return [
    ...apps.filter(a => !thereStates.includes(a.state)).map(a => a.name),
    ...items.filter(i => !settledStates.includes(i.state)).map(i => i.name),
  ]
}

/** The first thing that will not come by itself. */
function heldUp({ apps, items }: Known): { cause: Cause; facts: Facts } | null {
  const app = (states: readonly string[]) => apps.find(a => states.includes(a.state))
  const failed = app(['failed'])
  if (failed) return { cause: 'app-failed', facts: { app: failed.app, name: failed.name, reason: failed.reason } }
  const license = apps.find(a => a.state === 'license' && a.reason !== null && !a.reason.endsWith('asked'))
  if (license) return { cause: 'license', facts: { app: license.app, name: license.name, reason: license.reason } }
  const person = app(['asking', 'rejected'])
  if (person) return { cause: 'app-person', facts: { app: person.app, name: person.name, state: person.state } }
  const item = items?.find(i => i.state === 'failed')
  if (item) return { cause: 'item-failed', facts: { item: item.item, name: item.name, code: item.code } }
  const lacking = items?.find(i => i.state === 'blocked')
  return lacking
    ? { cause: 'item-lacking', facts: { item: lacking.item, name: lacking.name, code: lacking.code } }
    : null
}
