import { at } from './declarations/declared.ts'
import { type AppleDevice, comeOnline, goOffline } from './device.ts'

/** A version that a device could have, as its own system finds it. */
export interface Offered {
  version: string
  build: string
  /** Products that can take it. */
  products: readonly string[]
  sizeGb: number
  /** `fails`: it never installs. `bricks`: a device that installs it is not heard of again. */
  bad?: 'fails' | 'bricks'
}

/** Who has the device and how it is kept, as far as updates care. */
export interface Life {
  /** How far its wall clock is ahead of UTC. */
  zoneMinutes: number
  /** Off the network in these local hours, the first included; may run over midnight. */
  off: readonly [from: number, to: number] | null
  /** On its charger at night. */
  charges: boolean
  /** How likely its person begins the installation in an hour of the day in which they were asked. */
  willing: number
  /** In a drawer: never on the network. */
  away?: boolean
}

/** An installation under way on a device. */
export interface Update {
  version: string
  build: string
  state: 'waiting' | 'downloading' | 'prepared' | 'installing' | 'failed'
  by: 'declaration' | 'mdm'
  failures: number
  reason: string | undefined
  failedAt: number | undefined
}

const minuteMs = 60_000
const plainLife: Life = { zoneMinutes: 0, off: null, charges: true, willing: 0.1 }

/**
 * Lives a device through to this instant: its battery, its network, and what its system does about the version that is demanded or was ordered.
 * To be called once an hour or so of simulated time. Answers whether it has something new to say.
 */
export function live(device: AppleDevice, now: number, offered: readonly Offered[], life: Life = plainLife): boolean {
  const { interior } = device
  const before = JSON.stringify([interior.update, interior.system])
  const local = new Date(now + life.zoneMinutes * minuteMs)
  const hour = local.getUTCHours()
  const night = hour >= 23 || hour < 6
  breathe(device, { hour, night, life })
  const installing = interior.update?.state === 'installing'
  if (life.away || dead.has(device) || inside(hour, life.off)) goOffline(device)
  else comeOnline(device)
  if (installing) finish(device, now, offered)
  else proceed(device, { now, local: local.toISOString().slice(0, 19), night, hour, offered, life })
  return JSON.stringify([interior.update, interior.system]) !== before
}

const dead = new WeakSet<AppleDevice>()

function inside(hour: number, span: readonly [number, number] | null): boolean {
  if (span === null) return false
  const [from, to] = span
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to
}

function breathe(
  { interior, chance }: AppleDevice,
  { night, life }: { hour: number; night: boolean; life: Life },
): void {
  if (interior.battery < 0) return
  const change = night && life.charges ? 0.4 : -(0.03 + chance.next() * 0.03)
  // One that is not charged at night is when it is nearly empty.
  const next = interior.battery < 0.06 ? 0.9 : interior.battery + change
  interior.battery = Math.round(Math.min(1, Math.max(0.02, next)) * 100) / 100
}

interface Moment {
  now: number
  /** The wall clock of the device, as declarations write it. */
  local: string
  night: boolean
  hour: number
  offered: readonly Offered[]
  life: Life
}

function proceed(device: AppleDevice, moment: Moment): void {
  const { interior } = device
  const demand = demanded(device)
  if (demand === undefined && interior.update?.by !== 'mdm') {
    interior.update = undefined
    return
  }
  const version = demand?.version ?? interior.update?.version ?? ''
  const found = moment.offered.find(o => o.version === version && o.products.includes(device.hardware.productName))
  if (interior.update === undefined || interior.update.version !== version)
    interior.update = fresh(version, found?.build ?? '', demand === undefined ? 'mdm' : 'declaration')
  // (Apple: a version that is not to be found keeps the declaration active and waiting.)
  if (found === undefined || !device.online) return
  const due = interior.update.by === 'mdm' || (demand !== undefined && moment.local >= demand.by)
  advance(device, interior.update, { ...moment, found, due })
}

function advance(device: AppleDevice, update: Update, moment: Moment & { found: Offered; due: boolean }): void {
  const { interior, chance } = device
  const { now, found, due, night, hour, life } = moment
  switch (update.state) {
    case 'waiting':
    case 'failed':
      if (interior.availableGb < found.sizeGb) fail(update, now, 'Not enough storage space')
      else update.state = 'downloading'
      return
    case 'downloading':
      update.state = 'prepared'
      return
    case 'prepared': {
      const asked = hour >= 8 && hour < 22 && chance.next() < life.willing
      const tonight = night && life.charges && life.willing > 0
      if (!due && !asked && !tonight) return
      if (interior.battery >= 0 && interior.battery < 0.2 && !(night && life.charges))
        fail(update, now, 'Battery level too low')
      else update.state = 'installing'
      return
    }
    default:
  }
}

/** An hour after it began it is over, one way or the other. */
function finish(device: AppleDevice, now: number, offered: readonly Offered[]): void {
  const { interior } = device
  const { update } = interior
  if (update === undefined) return
  const found = offered.find(o => o.version === update.version)
  if (found === undefined || found.bad === 'fails') {
    fail(update, now, 'InstallFailed')
    return
  }
  if (found.bad === 'bricks') {
    dead.add(device)
    goOffline(device)
    return
  }
  interior.system = { version: found.version, build: found.build, extra: undefined }
  interior.restarts += 1
  interior.update = undefined
}

function fail(update: Update, now: number, reason: string): void {
  // What failed for want of room or power is one failure, however often it is tried.
  if (update.reason !== reason || reason === 'InstallFailed') update.failures += 1
  update.state = 'failed'
  update.reason = reason
  update.failedAt = now
}

function fresh(version: string, build: string, by: Update['by']): Update {
  return { version, build, state: 'waiting', by, failures: 0, reason: undefined, failedAt: undefined }
}

/** The newest version that a declaration in force demands and the device does not have. */
function demanded({ interior }: AppleDevice): { version: string; by: string } | undefined {
  const all = [...interior.declared.held.values()]
    .filter(h => h.type === 'com.apple.configuration.softwareupdate.enforcement.specific' && h.active)
    .map(h => ({ version: String(at(h.payload, 'TargetOSVersion')), by: String(at(h.payload, 'TargetLocalDateTime')) }))
    .filter(d => compare(d.version, interior.system.version) > 0)
  return all.sort((a, b) => compare(b.version, a.version))[0]
}

function compare(one: string, other: string): number {
  const [a, b] = [one, other].map(v => v.split('.').map(Number))
  for (let i = 0; i < 4; i += 1) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** Somebody orders a version by command. Answers whether it is an update at all. */
export function order(device: AppleDevice, version: string): boolean {
  const { interior } = device
  if (compare(version, interior.system.version) <= 0) return false
  if (interior.update?.version !== version || interior.update.by !== 'mdm') interior.update = fresh(version, '', 'mdm')
  return true
}

/** What the device says of updates among its status items. iOS spells one key whole, and tells local time as if it were UTC. */
export function updateItems(device: AppleDevice): Record<string, unknown> {
  const { update } = device.interior
  const demand = demanded(device)
  const timeKey = device.hardware.family === 'Mac' ? 'target-local-date-time' : 'softwareupdate.target-local-date-time'
  return {
    'softwareupdate.install-state': update?.state ?? 'none',
    'softwareupdate.install-reason': {
      reason: update === undefined ? [] : [update.by],
    },
    'softwareupdate.pending-version': {
      'os-version': update?.version ?? '',
      'build-version': update?.build ?? '',
      ...(demand === undefined ? {} : { [timeKey]: `${demand.by}Z` }),
    },
    'softwareupdate.failure-reason': {
      count: update?.failures ?? 0,
      ...(update?.reason === undefined ? {} : { reason: update.reason }),
      ...(update?.failedAt === undefined ? {} : { timestamp: new Date(update.failedAt).toISOString() }),
    },
    'softwareupdate.device-id': device.hardware.productName,
  }
}
