// Connect cycles and enrollments beside NanoMDM + scepserver with PostgreSQL: the same devices, the same load generator, one run.
//   ./muster bench apple [--devices 240] [--cycles 4] [--rounds 3] [--connections 32] [--profile] [--ahead: on a busy machine]
// See README.md here for what is measured and how to read it.
import { mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { caOf } from './ca.ts'
import { storedKeys } from '../../simulator/apple/index.ts'
import { startApns } from '../../simulator/outside/apns/apns.ts'
import { startPostgres } from '../../tools/postgres.ts'
import { inLanes } from '../own.ts'
import { goAhead, joined, type Measured, measure, memoryOf } from './measure.ts'
import { type Cycle, cyclesOf, cycleTask, type Virtual } from './packets.ts'
import { enrollRound, type Gate, ourGate, roundKeys, sharedChallenge } from './enroll.ts'
import { findPeers, freshDatabase, type Running, startNanomdm, startScepserver } from './peers.ts'
import { joinNanomdm, type OurSide, scratch, type Side, startOurs, stopOurs } from './sides.ts'
import { freePort } from '../../tools/ports.ts'

const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '240' },
    cycles: { type: 'string', default: '4' },
    enrollments: { type: 'string', default: '80' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '32' },
    profile: { type: 'boolean', default: false },
    ahead: { type: 'boolean', default: false },
    only: { type: 'string', default: 'nanomdm,sqlite,postgres' },
  },
})
const [devices, cycles, rounds, connections] = [values.devices, values.cycles, values.rounds, values.connections].map(
  Number,
) as [number, number, number, number]
const work = scratch('muster-bench')
const enrollments = Number(values.enrollments)
if (values.ahead) goAhead()
const keys = async () => storedKeys(join(work, 'keys.pem'), devices)
const closing: (() => Promise<unknown>)[] = []

try {
  const apns = await startApns()
  closing.push(() => apns.close())
  const postgres = await startPostgres()
  closing.push(() => postgres.stop())
  const flags = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${join(work, 'profiles')}`] : []
  const ours = async (name: string, database?: string): Promise<OurSide> => {
    const side = await startOurs(name, { apns, keys: await keys(), devices, flags, database })
    closing.push(() => stopOurs(side))
    return side
  }
  const wants = (name: string): boolean => values.only.split(',').includes(name)
  const sqlite = await ours('Muster + SQLite')
  const sides: Side[] = []
  const gates = new Map<Side, Gate>()
  const peers = wants('nanomdm') ? findPeers() : 'NanoMDM was left out.'
  if (typeof peers === 'string') console.log(peers)
  else {
    const database = await freshDatabase(postgres.url, 'nanomdm')
    const scep = await startScepserver(peers, { folder: mkdtempSync(join(work, 'scep-')), port: await freePort() })
    closing.push(() => scep.stop())
    const ca = await caOf(sqlite, work, readFileSync(scep.ca, 'utf8'))
    const running: Running = await startNanomdm(peers, { database, ca, port: await freePort() })
    closing.push(() => running.stop())
    const side = await joinNanomdm(running, sqlite.devices, sqlite.topic)
    side.pids.push(postgres.pid)
    sides.push(side)
    gates.set(side, {
      place: side.place,
      scep: { port: scep.port, path: '/scep' },
      pids: [...side.pids, scep.child.pid ?? 0],
      topic: sqlite.topic,
      challenge: sharedChallenge,
    })
  }
  if (wants('sqlite')) sides.push(sqlite)
  if (wants('postgres')) {
    const side = await ours('Muster + PostgreSQL', await freshDatabase(postgres.url, 'muster'))
    side.pids.push(postgres.pid)
    sides.push(side)
  }
  for (let round = 1; round <= rounds; round += 1) await connectRound(sides, sqlite, round)
  table('connect cycles', 'cycles/s', sides, side => side.results.connect)
  for (const side of sides) if ('own' in side) gates.set(side, ourGate(side as OurSide))
  const material = roundKeys(
    readFileSync(join(work, 'keys.pem'), 'utf8').split(/(?<=-----END PRIVATE KEY-----\n)/),
    enrollments,
  )
  for (let round = 1; round <= rounds && enrollments > 0; round += 1)
    for (const side of [...sides.slice(round % sides.length), ...sides.slice(0, round % sides.length)]) {
      const gate = gates.get(side)
      if (!gate) continue
      const measured = await enrollRound(gate, material, connections)
      side.results.enroll.push(measured)
      console.log(`round ${round}: ${side.name.padEnd(22)} ${line(measured)}`)
    }
  if (enrollments > 0) table('enrollments', 'enroll/s', sides, side => side.results.enroll)
  for (const side of sides)
    if ('own' in side) {
      const { rss, peak } = memoryOf((side as OurSide).own.child.pid ?? 0)
      console.log(`${side.name}: ${rss.toFixed(0)} MB resident after the load, ${peak.toFixed(0)} MB at most`)
    }
} finally {
  for (const close of closing.reverse()) await close()
}

/** The same cycles for every side, one side after the other, each round beginning with another side. */
async function connectRound(sides: readonly Side[], first: OurSide, round: number): Promise<void> {
  const turn = [...sides.slice(round % sides.length), ...sides.slice(0, round % sides.length)]
  const bursts = new Map<Side, Measured[]>(sides.map(side => [side, []]))
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const prepared = new Map<readonly Virtual[], Cycle[]>()
    const shared = await queued(first, null)
    for (const side of turn) {
      const fleet = 'devices' in side ? (side as OurSide).devices : first.devices
      const uuids = side === first ? shared : await queued(side, 'own' in side ? null : shared)
      const plan = prepared.get(fleet) ?? cyclesOf(fleet, uuids)
      prepared.set(fleet, plan)
      const tasks = plan.map(one => cycleTask(side.place, one))
      bursts.get(side)?.push(await measure({ port: side.place.port, connections, tasks }, side.pids))
    }
    // What a side left over is not read from the next round's queue.
    if (!sides.includes(first))
      await measure(
        {
          port: first.place.port,
          connections,
          tasks: cyclesOf(first.devices, shared).map(one => cycleTask(first.place, one)),
        },
        first.pids,
      )
  }
  for (const side of turn) {
    const measured = joined(bursts.get(side) ?? [])
    side.results.connect.push(measured)
    console.log(`round ${round}: ${side.name.padEnd(22)} ${line(measured)}`)
  }
}

/** Queues one command for every device; answers their ids. */
function queued(side: Side, uuids: readonly string[] | null): Promise<string[]> {
  return inLanes(Array.from({ length: devices }), 16, (_, index) => side.enqueue(index, uuids?.[index] ?? null))
}

function line(m: Measured): string {
  const ms = (n: number): string => n.toFixed(1).padStart(6)
  return `${m.perSecond.toFixed(0).padStart(5)}/s  ${m.cpuMsEach.toFixed(2).padStart(5)} CPU-ms each (${m.parts.map(part => (part / m.tasks).toFixed(2)).join(' + ')})  p50 ${ms(m.p50)}  p95 ${ms(m.p95)}  p99 ${ms(m.p99)} ms`
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

/** Medians of the rounds, and how we stand to the first side. */
function table(what: string, unit: string, sides: readonly Side[], of: (side: Side) => readonly Measured[]): void {
  const pick = (side: Side, key: 'perSecond' | 'cpuMsEach' | 'p50' | 'p95' | 'p99'): number =>
    median(of(side).map(m => m[key]))
  const peer = sides.find(side => !('own' in side))
  console.log(`\n${what}: median of ${rounds} rounds, ${connections} connections`)
  console.log(`${''.padEnd(24)}${unit.padStart(10)}   ratio   CPU-ms   ratio     p50     p95     p99 ms`)
  for (const side of sides) {
    const speed = peer ? (pick(side, 'perSecond') / pick(peer, 'perSecond')).toFixed(2) : '-'
    const cost = peer ? (pick(peer, 'cpuMsEach') / pick(side, 'cpuMsEach')).toFixed(2) : '-'
    console.log(
      `${side.name.padEnd(24)}${pick(side, 'perSecond').toFixed(0).padStart(10)}${speed.padStart(8)}${pick(side, 'cpuMsEach').toFixed(2).padStart(9)}${cost.padStart(8)}` +
        (['p50', 'p95', 'p99'] as const).map(key => pick(side, key).toFixed(1).padStart(8)).join(''),
    )
  }
}
