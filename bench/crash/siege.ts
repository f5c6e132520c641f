import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { Agent, type ClientRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type AppleDevice, connect, device, enroll, type KeySource, putAway } from '../../simulator/apple/index.ts'
import type { Agents } from '../../simulator/apple/http.ts'
import { startApns } from '../../simulator/outside/apns/apns.ts'
import { mintPushCertificate } from '../../simulator/outside/apns/certificates.ts'
import { invite } from '../apple/sides.ts'
import { type Own, type OwnOptions, setUpOwn, startOwn } from '../own.ts'
import { lookInto } from './look.ts'
import { broken, certificateOf, inconsistent } from './oracle.ts'
import { freePort } from '../../tools/ports.ts'

/** When the server is killed: so many ms after the nth request of the devices was sent, the instant its answer is complete, or as it enters its nth system call of these. */
export type Point =
  | { at: 'sent'; request: number; ms: number }
  | { at: 'answered'; request: number }
  | { at: 'syscall'; calls: string; nth: number }

/** What a siege found. */
export interface Verdict {
  kills: number
  /** Of these, kills by a system call that was reached. */
  bySyscall: number
  enrolled: number
  commandsDone: number
  faults: string[]
}

export interface SiegeOptions {
  keys: KeySource
  database?: string | undefined
  entry?: string
  env?: Record<string, string>
  seed?: number
  progress?(line: string): void
  /** Ends at the first fault. */
  stopAtFault?: boolean
}

/** Whether this machine has strace and lets us use it. */
export const straceThere =
  existsSync('/usr/bin/strace') &&
  spawnSync('/usr/bin/strace', ['-o', '/dev/null', 'true'], { timeout: 5000 }).status === 0

/** Kills the server at every point while devices enroll and answer commands, restarts it, and holds the database against what was promised. */
export async function siege(points: readonly Point[], options: SiegeOptions): Promise<Verdict> {
  const apns = await startApns()
  const data = mkdtempSync(join(tmpdir(), 'muster-siege-'))
  writeFileSync(join(data, 'apns.pem'), apns.ca)
  const port = await freePort()
  const own: OwnOptions = {
    data,
    port,
    database: options.database,
    env: { MUSTER_APNS_URL: apns.url, MUSTER_APNS_CA: join(data, 'apns.pem'), ...options.env },
  }
  const key = setUpOwn(own, port)
  // The control server may lose what the preparation needs, so the preparation runs on the product.
  const first = await startOwn(own, key)
  const { certificate, key: pushKey } = mintPushCertificate()
  await first.call('PUT', '/push/apple', { certificate, key: pushKey, account: 'push@example.org', replace: true })
  const profileUrl = await invite(first)
  await first.stop()
  const field = new Field({ ...own, ...(options.entry ? { entry: options.entry } : {}) }, key, profileUrl, options)
  try {
    for (const [index, point] of points.entries()) {
      const found = await field.strike(point)
      if (found.length > 0) options.progress?.(`point ${index + 1} ${JSON.stringify(point)}: ${found.join('; ')}`)
      else if ((index + 1) % 20 === 0)
        options.progress?.(`${index + 1} points, ${field.verdict.enrolled} devices enrolled`)
      if (found.length > 0 && options.stopAtFault) break
    }
    if (field.verdict.faults.length === 0 || !options.stopAtFault) await field.judge()
    return field.verdict
  } finally {
    await field.close()
    await apns.close()
  }
}

class Field {
  readonly verdict: Verdict = { kills: 0, bySyscall: 0, enrolled: 0, commandsDone: 0, faults: [] }
  readonly #options: OwnOptions
  readonly #key: string
  readonly #profileUrl: string
  readonly #siege: SiegeOptions
  readonly #devices: AppleDevice[] = []
  readonly #commands = new Set<string>()
  readonly #certificates = new Set<string>()
  #own: Own | null = null

  constructor(options: OwnOptions, key: string, profileUrl: string, how: SiegeOptions) {
    this.#options = options
    this.#key = key
    this.#profileUrl = profileUrl
    this.#siege = how
  }

  /** One kill: traffic, death, restart, comparison, and the devices go on. Answers what was found wrong. */
  async strike(point: Point): Promise<string[]> {
    const own = await this.#running()
    const { child } = own
    const died = once(child, 'exit')
    let dead = false
    void died.then(() => {
      dead = true
    })
    const watch = watched(point, child)
    const tracer = point.at === 'syscall' ? await trace(child, point) : null
    const phone = this.#unpack(watch.agents)
    const veterans = this.#devices.filter(one => one.enrollment).slice(-2)
    for (const one of veterans) one.options.agents = watch.agents
    this.#devices.push(phone)
    const driving = Promise.all([this.#enroll(phone), ...veterans.map(one => this.#obey(own, one))])
    const idle = driving.then(() => sleep(30))
    await Promise.race([died, idle])
    if (tracer && dead) this.verdict.bySyscall += 1
    if (!dead) child.kill('SIGKILL')
    await died
    tracer?.kill('SIGKILL')
    this.verdict.kills += 1
    for (const one of this.#devices) for (const print of certificateOf(one)) this.#certificates.add(print)
    const lost = await this.#lost()
    this.#own = await startOwn(this.#options, this.#key)
    const found = [...lost, ...(await this.#lost())]
    await driving
    await Promise.all(veterans.map(one => this.#drain(one)))
    if (phone.enrollment) this.verdict.enrolled += 1
    else found.push(`${phone.hardware.udid} could not enroll: ${phone.ledger.troubles.at(-1)?.what ?? ''}`)
    this.verdict.faults.push(...found)
    watch.agents.close()
    return found
  }

  /** The end: every command answered exactly once, nothing left over, the log whole. */
  async judge(): Promise<void> {
    const own = await this.#running()
    await Promise.all(this.#devices.map(one => this.#drain(one)))
    const look = await lookInto(this.#options.data, this.#options.database)
    const done = await look.rows(`SELECT id, state FROM commands WHERE state = 'done'`)
    const open = await look.rows('SELECT id, kind, state FROM commands WHERE ended_at IS NULL')
    this.verdict.commandsDone = done.length
    const ids = new Set(done.map(row => String(row.id)))
    for (const id of this.#commands) if (!ids.has(id)) this.verdict.faults.push(`${id} was never carried out`)
    for (const row of open) this.verdict.faults.push(`still open: ${JSON.stringify(row)}`)
    this.verdict.faults.push(...(await this.#lost()))
    await look.close()
    for (const until = Date.now() + 60_000; ; await sleep(100)) {
      const integrity = await own.call('GET', '/events/integrity')
      if (integrity.unsealed === 0 || Date.now() > until) {
        if (integrity.verified !== true || integrity.unsealed !== 0)
          this.verdict.faults.push(`the log does not hold: ${JSON.stringify(integrity)}`)
        return
      }
    }
  }

  async #running(): Promise<Own> {
    const own = this.#own ?? (await startOwn(this.#options, this.#key))
    this.#own = own
    return own
  }

  async close(): Promise<void> {
    for (const one of this.#devices) putAway(one)
    await this.#own?.stop()
  }

  #unpack(agents: Agents): AppleDevice {
    const seed = (this.#siege.seed ?? 1) * 100_000 + this.#devices.length
    return device({ model: 'iPhone 17', seed, keys: this.#siege.keys, agents, timeoutMs: 10_000 })
  }

  /** A person who tries until it works. */
  async #enroll(phone: AppleDevice): Promise<void> {
    for (let tries = 0; tries < 8 && !phone.enrollment; tries += 1) {
      try {
        await enroll(phone, { profileUrl: this.#profileUrl, attempts: 12, pauseMs: 60 })
      } catch (error) {
        phone.ledger.troubles.push({ at: Date.now(), what: String(error) })
        await sleep(150)
      }
    }
    await this.#drain(phone)
  }

  async #obey(own: Own, one: AppleDevice): Promise<void> {
    for (const kind of ['profiles.query', 'lock']) {
      try {
        const found = (await own.call('GET', `/devices?filter=${encodeURIComponent(`udid:${one.hardware.udid}`)}`))
          .items
        const id = (found as { id: string }[])[0]?.id
        const sent = await own.call('POST', `/devices/${id}/commands`, { kind, args: {} })
        this.#commands.add(String(sent.id))
      } catch {
        return // the server died; nothing was promised
      }
      await connect(one)
    }
  }

  async #drain(one: AppleDevice): Promise<void> {
    for (let tries = 0; tries < 100 && one.enrollment; tries += 1) {
      const { ended } = await connect(one)
      if (ended === 'empty') return
      await sleep(60)
    }
  }

  async #lost(): Promise<string[]> {
    const look = await lookInto(this.#options.data, this.#options.database)
    const promises = { devices: this.#devices, commands: this.#commands, certificates: this.#certificates }
    const found = [...(await broken(look, promises)), ...(await inconsistent(look))]
    await look.close()
    return found
  }
}

/** Connections of devices that kill the server when the point is reached. */
function watched(point: Point, child: ChildProcess): { agents: Agents } {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  const plain = Reflect.get(agent, 'addRequest') as (request: ClientRequest, ...rest: unknown[]) => void
  let seen = 0 // requests of the devices so far
  Reflect.set(agent, 'addRequest', (request: ClientRequest, ...rest: unknown[]) => {
    seen += 1
    const kill = (): void => void child.kill('SIGKILL')
    if (point.at === 'sent' && seen === point.request) setTimeout(kill, point.ms)
    if (point.at === 'answered' && seen === point.request) request.once('response', answer => answer.once('end', kill))
    plain.call(agent, request, ...rest)
  })
  return { agents: { http: agent, https: undefined as never, close: () => agent.destroy() } }
}

/** Lets strace kill the server at its nth system call from now on. */
async function trace(child: ChildProcess, { calls, nth }: { calls: string; nth: number }): Promise<ChildProcess> {
  const args = ['-f', '-p', String(child.pid), '-o', '/dev/null', '-e', `trace=${calls}`]
  const tracer = spawn('/usr/bin/strace', [...args, '-e', `inject=${calls}:signal=SIGKILL:when=${nth}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await new Promise<void>((resolve, reject) => {
    tracer.stderr?.on('data', (chunk: Buffer) => /attached/.test(String(chunk)) && resolve())
    tracer.once('exit', code => reject(new Error(`strace ended with ${code}`)))
    setTimeout(resolve, 3000)
  })
  tracer.stderr?.resume()
  return tracer
}
