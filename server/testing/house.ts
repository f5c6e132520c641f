import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { createOrg } from '../areas/identity/index.ts'
import { everything } from '../base/authority.ts'
import { movableClock } from '../base/clock.ts'
import { readConfig } from '../base/config.ts'
import type { Ctx, Scope } from '../base/ctx.ts'
import { own } from '../base/db.ts'
import type { Id } from '../base/id.ts'
import { silentLog } from '../base/log.ts'
import type { EventTables } from '../base/seal.ts'
import { joinServer, openBase, type Server } from '../main.ts'
import { given, type Given } from './given.ts'
import { freshGround } from './ground.ts'

/** A whole server for one test: its own database on the engine under test, a clock that is moved by hand, nothing faked. */
export interface House {
  server: Server
  base: Server['base']
  org: Id<'org'>
  /** The top unit of the org. */
  root: { id: Id<'unit'>; path: string }
  given: Given
  now(): number
  pass(ms: number): void
  /** Moves the wall clock alone, as a wrong time server does. */
  jump(ms: number): void
  /** Runs one transaction as the system in the house's org. */
  run<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>
  as<T>(principal: Pick<Scope, 'org' | 'actor' | 'authority'>, work: (ctx: Ctx) => Promise<T>): Promise<T>
  /** Sends one request through the HTTP edge without a socket. `as` is the text of a bearer key. JSON bodies are parsed. */
  http(
    method: string,
    url: string,
    options?: { body?: unknown; as?: string; headers?: Record<string, string> },
    // biome-ignore lint/suspicious/noExplicitAny: tests read answers of any form
  ): Promise<{ status: number; body: any; headers: Record<string, string>; bytes: Uint8Array }>
  /** Types of the events recorded, oldest first. */
  events(): Promise<string[]>
  /** Runs due jobs and seals the log. */
  settle(): Promise<void>
}

const start = Date.UTC(2026, 10, 20, 9, 0, 0)

/** Opens a house for this test and closes it after. Jobs run and the log is sealed when the test settles it, and at no other time, unless it is `live`. TEST_DB=postgres://… chooses a database of its own on that PostgreSQL; tests never ask which. */
export async function house(
  t: TestContext,
  environment: Record<string, string> = {},
  options: { empty?: boolean; live?: boolean } = {},
): Promise<House> {
  const data = mkdtempSync(join(tmpdir(), 'muster-house-'))
  const config = readConfig({
    MUSTER_DATA: data,
    MUSTER_URL: 'https://muster.test',
    MUSTER_LISTEN: 'http://127.0.0.1:0',
    MUSTER_LOG_LEVEL: 'silent',
    // No test in a house takes the power, and the kernel keeps what a killed process wrote; the crash tests write to the disk in earnest.
    MUSTER_SQLITE_SYNCHRONOUS: 'OFF',
    ...environment,
  })
  const clock = movableClock(start)
  const { engine, end } = await freshGround(data)
  const base = await openBase(config, { clock, log: silentLog, ...(engine ? { engine } : {}) })
  const server = await joinServer(base, {
    pollMs: null,
    still: options.live !== true,
    console: join(data, 'no-console'),
  })
  t.after(async () => {
    await server.stop()
    await end()
    rmSync(data, { recursive: true, force: true })
  })
  // An empty house is a server at its first start: no org yet.
  const none = { org: '' as Id<'org'>, root: { id: '' as Id<'unit'>, path: '/' } }
  const { org, root } = options.empty ? none : await createOrg(base, { name: 'Havsten' })
  const system = { org, actor: { kind: 'system', id: null, what: 'test' }, authority: everything } satisfies Scope
  const opened: House = {
    server,
    base,
    org,
    root,
    given: {} as Given,
    now: () => clock.now(),
    pass: ms => clock.pass(ms),
    jump: ms => clock.jump(ms),
    run: work => base.transact(system, work),
    as: (principal, work) => base.transact(principal, work),
    http: (method, url, options) => inject(server, method, url, options ?? {}),
    events: async () => {
      const rows = await base.engine.read(tx =>
        own<EventTables>(tx).selectFrom('events').select('type').orderBy('id').execute(),
      )
      return rows.map(r => r.type)
    },
    settle: async () => {
      // What is sealed may make work, and that work events.
      for (let round = 0; round < 2; round += 1) {
        await server.worker.settle()
        await server.sealing.settle()
      }
    },
  }
  return Object.assign(opened, { given: given(opened) })
}

async function inject(
  server: Server,
  method: string,
  url: string,
  options: { body?: unknown; as?: string; headers?: Record<string, string> },
) {
  const bytes = options.body instanceof Uint8Array
  const headers: Record<string, string> = {
    ...(options.body !== undefined && !bytes ? { 'content-type': 'application/json' } : {}),
    ...(options.as ? { authorization: `Bearer ${options.as}` } : {}),
    ...options.headers,
  }
  const payload =
    options.body === undefined
      ? undefined
      : options.body instanceof Uint8Array
        ? Buffer.from(options.body)
        : JSON.stringify(options.body)
  const answer = await server.http.inject({
    method: method as 'GET',
    url,
    headers,
    ...(payload === undefined ? {} : { payload }),
  })
  const json = /json/.test(String(answer.headers['content-type'] ?? ''))
  return {
    status: answer.statusCode,
    body: json && answer.body !== '' ? (JSON.parse(answer.body) as unknown) : answer.body,
    headers: answer.headers as Record<string, string>,
    bytes: new Uint8Array(answer.rawPayload),
  }
}
