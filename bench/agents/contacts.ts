import { cpuOf } from '../apple/measure.ts'
import { type Remote, startRemote } from './remote.ts'

/** What a contact with nothing to do costs. */
export interface Contacts {
  what: string
  perSecond: number
  cpuMsEach: number
}

interface Setting {
  pids: () => number[]
  crowd: Remote
  ms: number
  say: (text: string) => void
  closing: (() => Promise<unknown> | unknown)[]
}

/** Everyone calls in turns with nothing to say; then the same at a server that checks the proof and answers, and does nothing else. */
export async function measureContacts({ pids, crowd, ms, say, closing }: Setting): Promise<Contacts[]> {
  await crowd.ask('callFor', 2000)
  const ours = await calling('a contact of ours', pids(), crowd, ms)
  const floor = startRemote('peers.ts')
  closing.push(() => floor.stop())
  const { http } = await floor.ask<{ http: number }>('floor', idleAnswer)
  await crowd.ask('point', `http://127.0.0.1:${http}`)
  await crowd.ask('callFor', 1000)
  const least = await calling('a proof checked in Node', [floor.pid], crowd, ms / 2)
  await floor.stop()
  say('contacts were measured')
  return [ours, least]
}

async function calling(what: string, pids: readonly number[], crowd: Remote, ms: number): Promise<Contacts> {
  const before = cpuOf(pids)
  const from = performance.now()
  const calls = await crowd.ask<number>('callFor', ms)
  const tookMs = performance.now() - from
  return { what, perSecond: (calls * 1000) / tookMs, cpuMsEach: (cpuOf(pids) - before) / calls }
}

/** As long as an answer of ours to who has nothing to do. */
const idleAnswer = JSON.stringify({
  action: 'none',
  serverTime: 1_790_000_000_000,
  seen: { results: [], events: [] },
  need: [],
  next: { afterMs: 900_000, jitterMs: 180_000 },
  channels: {
    order: ['mqtt', 'wait', 'poll'],
    mqtt: { url: 'mqtt://127.0.0.1:8883', topic: 'm'.repeat(60), clientId: 'e'.repeat(30), username: 'u'.repeat(61) },
    wait: { path: '/agent/v1/wait', holdMs: 240_000 },
  },
  renewBy: 1_790_000_000_000,
})
