import type { Ctx } from '../../base/ctx.ts'
import { enqueue, jobName } from '../../base/jobs.ts'

/** The loop that looks after open commands, and its pace. */
export const sweepName = jobName<Record<string, never>>('command.sweep')
export const sweepMs = 60_000
/** How soon the sweep first looks at a command that nobody answered: soon when a person waits for it. */
export const shortestLookMs = { loud: 120_000, quiet: 600_000 }
/** The loop that asks for inventories, and its pace. */
export const refreshName = jobName<Record<string, never>>('inventory.refresh')
export const refreshMs = 300_000

/** Orgs whose loops this process has made sure of; keyed by its Secrets, so that two servers in one test do not meet. */
const standing = new WeakMap<object, Set<string>>()

/** Makes sure that the org's loops run. They are jobs that keep themselves, so this matters once per org and start. */
export async function keepStanding(ctx: Ctx): Promise<void> {
  const known = standing.get(ctx.secrets) ?? new Set<string>()
  if (known.has(ctx.org)) return
  await enqueue(ctx, sweepName, {}, { dedupe: 'org', inMs: sweepMs })
  await enqueue(ctx, refreshName, {}, { dedupe: 'org', inMs: refreshMs })
  ctx.after(() => standing.set(ctx.secrets, known.add(ctx.org)))
}
