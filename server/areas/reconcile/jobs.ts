import { Gauge } from 'prom-client'
import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import { metricsOf } from '../../base/metrics.ts'
import type { Base } from '../../base/transact.ts'
import { computeDirty } from './compute.ts'
import { removeSets } from './desired-store.ts'
import { firstLook } from '../hours/index.ts'
import { lag } from './dirty-store.ts'
import { crossBoundary, followLog } from './follow.ts'
import { pastMs } from '../devices/index.ts'
import { armHours, crossHours } from './hours.ts'
import { boundaryName, computeName, followName, hoursName, sweepName } from './names.ts'
import { followMs, keepSetsMs, sweepMs, sweepPage } from './pace.ts'
import { removePastBefore } from './past-store.ts'
import { sweepDue } from './status.ts'

type Kind = JobKind<Record<string, never>>

const follow: Kind = {
  name: followName,
  leaseMs: 300_000,
  run: async (base, { scope, signal }) => {
    await followLog(base, scope, signal)
    return { againInMs: followMs }
  },
}

const compute: Kind = {
  name: computeName,
  leaseMs: 300_000,
  run: async (base, { scope, signal }) => {
    while ((await computeDirty(base, scope, signal)) > 0) if (signal.aborted) return { againInMs: 0 }
    return undefined
  },
}

const cross: Kind = {
  name: boundaryName,
  leaseMs: 300_000,
  run: async (base, { scope, signal }) => {
    const next = await crossBoundary(base, scope, signal)
    return next === null ? undefined : { againInMs: Math.max(0, next - base.clock.now()) }
  },
}

const hours: Kind = {
  name: hoursName,
  leaseMs: 300_000,
  run: async (base, { scope, signal }) => {
    const next = await crossHours(base, scope, signal)
    return next === null ? undefined : { againInMs: Math.max(0, next - base.clock.now()) }
  },
}

const sweep: Kind = {
  name: sweepName,
  run: async (base, { scope, signal }) => {
    while (!signal.aborted && (await base.transact(scope, ctx => sweepDue(ctx, sweepPage))) === sweepPage);
    await base.transact(scope, ctx => removeSets(ctx, ctx.now - keepSetsMs, sweepPage))
    await base.transact(scope, ctx => removePastBefore(ctx, ctx.now - pastMs))
    // Whatever became of the job that should have looked: nobody is late by more than a sweep.
    await base.transact(scope, async ctx => armHours(ctx, await firstLook(ctx)))
    return { againInMs: sweepMs }
  },
}

/** What this room does by itself. */
export const jobs: readonly AnyJobKind[] = [follow, compute, cross, hours, sweep]

/** Shows how many devices wait to be computed, and how late the oldest of them is. */
export function measure(base: Base): void {
  const { registry } = metricsOf(base)
  const gauge = (name: string, help: string, read: (waiting: Awaited<ReturnType<typeof lag>>) => number): unknown =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(read(await base.engine.read(tx => lag({ tx }))))
      },
    })
  gauge('muster_devices_dirty', 'Devices whose desired items wait to be computed.', w => w.devices)
  gauge('muster_reconcile_lag_seconds', 'How long the oldest of them has waited.', w =>
    w.since === null ? 0 : Math.max(0, base.clock.now() - w.since) / 1000,
  )
}
