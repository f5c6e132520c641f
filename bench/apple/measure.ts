import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import type { Outcome, Plan } from './load.ts'

/** One measured run. */
export interface Measured extends Outcome {
  tasks: number
  /** CPU time the servers used, in ms; PostgreSQL's included. */
  cpuMs: number
  /** The same for each process asked about: the server, then PostgreSQL. */
  parts: number[]
  perSecond: number
  cpuMsEach: number
  p50: number
  p95: number
  p99: number
}

const tickMs = 10 // of /proc/<pid>/stat on Linux: USER_HZ is 100

/** Sends the plan from a process of its own and measures the servers whose process ids are given, with all their children. */
export async function measure(plan: Plan, pids: readonly number[]): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-load-'))
  const file = join(folder, 'plan')
  writeFileSync(file, serialize(plan))
  const child = fork(join(import.meta.dirname, 'load.ts'), [file], { serialization: 'advanced', timeout: 120_000 })
  try {
    await answer(child)
    const family = ahead ? [child.pid ?? 0, ...pids.flatMap(pid => familyPids(pid))] : []
    schedule(family, ['-r', '-p', '1'])
    const before = pids.map(pid => cpuOf([pid]))
    child.send('go')
    const outcome = (await answer(child)) as Outcome
    schedule(ahead ? [...new Set([...family, ...pids.flatMap(pid => familyPids(pid))])] : [], ['-o', '-p', '0'])
    const parts = pids.map((pid, i) => cpuOf([pid]) - (before[i] ?? 0))
    if (outcome.failures.length > 0) throw new Error(`the run failed:\n${outcome.failures.slice(0, 5).join('\n')}`)
    return told(outcome, plan.tasks.length, parts)
  } finally {
    child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

let ahead = false // whether bursts go before everything else on the machine

/** For busy machines: during each burst, and only then, the servers and the load generator run before all other processes (root and chrt needed). */
export function goAhead(): void {
  ahead = true
}

function familyPids(pid: number): number[] {
  const all = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => statOf(name))
  const below = (parent: number): number[] =>
    all.filter(one => one.parent === parent).flatMap(one => [one.pid, ...below(one.pid)])
  return [pid, ...below(pid)]
}

function schedule(pids: readonly number[], how: readonly string[]): void {
  for (const pid of pids) spawnSync('chrt', ['-a', ...how, String(pid)], { stdio: 'ignore' })
}

/** Several bursts as one run. */
export function joined(bursts: readonly Measured[]): Measured {
  const sum = (of: (one: Measured) => number): number => bursts.reduce((total, one) => total + of(one), 0)
  const outcome = { wallMs: sum(b => b.wallMs), latencies: bursts.flatMap(b => b.latencies), failures: [] }
  const parts = bursts[0]?.parts.map((_, i) => sum(b => b.parts[i] ?? 0)) ?? []
  return told(
    outcome,
    sum(b => b.tasks),
    parts,
  )
}

function told(outcome: Outcome, tasks: number, parts: number[]): Measured {
  const cpuMs = parts.reduce((total, part) => total + part, 0)
  const at = percentiles(outcome.latencies)
  return {
    ...outcome,
    tasks,
    cpuMs,
    parts,
    perSecond: (tasks * 1000) / outcome.wallMs,
    cpuMsEach: cpuMs / tasks,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  }
}

async function answer(child: ReturnType<typeof fork>): Promise<unknown> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the load generator ended with ${code}`)
  })
  ended.catch(() => undefined)
  const [said] = await Promise.race([once(child, 'message'), ended])
  return said
}

function percentiles(values: readonly number[]): (share: number) => number {
  const sorted = values.toSorted((a, b) => a - b)
  return share => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}

/** CPU time so far of these processes, their living children and the children they have already buried, in ms. */
export function cpuOf(pids: readonly number[]): number {
  const all = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => statOf(name))
  return pids.reduce((sum, pid) => sum + familyOf(pid, all), 0) * tickMs
}

interface Stat {
  pid: number
  parent: number
  ticks: number
}

function statOf(pid: string): Stat[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    // man proc: fields from 3 on; utime 14, stime 15, cutime 16, cstime 17.
    const ticks = [11, 12, 13, 14].reduce((sum, i) => sum + Number(fields[i]), 0)
    return [{ pid: Number(pid), parent: Number(fields[1]), ticks }]
  } catch {
    return [] // it ended meanwhile
  }
}

function familyOf(pid: number, all: readonly Stat[]): number {
  const own = all.find(one => one.pid === pid)?.ticks ?? 0
  return all.filter(one => one.parent === pid).reduce((sum, child) => sum + familyOf(child.pid, all), own)
}

/** Resident memory of a process, and its peak, in MB. */
export function memoryOf(pid: number): { rss: number; peak: number } {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8')
  const mb = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)?.[1] ?? 0) / 1024
  return { rss: mb('VmRSS'), peak: mb('VmHWM') }
}
