import { Gauge } from 'prom-client'
import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import { metricsOf } from '../../base/metrics.ts'
import type { Base } from '../../base/transact.ts'
import { wake } from './alert.ts'
import { sendDue } from './digest.ts'
import { severities } from './kinds.ts'
import { sendDigests, tellNews, wakeSnoozed } from './later.ts'
import * as counts from './count-store.ts'
import * as store from './store.ts'
import { tellAdmins, tellPeople } from './tell.ts'

const minute = 60_000
const keepMs = 400 * 24 * 60 * minute
const atOnce = 50

const tell: JobKind<Record<string, never>> = {
  name: tellNews,
  leaseMs: 5 * minute,
  maxWaitMs: 30_000,
  attempts: 1_000_000,
  run: async (base, { scope, signal }) => {
    while (!signal.aborted && (await base.transact(scope, ctx => tellPeople(ctx, atOnce))));
    const wait = await tellAdmins(base, scope)
    return wait === null ? undefined : { againInMs: wait }
  },
}

const rest: JobKind<{ alert: string }> = {
  name: wakeSnoozed,
  run: async (base, { scope, payload }) => {
    const left = await base.transact(scope, ctx => wake(ctx, payload.alert))
    return left === null ? undefined : { againInMs: left }
  },
}

const digest: JobKind<Record<string, never>> = {
  name: sendDigests,
  leaseMs: 5 * minute,
  maxWaitMs: 5 * minute,
  attempts: 1_000_000,
  run: async (base, { scope, signal }) => {
    const wait = await sendDue(base, scope)
    while (!signal.aborted && (await base.transact(scope, ctx => store.forget(ctx, ctx.now - keepMs, 500))) === 500);
    // Roles, zones and hours change meanwhile: nobody's hour is slept through.
    return { againInMs: Math.min(wait, 10 * minute) }
  },
}

/** What this room does by itself. */
export const jobs: readonly AnyJobKind[] = [tell, rest, digest]

/** Shows how many alerts have not ended. */
export function measure(base: Base): void {
  new Gauge({
    name: 'muster_alerts_open',
    help: 'Alerts that have not ended, by severity.',
    labelNames: ['severity'] as const,
    registers: [metricsOf(base).registry],
    async collect() {
      const found = new Map((await base.engine.read(tx => counts.openBySeverity({ tx }))).map(r => [r.severity, r.n]))
      severities.forEach((severity, n) => {
        this.set({ severity }, found.get(n + 1) ?? 0)
      })
    },
  })
}
