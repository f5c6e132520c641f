import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { cpuOf, memoryOf } from '../apple/measure.ts'
import type { Own } from '../own.ts'
import type { Mosquitto } from './mosquitto.ts'
import { type Remote, startRemote } from './remote.ts'

/** What one idle listener costs its server. */
export interface Idle {
  what: string
  /** Resident memory each, in KB: once all listen, and at the end of the quiet time. */
  kb: number
  kbLater: number
  /** CPU time each in an hour, in ms. */
  cpuMsHour: number
  /** How often the server's main thread was woken in a second. */
  wakesPerSecond: number
  /** How fast they came. */
  perSecond: number
}

interface Setting {
  own: Own
  pids: () => number[]
  crowd: Remote
  mosquitto: Mosquitto | null
  connected: number
  idleMs: number
  say: (text: string) => void
  closing: (() => Promise<unknown> | unknown)[]
}

/** Measures idle agents on the line and waiting, and beside them as many idle clients of another broker and as many bare sockets, in the same quiet time. */
export async function measureIdle(of: Setting): Promise<Idle[]> {
  const { crowd, mosquitto, connected, say, closing } = of
  const floor = startRemote('peers.ts')
  const [bare, foreign] = [startRemote('peers.ts'), startRemote('peers.ts')]
  closing.push(() => Promise.all([floor.stop(), bare.stop(), foreign.stop()]))
  const { line } = await floor.ask<{ line: number }>('floor', '')
  await warm(of)
  const found = [
    await joining({ what: 'agents, MQTT', pids: of.pids(), of, join: () => crowd.ask('listen', 'mqtt', connected) }),
    await joining({
      what: 'bare sockets in Node',
      pids: [floor.pid],
      of,
      join: () => bare.ask('sockets', line, connected),
    }),
  ]
  if (mosquitto) {
    const join = (): Promise<unknown> => foreign.ask('listeners', mosquitto.url, connected)
    found.push(await joining({ what: `mosquitto ${mosquitto.version}`, pids: [mosquitto.pid], of, join }))
  }
  const first = await Promise.all(found.map(one => one(sleep(of.idleMs))))
  await Promise.all([bare.ask('close'), foreign.ask('close'), crowd.ask('hush')])
  say('the line was measured')
  await sleep(2000)
  const waiting = await joining({
    what: 'agents, held requests',
    pids: of.pids(),
    of,
    join: async () => {
      await crowd.ask('listen', 'wait', connected)
      await calm(of.pids())
    },
  })
  const second = await waiting(sleep(of.idleMs))
  await crowd.ask('hush')
  say('held requests were measured')
  await Promise.all([floor.stop(), bare.stop(), foreign.stop()])
  return [...first, second]
}

/** Some come and go before, so that what is made once is not counted. */
async function warm(of: Setting): Promise<void> {
  const { crowd, connected } = of
  for (const way of ['mqtt', 'wait']) {
    await crowd.ask('listen', way, Math.min(connected, 200))
    await sleep(500)
  }
  await crowd.ask('callFor', 1500)
  await crowd.ask('hush')
  await calm(of.pids())
}

/** Waits until these processes do nearly nothing. */
export async function calm(pids: readonly number[]): Promise<void> {
  for (const until = performance.now() + 60_000; performance.now() < until; ) {
    const before = cpuOf(pids)
    await sleep(1000)
    if (cpuOf(pids) - before <= 100) return
  }
}

async function joining({
  what,
  pids,
  of,
  join,
}: {
  what: string
  pids: number[]
  of: Setting
  join: () => Promise<unknown>
}): Promise<(quiet: Promise<void>) => Promise<Idle>> {
  const memory = (): number => pids.reduce((sum, pid) => sum + memoryOf(pid).rss * 1024, 0)
  const before = memory()
  const from = performance.now()
  await join()
  const perSecond = (of.connected * 1000) / (performance.now() - from)
  await calm(pids)
  const kb = (memory() - before) / of.connected
  return async quiet => {
    const cpu = cpuOf(pids)
    const woken = wakesOf(pids)
    await quiet
    const cpuMs = cpuOf(pids) - cpu
    return {
      what,
      kb,
      kbLater: (memory() - before) / of.connected,
      cpuMsHour: (cpuMs / of.connected) * (3_600_000 / of.idleMs),
      wakesPerSecond: (wakesOf(pids) - woken) / (of.idleMs / 1000),
      perSecond,
    }
  }
}

function wakesOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8')
    return sum + Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(text)?.[1] ?? 0)
  }, 0)
}
