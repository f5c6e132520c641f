import type { IncomingHttpHeaders } from 'node:http'
import type { Socket } from 'node:net'
import type { z } from 'zod'
import type { Authority } from './authority.ts'
import type { Actor, Ctx } from './ctx.ts'
import type { Id } from './id.ts'
import type { Base } from './transact.ts'

/** Who may reach a route: devices, the browser, API clients and the browser, or anyone. */
export type Plane = 'device' | 'console' | 'api' | 'public'

/** How a caller proves itself: not at all, by a session cookie, by a session or an API key, as a person by a visit of their own, or as a device (the platform checks). */
export type Authentication = 'none' | 'session' | 'admin' | 'person' | 'device'

/** Someone who is known: what the identity area answers for a cookie or a bearer key. */
export interface Principal {
  org: Id<'org'>
  actor: Actor
  authority: Authority
}

/** What a route may know of the request beside its validated parts. */
export interface Call {
  readonly principal: Principal | null
  readonly method: string
  readonly address: string
  readonly agent: string
  readonly headers: IncomingHttpHeaders
  readonly request: string
  readonly url: string
  readonly socket: Socket
  /** The body as it came, on routes with `body: 'bytes'`. */
  readonly bytes: Uint8Array
  readonly signal: AbortSignal
}

/** An answer with something beside its body. A `Uint8Array` or string body needs `type`, and so does one that comes in parts. */
export interface Reply<R> {
  status?: number
  body: R
  type?: string
  headers?: Record<string, string>
}

interface Declared {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | readonly ('GET' | 'POST' | 'PUT')[]
  /** Fastify's form: `/api/v1/devices/:id`. */
  path: string
  plane: Plane
  auth: Authentication
  /** The permission needed on at least one unit; the domain function checks the unit. null only with auth none, person, device, or where any signed-in person may (say why in `summary`). */
  permission: string | null
  summary: string
  /** Largest body in bytes; 0 when the route takes none. */
  bodyLimit: number
  /** Content types of the body; empty when the route takes none. */
  accepts: readonly string[]
  stability?: 'stable' | 'experimental'
  /** Answers HEAD too, which changes nothing. */
  head?: boolean
  /** Whether somebody is expected at this very address: who is not, is refused before a body is taken in that would be large. */
  expects?(base: Base, params: Readonly<Record<string, string>>): Promise<boolean>
}

/** A route as the list in main holds it. The server refuses to start when one does not say all of this. */
export interface Route extends Declared {
  params: z.ZodType | null
  query: z.ZodType | null
  body: z.ZodType | 'bytes' | null
  /** The answer's schema, which is also the filter: what it does not name does not leave. Or the content type of bytes, or 'stream'. */
  reply: z.ZodType | { bytes: readonly string[] } | 'stream' | null
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: the input's type is known where the route is written
  run: ((ctx: Ctx, input: any, call: Call) => Promise<unknown>) | null
  // biome-ignore lint/suspicious/noExplicitAny: as above
  serve: ((base: Base, input: any, call: Call) => Promise<Reply<unknown> | AsyncIterable<string>>) | null
}

const json = ['application/json'] as const
const defaultLimit = 1024 * 1024

interface Schemas<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> {
  params?: P
  query?: Q
  body?: B
  reply?: R
  status?: number
}

interface Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  params: z.output<P>
  query: z.output<Q>
  body: z.output<B>
}

type JsonDeclared = Omit<Declared, 'bodyLimit' | 'accepts' | 'plane' | 'auth' | 'method'> &
  Partial<Pick<Declared, 'bodyLimit' | 'accepts' | 'plane' | 'auth'>> & {
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  }

/** A JSON route of the API: validated input, one transaction (a read for GET), one domain call, filtered output. Idempotency-Key works by itself on writes. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  declared: JsonDeclared &
    Schemas<P, Q, B, R> & {
      run(ctx: Ctx, input: Input<P, Q, B>, call: Call): Promise<R extends z.ZodType ? z.input<R> : undefined>
    },
): Route {
  return { ...filled(declared), run: declared.run, serve: null }
}

/** A JSON route that opens its own transactions, because it must do slow work between them (password hashing, key generation). */
export function servedRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  declared: JsonDeclared &
    Schemas<P, Q, B, R> & { serve(base: Base, input: Input<P, Q, B>, call: Call): Promise<Reply<z.input<R>>> },
): Route {
  return { ...filled(declared), run: null, serve: declared.serve }
}

/** A route that takes or gives bytes: device protocols, files, pages, streams of events. It opens its own transactions. */
export function rawRoute<P extends z.ZodType, Q extends z.ZodType>(
  declared: Declared & {
    params?: P
    query?: Q
    reply: readonly string[] | 'stream'
    status?: number
    serve(
      base: Base,
      input: { params: z.output<P>; query: z.output<Q> },
      call: Call,
    ): Promise<Reply<Uint8Array | string | AsyncIterable<Uint8Array> | null> | AsyncIterable<string>>
  },
): Route {
  const { params, query, reply, status, serve, ...rest } = declared
  return {
    ...rest,
    params: params ?? null,
    query: query ?? null,
    body: declared.bodyLimit > 0 ? 'bytes' : null,
    reply: reply === 'stream' ? 'stream' : { bytes: reply },
    status: status ?? 200,
    run: null,
    serve,
  }
}

function filled(
  declared: JsonDeclared & Schemas<z.ZodType, z.ZodType, z.ZodType, z.ZodType>,
): Omit<Route, 'run' | 'serve'> {
  const { params, query, body, reply, status, ...rest } = declared
  return {
    ...rest,
    plane: declared.plane ?? 'api',
    auth: declared.auth ?? 'admin',
    bodyLimit: body ? (declared.bodyLimit ?? defaultLimit) : 0,
    accepts: body ? (declared.accepts ?? json) : [],
    params: params ?? null,
    query: query ?? null,
    body: body ?? null,
    reply: reply ?? null,
    status: status ?? (reply ? 200 : 204),
  }
}

/** What keeps a route from being served: the sentences a developer reads when the server refuses to start. */
export function faultsOf(routes: readonly Route[]): string[] {
  const faults: string[] = []
  const seen = new Set<string>()
  for (const r of routes) {
    const name = `${[r.method].flat().join('|')} ${r.path}`
    const fault = (text: string): unknown => faults.push(`${name}: ${text}`)
    if (seen.has(name)) fault('declared twice')
    seen.add(name)
    if (!r.plane || !r.auth || !r.summary) fault('declares no plane, authentication or summary')
    if (r.permission === undefined) fault('declares no permission')
    if (['none', 'device', 'person'].includes(r.auth) && r.permission !== null) fault('a permission needs an admin')
    if (r.plane === 'device' && r.auth !== 'device' && r.auth !== 'none') fault('a device is never an admin')
    if (r.body !== null && (r.bodyLimit <= 0 || r.accepts.length === 0))
      fault('takes a body but declares no limit or content type')
    if (r.reply === null && r.status !== 204 && r.status !== 202) fault('declares no response schema')
    if (!r.run && !r.serve) fault('does nothing')
  }
  return faults
}
