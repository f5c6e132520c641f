import { everything } from '../../base/authority.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { intakeEvents } from './events.ts'
import { aboutOf, opened } from './intake.ts'
import { knownOf } from './known.ts'
import * as lines from './line-store.ts'
import { type Known, type Standing, standingOf } from './standing.ts'
import * as store from './store.ts'

/** Lines in one transaction. */
const page = 40

/** Looks at the lines that are due and moves each to where its device is. Answers whether there may be more. */
export async function lookAtDue(ctx: Ctx): Promise<boolean> {
  const rows = await lines.listDue(ctx, page)
  const whole = as(ctx, { org: ctx.org, actor: ctx.actor, authority: everything })
  const known = await knownOf(whole, rows)
  for (const [intake, of] of Map.groupBy(
    rows.map((row, i) => ({ row, known: known[i] })),
    one => one.row.intake,
  )) {
    const found = await store.find(ctx, intake)
    if (!found || found.state === 'closed')
      await lines.changeMany(
        ctx,
        intake,
        of.map(o => o.row.n),
        { look_at: null },
      )
    else await stepAll(ctx, found, of)
  }
  return rows.length === page
}

async function stepAll(
  ctx: Ctx,
  intake: store.IntakeRow,
  of: readonly { row: lines.LineRow; known: Known | undefined }[],
): Promise<void> {
  const stuckBefore = (await lines.countsOf(ctx, [intake.id])).get(intake.id)?.stuck ?? 0
  let first: { serial: string; cause: string } | null = null
  for (const { row, known } of of) {
    if (!known) continue
    const now = standingOf(known)
    await step(ctx, intake, { row, known, now })
    if (now.state === 'stuck') first ??= { serial: row.serial, cause: now.cause ?? '' }
  }
  const arrived = of.some(o => o.known?.enrollment !== null || o.known.unboxedAt !== null)
  if (intake.state === 'planned' && arrived) await opened(ctx, intake)
  const stuckNow = (await lines.countsOf(ctx, [intake.id])).get(intake.id)?.stuck ?? 0
  if (stuckBefore === 0 && stuckNow > 0 && first)
    await record(ctx, intakeEvents.stuck, aboutOf(intake), { name: intake.name, lines: stuckNow, ...first })
  if (stuckBefore > 0 && stuckNow === 0) await record(ctx, intakeEvents.freed, aboutOf(intake), { name: intake.name })
}

async function step(
  ctx: Ctx,
  intake: store.IntakeRow,
  { row, known, now }: { row: lines.LineRow; known: Known; now: Standing },
): Promise<void> {
  // What came later than that a device was ready is no matter of its arrival, but that it left is.
  if (row.state === 'ready' && now.cause !== 'left') return lines.change(ctx, row, { look_at: null })
  const moved = now.state !== row.state || now.cause !== row.cause
  await lines.change(ctx, row, {
    state: now.state,
    cause: now.cause,
    facts: JSON.stringify(now.facts),
    apps_wanted: now.apps.wanted,
    apps_there: now.apps.there,
    heard_at: known.heardAt,
    look_at: now.lookAt,
    ...(now.state === 'ready' ? { ready_at: ctx.now } : {}),
    ...(moved ? { since: ctx.now } : {}),
  })
  if (!moved) return
  const { serial, device } = row
  const data = { name: intake.name, serial, device, before: row.state, now: now.state, cause: now.cause }
  await record(ctx, intakeEvents.stepped, aboutOf(intake), data)
}
