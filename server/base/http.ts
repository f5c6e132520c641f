import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import { z } from 'zod'
import { nothing } from './authority.ts'
import type { Ctx, Scope } from './ctx.ts'
import { answerOnce } from './answers.ts'
import { readJson, sameSite, secured } from './guard.ts'
import type { Id } from './id.ts'
import { metricsOf } from './metrics.ts'
import { pace } from './pace.ts'
import { Problem, Unavailable } from './problem.ts'
import { answerProblem, translate } from './refusal.ts'
import { send, stream } from './reply.ts'
import { type Call, faultsOf, type Principal, type Reply, type Route } from './route.ts'
import type { Base } from './transact.ts'

/** What the areas above give to the HTTP edge. */
export interface Edge {
  routes: readonly Route[]
  /** Who a cookie or a bearer key belongs to; null when it is unknown. Throws `key.refused` for a bad key. */
  authenticate(
    base: Base,
    request: { cookie: string | undefined; bearer: string | undefined; address: string; agent: string },
  ): Promise<Principal | null>
  /** Which user's visit a cookie belongs to, who holds no permission at all; null when it is unknown or over. */
  visiting?(base: Base, request: { cookie: string | undefined }): Promise<Principal | null>
  /** Refuses what nobody who is known may do at the moment, in the transaction of the request. */
  refuse?(ctx: Ctx, route: Pick<Route, 'method' | 'path'>): Promise<void>
  /** How a platform says a problem in its own protocol, for routes of the device plane; by path prefix. */
  deviceProblem?(path: string, error: unknown): Reply<Uint8Array | string | null>
  tls?: { cert: string; key: string; requestCert?: boolean; ca?: string } | null
}

export const sessionCookie = '__Host-muster'
/** Carries the visit of a person, beside and apart from the session of an admin. */
export const visitCookie = '__Host-muster-person'
/** Builds the server's HTTP edge from declared routes. Throws when a route does not declare all it must. */
export async function buildHttp(base: Base, edge: Edge): Promise<FastifyInstance> {
  const faults = faultsOf(edge.routes)
  if (faults.length > 0)
    throw new Error(`The server does not start, because these routes are not fully declared:\n${faults.join('\n')}`)
  const app = fastify({
    logger: false,
    bodyLimit: 1024 * 1024,
    requestTimeout: 30_000,
    keepAliveTimeout: 75_000,
    genReqId: () => randomUUID(),
    trustProxy: base.config.trustedProxies.length > 0 ? [...base.config.trustedProxies] : false,
    routerOptions: { maxParamLength: 512 },
    http: { maxHeaderSize: 64 * 1024, headersTimeout: 10_000 },
    https: edge.tls
      ? { ...edge.tls, maxHeaderSize: 64 * 1024, headersTimeout: 10_000, rejectUnauthorized: false }
      : null,
  } as object) as unknown as FastifyInstance
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  await app.register(cookie)
  const { answered } = metricsOf(base)
  const planes = new Map(edge.routes.map(r => [r.path, r.plane]))
  app.addHook('onResponse', async (request, reply) => {
    const path = request.routeOptions.url ?? 'unknown'
    answered.observe(
      { method: request.method, route: path, status: String(reply.statusCode), plane: planes.get(path) ?? 'public' },
      reply.elapsedTime / 1000,
    )
  })
  app.setNotFoundHandler((request, reply) => answerProblem(request, reply, new Problem('route.unknown')))
  app.setErrorHandler((error, request, reply) => answerProblem(request, reply, translate(error)))
  for (const one of edge.routes) mount(app, base, edge, one)
  return app
}

function mount(app: FastifyInstance, base: Base, edge: Edge, one: Route): void {
  app.route({
    method: [one.method].flat(),
    url: one.path,
    bodyLimit: Math.max(one.bodyLimit, 1),
    // A GET of bytes may change something (an enrollment profile is good once), which a HEAD must not; whoever probes looks at /healthz.
    exposeHeadRoute:
      one.method === 'GET' &&
      (one.run !== null || one.head === true || one.path === '/healthz' || one.path === '/readyz'),
    // Before the body is read: megabytes of someone unknown would be kept only to be refused.
    onRequest: (request, reply) =>
      faultsNoted(base, one, request, async () => {
        paced(base, one, request.ip)
        if (one.plane !== 'device') secured(reply)
        const params = request.params as Readonly<Record<string, string>>
        if (one.expects && !(await one.expects(base, params))) throw new Problem('route.unknown')
        known.set(request, await whoIs(base, edge, one, request))
      }),
    handler: async (request, reply) => {
      await faultsNoted(base, one, request, () => answer(base, edge, one, request, reply))
      return reply
    },
    errorHandler: (error, request, reply) => {
      const problem = translate(error)
      if (one.plane === 'device' && edge.deviceProblem) return void send(reply, edge.deviceProblem(one.path, problem))
      return answerProblem(request, reply, problem)
    },
  })
}

/** Does what a request wants; what fails in a way nobody foresaw is in the log. */
async function faultsNoted(base: Base, one: Route, request: FastifyRequest, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const problem = translate(error)
    if (!(problem instanceof Problem) && !(problem instanceof Unavailable))
      base.log.error(
        {
          request: request.id,
          route: one.path,
          error: error instanceof Error ? error.stack : String(error),
          cause: error instanceof Error ? String(error.cause ?? '') : '',
        },
        'fault',
      )
    throw problem
  }
}

/** Who asks, found before the body is read. */
const known = new WeakMap<FastifyRequest, Principal | null>()

/** What one address may ask before anyone knows who it is: generous to a school behind one address, costly to a flood. */
const strangers = new WeakMap<object, ReturnType<typeof pace>>()

function paced(base: Base, one: Route, address: string): void {
  if (one.auth !== 'none') return
  const buckets = strangers.get(base.secrets) ?? pace({ burst: 1500, perSecond: 200 })
  strangers.set(base.secrets, buckets)
  const waitMs = buckets.take(address, base.clock.monotonic())
  if (waitMs > 0) throw new Problem('request.too-many', { retryAfter: Math.ceil(waitMs / 1000) })
}

async function answer(base: Base, edge: Edge, one: Route, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const principal = known.get(request) ?? null
  const call: Call = { ...callOf(request), principal }
  const input = validated(one, request)
  if (one.serve) {
    if (principal && one.method !== 'GET') await base.read(principal, async ctx => edge.refuse?.(ctx, one))
    const answered = await one.serve(base, input, call)
    if (Symbol.asyncIterator in answered) return stream(reply, answered)
    return send(
      reply,
      one.reply instanceof z.ZodType
        ? { status: one.status, ...answered, body: filtered(one, answered.body) }
        : { status: one.status, ...answered },
    )
  }
  const run = one.run
  if (!run) return
  const scope: Scope = principal
    ? { ...principal, request: call.request }
    : {
        org: '' as Id<'org'>,
        actor: { kind: 'system', id: null, what: 'anyone' },
        authority: nothing,
        request: call.request,
      }
  if (one.method === 'GET') {
    const body = await base.read(scope, ctx => run(ctx, input, call))
    return send(reply, { status: one.status, body: filtered(one, body) })
  }
  const key = request.headers['idempotency-key']
  const stored = await base.transact(scope, async ctx => {
    if (principal) await edge.refuse?.(ctx, one)
    return answerOnce(ctx, typeof key === 'string' ? key : null, one, input, async () => ({
      status: one.status,
      body: filtered(one, await run(ctx, input, call)),
    }))
  })
  await send(reply, stored)
}

async function whoIs(base: Base, edge: Edge, one: Route, request: FastifyRequest): Promise<Principal | null> {
  if (one.auth === 'session' || one.auth === 'admin') return identified(base, edge, one, request)
  if (one.auth !== 'person') return null
  const principal = await edge.visiting?.(base, { cookie: request.cookies[visitCookie] })
  if (!principal) throw new Problem('session.missing')
  if (request.method !== 'GET') sameSite(base.config, request)
  return principal
}

async function identified(base: Base, edge: Edge, one: Route, request: FastifyRequest): Promise<Principal> {
  const header = request.headers.authorization
  const bearer = one.auth === 'admin' && header?.startsWith('Bearer ') ? header.slice(7) : undefined
  const principal = await edge.authenticate(base, {
    cookie: bearer === undefined ? request.cookies[sessionCookie] : undefined,
    bearer,
    address: request.ip,
    agent: request.headers['user-agent'] ?? '',
  })
  if (!principal) throw new Problem('session.missing')
  if (bearer === undefined && request.method !== 'GET') sameSite(base.config, request)
  if (one.permission !== null && principal.authority.where(one.permission).length === 0)
    throw new Problem('permission.missing', { permission: one.permission })
  return principal
}

function validated(one: Route, request: FastifyRequest): { params: unknown; query: unknown; body: unknown } {
  if (one.auth === 'none' && one.plane === 'console' && request.method !== 'GET') sameSiteLoose(request)
  return {
    params: one.params ? parsed(one.params, request.params, 'path') : {},
    query: one.query ? parsed(one.query, request.query, 'query') : {},
    body: one.body instanceof z.ZodType ? parsed(one.body, jsonOf(one, request), 'body') : undefined,
  }
}

/** Sign-in and set-up have no session yet, but a form of another site must not reach them either. */
function sameSiteLoose(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new Problem('request.foreign-origin')
}

function jsonOf(one: Route, request: FastifyRequest): unknown {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const body = request.body as Buffer | undefined
  if (!body || body.length === 0) return {}
  if (!one.accepts.includes(type)) throw new Problem('request.content-type', { accepts: [...one.accepts] })
  try {
    return readJson(body)
  } catch (cause) {
    throw new Problem('request.malformed', {}, { cause, fields: [{ path: 'body', message: 'is not JSON' }] })
  }
}

function parsed(schema: z.ZodType, value: unknown, where: string): unknown {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new Problem(
    'request.malformed',
    {},
    { fields: result.error.issues.map(i => ({ path: [where, ...i.path.map(String)].join('.'), message: i.message })) },
  )
}

function filtered(one: Route, body: unknown): unknown {
  return one.reply instanceof z.ZodType ? one.reply.parse(body) : null
}

function callOf(request: FastifyRequest): Omit<Call, 'principal'> {
  const gone = new AbortController()
  request.raw.once('close', () => request.raw.destroyed && gone.abort())
  const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array()
  return {
    method: request.method,
    address: request.ip,
    agent: request.headers['user-agent'] ?? '',
    headers: request.headers,
    request: request.id,
    url: request.raw.url ?? '',
    socket: request.raw.socket,
    bytes,
    signal: gone.signal,
  }
}
