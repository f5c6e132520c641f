import { setTimeout as sleep } from 'node:timers/promises'
import type { Way } from '../../simulator/agent/crowd.ts'
import type { Own } from '../own.ts'
import { calm } from './idle.ts'
import type { Settled, Told } from './crowd.ts'
import type { Remote } from './remote.ts'

/** How fast so many devices were locked. */
export interface Locked {
  what: string
  many: number
  /** From the answer to whoever locked until the server had the device's result, in ms. */
  p50: number
  p95: number
  max: number
  /** The same from when the command stood in the queue. */
  queuedP95: number
  perSecond: number
  lost: number
  /** Locks that took effect twice. */
  doubled: number
  /** Wakes that an agent had heard of already. */
  again: number
}

interface Setting {
  own: Own
  crowd: Remote
  /** How many all at once, and how many one by one. */
  locked: number
  single: number
  ways: readonly Way[]
  say: (text: string) => void
}

const patienceMs = 120_000

/** Locks devices all at once and one by one, while they listen on the line and while they wait. */
export async function measureLocks(of: Setting): Promise<Locked[]> {
  const done: Locked[] = []
  for (const way of of.ways) {
    await of.crowd.ask('listen', way, Math.max(of.locked, of.single))
    await calm([of.own.child.pid ?? 0])
    const on = way === 'mqtt' ? 'MQTT' : 'held requests'
    done.push(await measured(of, { what: `${on}, one by one`, many: of.single, lock: oneByOne }))
    done.push(await measured(of, { what: `${on}, all at once`, many: of.locked, lock: allAtOnce }))
    await of.crowd.ask('hush')
    of.say(`${of.locked} devices were locked by ${on}`)
  }
  return done
}

/** When whoever locked had the answer, by device. */
type Answered = Map<string, number>
const now = (): number => performance.timeOrigin + performance.now()

async function oneByOne({ own }: Setting, devices: readonly string[]): Promise<Answered> {
  const answered: Answered = new Map()
  for (const device of devices) {
    await own.call('POST', `/devices/${device}/commands`, { kind: 'lock', args: {} })
    answered.set(device, now())
  }
  return answered
}

async function allAtOnce({ own }: Setting, devices: readonly string[]): Promise<Answered> {
  const order = { kind: 'lock', args: {}, devices }
  const { eligible } = await own.call('POST', '/command-batches', { ...order, dryRun: true })
  await own.call('POST', '/command-batches', { ...order, confirm: Number(eligible) })
  const at = now()
  return new Map(devices.map(device => [device, at]))
}

interface Run {
  what: string
  many: number
  lock: (of: Setting, devices: readonly string[]) => Promise<Answered>
}

async function measured(of: Setting, { what, many, lock }: Run): Promise<Locked> {
  const { crowd, own } = of
  const devices = (await crowd.ask<string[]>('devices')).slice(0, many)
  const before = await crowd.ask<Told>('told')
  const from = now()
  const answered = await lock(of, devices)
  const seen = new Map<string, number>()
  let after = before
  for (const until = now() + patienceMs; seen.size < devices.length && now() < until; await sleep(200)) {
    after = await crowd.ask<Told>('told')
    for (const { device, at } of after.settled as Settled[]) if (!seen.has(device)) seen.set(device, at)
  }
  // What comes twice comes soon.
  await sleep(1000)
  after = await crowd.ask<Told>('told')
  const took = devices.flatMap(d => (seen.has(d) ? [Math.max(0, (seen.get(d) ?? 0) - (answered.get(d) ?? 0))] : []))
  const effects = devices.map((_, i) => (after.locks[i] ?? 0) - (before.locks[i] ?? 0))
  const queued = await queuedAt(own, devices)
  const sinceQueued = devices.map(d => (seen.get(d) ?? Infinity) - (queued.get(d) ?? 0))
  return {
    what,
    many,
    ...{ p50: share(took, 0.5), p95: share(took, 0.95), max: share(took, 1) },
    queuedP95: share(sinceQueued, 0.95),
    perSecond: (seen.size * 1000) / (Math.max(...seen.values()) - from),
    lost: effects.filter(n => n === 0).length,
    doubled: effects.filter(n => n > 1).length,
    again: after.doubled - before.doubled,
  }
}

/** When the last lock of each device stood in the queue; a lock that the server does not hold for done is a fault. */
async function queuedAt(own: Own, devices: readonly string[]): Promise<Map<string, number>> {
  const queued = new Map<string, number>()
  for (const device of devices) {
    const { items } = (await own.call('GET', `/devices/${device}/commands?limit=10`)) as {
      items: { kind: string; state: string; createdAt: number }[]
    }
    const last = items.find(one => one.kind === 'lock')
    if (last?.state !== 'done') throw new Error(`the server holds the lock of ${device} for ${last?.state}`)
    queued.set(device, last.createdAt)
  }
  return queued
}

function share(values: readonly number[], of: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * of) - 1)] ?? Number.NaN
}
