import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { appendFileSync, mkdirSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../tools/run.ts'
import { freePort } from '../tools/ports.ts'

type Json = Record<string, unknown>

/** How to run a server of ours for a measurement. */
export interface OwnOptions {
  /** Folder of its data; kept by the caller. */
  data: string
  /** postgres://…; SQLite when absent. */
  database?: string | undefined
  env?: Record<string, string>
  /** Flags of Node, such as --cpu-prof. */
  flags?: readonly string[]
  /** Another program than server/start.ts, from the root of the checkout. */
  entry?: string
  port?: number
  /** Put before the program: strace and its arguments. */
  under?: readonly string[]
}

/** A server of ours as its own process, on plain HTTP on loopback as behind a reverse proxy. */
export interface Own {
  url: string
  port: number
  child: ChildProcess
  /** What it said on standard output and error is kept here. */
  logFile: string
  call(method: string, path: string, body?: unknown): Promise<Json>
  /** Asks it to end and waits. */
  stop(): Promise<void>
}

/** The environment of a child: ours without any setting of Muster, so that only what is named here holds. */
export function cleanEnvironment(env: Record<string, string>): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name, value]) => !/^(MUSTER_|TEST_DB$|NODE_)/.test(name) && value)
  // As the launcher does.
  const compiled = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled') }
  return { ...(Object.fromEntries(kept) as Record<string, string>), ...compiled, ...env }
}

/** The settings of a server on this port. */
export function settingsOf(options: OwnOptions, port: number): Record<string, string> {
  return cleanEnvironment({
    MUSTER_DATA: options.data,
    MUSTER_URL: `http://127.0.0.1:${port}`,
    MUSTER_LISTEN: `http://127.0.0.1:${port}`,
    MUSTER_LOG_LEVEL: 'warn',
    ...(options.database === undefined ? {} : { MUSTER_DATABASE: options.database }),
    ...options.env,
  })
}

/** Makes the first organization and an owner's key in a fresh data folder; answers the key. */
export function setUpOwn(options: OwnOptions, port: number): string {
  mkdirSync(options.data, { recursive: true })
  const env = settingsOf(options, port)
  const local = (args: string[], input = ''): string =>
    execFileSync(process.execPath, ['server/local.ts', ...args], {
      cwd: root,
      env,
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
      encoding: 'utf8',
      timeout: 60_000,
    }).trim()
  local(
    ['setup', '--email', 'bench@example.org', '--org', 'Bench', '--password-stdin'],
    'bench only: a long passphrase',
  )
  return local(['api-key', 'create', '--name', 'Bench', '--role', 'owner', '--days', '2'])
}

/** Starts the server and waits until it is ready. */
export async function startOwn(options: OwnOptions, key: string): Promise<Own> {
  const port = options.port ?? (await freePort())
  const logFile = join(options.data, 'server.log')
  mkdirSync(options.data, { recursive: true })
  const program = [process.execPath, ...(options.flags ?? []), options.entry ?? 'server/start.ts']
  const [command = '', ...args] = [...(options.under ?? []), ...program]
  const child = spawn(command, args, {
    cwd: root,
    env: settingsOf(options, port),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => appendFileSync(logFile, chunk))
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  const own: Own = {
    url: `http://127.0.0.1:${port}`,
    port,
    child,
    logFile,
    call: (method, path, body) => call(agent, { port, key }, { method, path, body }),
    stop: async () => {
      agent.destroy()
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await Promise.race([once(child, 'exit'), sleep(10_000).then(() => child.kill('SIGKILL'))])
    },
  }
  await ready(own)
  return own
}

async function ready(own: Own): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(15)) {
    if (own.child.exitCode !== null || own.child.signalCode !== null)
      throw new Error(`the server ended (${own.child.exitCode ?? own.child.signalCode}); see ${own.logFile}`)
    if (await answers(own.port)) return
  }
  throw new Error(`the server was not ready in 60 s; see ${own.logFile}`)
}

function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const sent = request({ port, host: '127.0.0.1', path: '/readyz', timeout: 2000 }, answer => {
      answer.resume()
      resolve(answer.statusCode === 200)
    })
    sent.on('timeout', () => sent.destroy())
    sent.on('error', () => resolve(false))
    sent.end()
  })
}

function call(
  agent: Agent,
  { port, key }: { port: number; key: string },
  { method, path, body }: { method: string; path: string; body: unknown },
): Promise<Json> {
  return new Promise((resolve, reject) => {
    const payload = body === undefined ? undefined : JSON.stringify(body)
    const headers = {
      authorization: `Bearer ${key}`,
      ...(payload === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    }
    const to = { agent, host: '127.0.0.1', port, path: `/api/v1${path}`, method, headers, timeout: 20_000 }
    const sent = request(to, answer => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('error', reject)
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8')
        const status = answer.statusCode ?? 0
        if (status < 300) resolve(text === '' ? {} : (JSON.parse(text) as Json))
        else reject(new Error(`${method} ${path}: ${status} ${text.slice(0, 300)}`))
      })
    })
    sent.once('timeout', () => sent.destroy(new Error('timeout')))
    sent.once('error', reject)
    sent.end(payload)
  })
}

/** Runs the work for every item, at most `width` at once; the first failure ends it. */
export async function inLanes<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const done: R[] = []
  const entries = items.entries()
  const lane = async (): Promise<void> => {
    for (const [index, item] of entries) done[index] = await work(item, index)
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane))
  return done
}
