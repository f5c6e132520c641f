import type { AnyJobKind, JobKind } from '../../base/jobs.ts'
import * as store from './export-store.ts'
import { make } from './make.ts'
import { watchName } from './names.ts'
import { orderDue } from './report.ts'

const hourMs = 3_600_000
const listedMs = 90 * 24 * hourMs
const atOnce = 50

const watch: JobKind<Record<string, never>> = {
  name: watchName,
  leaseMs: 300_000,
  attempts: 1_000_000,
  maxWaitMs: 60_000,
  run: async (base, { scope, signal }) => {
    let next: number | null = null
    for (;;) {
      const due = await base.transact(scope, orderDue)
      next = due.next
      if (due.ordered === 0 || signal.aborted) break
    }
    for (;;) {
      const old = await base.read(scope, ctx => store.expiredExports(ctx, atOnce))
      // The bytes go first: a crash between leaves a file that says it is gone, never bytes that nobody knows of.
      for (const { blob, alone } of old) if (blob !== null && alone) await base.blobs.remove(blob)
      await base.transact(scope, async ctx => {
        for (const { id } of old) await store.changeExport(ctx, id, ['done'], { state: 'expired' })
        await store.removeExportsBefore(ctx, ctx.now - listedMs)
      })
      if (old.length < atOnce || signal.aborted) break
    }
    const wait = next === null ? hourMs : Math.min(hourMs, Math.max(0, next - base.clock.now()))
    return { againInMs: wait }
  },
}

/** Every job of this area. */
export const jobs: readonly AnyJobKind[] = [watch, make]
