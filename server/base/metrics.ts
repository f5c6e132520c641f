import { timingSafeEqual } from 'node:crypto'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { own } from './db.ts'
import { digest } from './id.ts'
import { Problem } from './problem.ts'
import { type Call, type Route, rawRoute } from './route.ts'
import type { Base } from './transact.ts'

/** What is counted for one server process. */
export interface Metrics {
  registry: Registry
  answered: Histogram<'method' | 'route' | 'status' | 'plane'>
  jobs: Counter<'kind' | 'outcome'>
}

const known = new WeakMap<object, Metrics>()

/** The metrics of this server; made at first use. */
export function metricsOf(base: Base): Metrics {
  const found = known.get(base.secrets)
  if (found) return found
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 })
  const answered = new Histogram({
    name: 'muster_http_seconds',
    help: 'Time from a request to its answer, by declared route.',
    labelNames: ['method', 'route', 'status', 'plane'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  const jobs = new Counter({
    name: 'muster_jobs_total',
    help: 'Jobs run, by kind and outcome.',
    labelNames: ['kind', 'outcome'] as const,
    registers: [registry],
  })
  const gauge = (name: string, help: string, read: () => Promise<number> | number): unknown =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(await read())
      },
    })
  gauge(
    'muster_commits_total',
    'Transactions made durable; on SQLite several requests share one.',
    () => base.engine.counts.commits,
  )
  gauge(
    'muster_committed_requests_total',
    'Requests and jobs in those transactions.',
    () => base.engine.counts.requests,
  )
  gauge(
    'muster_transaction_retries_total',
    'Transactions run again because of a conflict.',
    () => base.engine.counts.retries,
  )
  gauge('muster_jobs_waiting', 'Jobs waiting for their time or a free worker.', () => countJobs(base, 'waiting'))
  gauge('muster_jobs_dead', 'Jobs set aside after too many failures.', () => countJobs(base, 'dead'))
  gauge('muster_events_unsealed', 'Recorded events that are not sealed yet.', () => countUnsealed(base))
  const made = { registry, answered, jobs }
  known.set(base.secrets, made)
  return made
}

/** `/healthz`: the process answers. `/readyz`: it can serve, database included. `/metrics`: Prometheus text, from this machine or with the token. */
export const operationRoutes: readonly Route[] = [
  rawRoute({
    method: 'GET',
    path: '/healthz',
    plane: 'public',
    auth: 'none',
    permission: null,
    summary: 'Whether the process answers.',
    bodyLimit: 0,
    accepts: [],
    reply: ['text/plain'],
    serve: async () => ({ body: 'ok\n', type: 'text/plain; charset=utf-8' }),
  }),
  rawRoute({
    method: 'GET',
    path: '/readyz',
    plane: 'public',
    auth: 'none',
    permission: null,
    summary: 'Whether the server can serve: its database answers.',
    bodyLimit: 0,
    accepts: [],
    reply: ['text/plain'],
    serve: async base => {
      await countUnsealed(base)
      return { body: 'ready\n', type: 'text/plain; charset=utf-8' }
    },
  }),
  rawRoute({
    method: 'GET',
    path: '/metrics',
    plane: 'public',
    auth: 'none',
    permission: null,
    summary: 'Prometheus metrics, for this machine or with the metrics token.',
    bodyLimit: 0,
    accepts: [],
    reply: ['text/plain'],
    serve: async (base, _input, call) => {
      if (!mayMeasure(base, call)) throw new Problem('metrics.refused')
      const { registry } = metricsOf(base)
      return { body: await registry.metrics(), type: registry.contentType }
    },
  }),
]

/** With a token set, only the token opens; without one, only a peer on loopback that no proxy speaks for, and none where proxies are named: not all say so. */
function mayMeasure(base: Base, call: Call): boolean {
  const token = base.config.metricsToken
  const peer = call.socket.remoteAddress ?? ''
  const forwarded = call.headers['x-forwarded-for'] !== undefined || call.headers.forwarded !== undefined
  const proxied = forwarded || base.config.trustedProxies.length > 0
  if (token === null) return !proxied && (peer === '::1' || peer.startsWith('127.') || peer.startsWith('::ffff:127.'))
  const offered = call.headers.authorization ?? ''
  return timingSafeEqual(Buffer.from(digest(offered)), Buffer.from(digest(`Bearer ${token}`)))
}

async function countJobs(base: Base, state: string): Promise<number> {
  const row = await base.engine.read(tx =>
    own<{ jobs: { state: string } }>(tx)
      .selectFrom('jobs')
      .select(e => e.fn.countAll<number>().as('n'))
      .where('state', '=', state)
      .executeTakeFirstOrThrow(),
  )
  return Number(row.n)
}

async function countUnsealed(base: Base): Promise<number> {
  const row = await base.engine.read(tx =>
    own<{ events: { seq: number | null } }>(tx)
      .selectFrom('events')
      .select(e => e.fn.countAll<number>().as('n'))
      .where('seq', 'is', null)
      .executeTakeFirstOrThrow(),
  )
  return Number(row.n)
}
