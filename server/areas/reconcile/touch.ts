import type { Event } from '../../base/events.ts'

/** Whom something that happened can touch. */
export interface Touch {
  readonly devices: readonly string[]
  /** Whoever has one of these users' devices. */
  readonly users: readonly string[]
  /** Paths of units, each with everything below. */
  readonly paths: readonly string[]
  /** Policies, secrets, blueprints, assignments, rollouts, trials: those they reach now, and those that have something from them. */
  readonly sources: readonly string[]
  /** Devices that described themselves anew, on which what was not supported may be now. */
  readonly described: readonly string[]
}

export const nothing: Touch = { devices: [], users: [], paths: [], sources: [], described: [] }

const ofDevices = new Set([
  'device.added',
  'device.moved',
  'device.assigned',
  'device.changed',
  'device.described',
  'device.merged',
  'device.renamed',
  'device.tagged',
  'device.removed',
  'enrollment.activated',
  'enrollment.ended',
  'account.joined',
  'account.left',
])

const ofSources = new Set(['policy', 'secret', 'blueprint', 'assignment', 'rollout'])

/** What of a source decides nothing: a policy is what its versions say, and a rollout that rests has not moved. */
const idle = new Set([
  'policy.added',
  'policy.changed',
  'policy.archived',
  'secret.added',
  'rollout.paused',
  'rollout.resumed',
])
const names = new Set(['name', 'description'])

/** Whom an event can touch; null for those that decide nothing about what devices should have. Pure. */
export function touchOf({ type, about, path, data }: Pick<Event, 'type' | 'about' | 'path' | 'data'>): Touch | null {
  const id = about?.id ?? ''
  if (ofDevices.has(type)) return { ...nothing, devices: [id], described: type === 'device.described' ? [id] : [] }
  const noun = type.slice(0, type.indexOf('.'))
  if (noun === 'trial') return { ...nothing, devices: [id] }
  if (ofSources.has(noun)) {
    const { fields } = data
    const renamed = noun === 'blueprint' && Array.isArray(fields) && fields.every(f => names.has(String(f)))
    return idle.has(type) || renamed ? null : { ...nothing, sources: idsIn([id, data]) }
  }
  switch (type) {
    case 'user.changed':
    case 'user.removed':
      return { ...nothing, users: [id] }
    case 'group.membersChanged':
      return { ...nothing, users: idsIn([data]).filter(i => i.startsWith('usr_')) }
    case 'app.changed':
    case 'app.released':
    case 'app.withdrawn':
    case 'calendar.changed':
      return { ...nothing, sources: [id] }
    case 'hours.zone-changed':
    case 'hours.exception-granted':
    case 'hours.exception-ended':
      return ofSubject(about, path)
    // What was not set off by a clock that was doubted may be due now.
    case 'guard.time-confirmed':
      return { ...nothing, paths: ['/'] }
    case 'unit.moved':
    case 'unit.renamed':
      return { ...nothing, paths: [path] }
    case 'org.changed':
      return strings(data).includes('name') ? { ...nothing, paths: ['/'] } : null
    default:
      return null
  }
}

/** Whoever an exception or a zone is for. */
function ofSubject(about: Event['about'], path: string): Touch {
  if (about?.kind === 'device') return { ...nothing, devices: [about.id] }
  return about?.kind === 'user' ? { ...nothing, users: [about.id] } : { ...nothing, paths: [path] }
}

/** Whom several events can touch, each once. */
export function together(touches: readonly Touch[]): Touch {
  const all = (of: (t: Touch) => readonly string[]): string[] => [...new Set(touches.flatMap(of))]
  return {
    devices: all(t => t.devices),
    users: all(t => t.users),
    paths: all(t => t.paths),
    sources: all(t => t.sources),
    described: all(t => t.described),
  }
}

/** Events name what they are about by id, in their subject or their data. */
function idsIn(value: unknown): string[] {
  return [...new Set(strings(value).filter(text => /^[a-z]{3}_[0-9a-f]{32}$/.test(text)))]
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(strings)
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}
