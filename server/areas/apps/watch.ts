import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { JobKind } from '../../base/jobs.ts'
import { about, findApp, putApp } from './app.ts'
import { appEvents } from './events.ts'
import { countsOf, lostStates } from './status.ts'
import * as store from './status-store.ts'
import { watchName } from './watch-later.ts'

const minuteMs = 60_000
/** A device that failed less than so long ago is between two tries. */
const lastingMs = 10 * minuteMs

/** Says once that a required app fails, and again when it fails on more or fewer devices, until it fails nowhere. Answers whether to look again. */
async function watch(ctx: Ctx, id: string): Promise<boolean> {
  const app = await findApp(ctx, id)
  if (!app) return false
  const gone = app.archivedAt !== null
  const since = ctx.now - lastingMs
  const failed = gone ? 0 : await store.countLasting(ctx, id, { states: lostStates, since })
  const { name } = app
  if (failed !== app.failing) {
    await putApp(ctx, { ...app, failing: failed })
    const { required } = await countsOf(ctx, id)
    if (failed > 0) await record(ctx, appEvents.failing, about(app), { name, failed, required })
    else await record(ctx, appEvents.recovered, about(app), { name })
  }
  if (failed > 0) return true
  return !gone && (await store.countLasting(ctx, id, { states: lostStates, since: ctx.now })) > 0
}

/** Looks how a required app that failed goes on. */
export const watchJob: JobKind<{ app: string }> = {
  name: watchName,
  attempts: 1_000_000,
  run: async (base, { payload: { app }, scope }) => {
    const again = await base.transact(scope, ctx => watch(ctx, app))
    return again ? { againInMs: lastingMs } : undefined
  },
}
