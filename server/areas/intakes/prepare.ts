import { everything } from '../../base/authority.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { JobKind } from '../../base/jobs.ts'
import { checkIntake } from './check.ts'
import { intakeEvents } from './events.ts'
import { aboutOf, totalOf } from './intake.ts'
import { prepareName } from './later.ts'
import * as lines from './line-store.ts'
import { gatherPage, tellRoster } from './promised.ts'
import * as store from './store.ts'

/** Reads the roster, tells it what is wanted, and looks whether all is ready: a page at a time, going on where it was. */
export const prepareJob: JobKind<{ intake: string }> = {
  name: prepareName,
  leaseMs: 120_000,
  run: async (base, { scope, payload: { intake }, signal }) => {
    while (!signal.aborted && (await base.transact(scope, ctx => preparePage(ctx, intake))));
    if (!signal.aborted) await base.transact(scope, ctx => checkIntake(ctx, intake))
    return undefined
  },
}

/** One page of what is to be done; answers whether there is more. */
async function preparePage(reader: Ctx, id: string): Promise<boolean> {
  const intake = await store.find(reader, id)
  if (!intake || intake.state === 'closed') return false
  const ctx = as(reader, { org: reader.org, actor: reader.actor, authority: everything })
  if (intake.gathered !== null) {
    await gatherPage(ctx, intake)
    return true
  }
  const page = await lines.listUnreadied(ctx, id, 100)
  if (page.length === 0) return false
  await tellRoster(ctx, intake, page)
  await lines.changeMany(
    ctx,
    id,
    page.map(l => l.n),
    { readied: 1 },
  )
  if (page.length === 100) return true
  const total = totalOf((await lines.countsOf(ctx, [id])).get(id) ?? {})
  await record(ctx, intakeEvents.prepared, aboutOf(intake), { name: intake.name, lines: total })
  return false
}
