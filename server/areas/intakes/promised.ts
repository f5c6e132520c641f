import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import * as roster from '../roster/index.ts'
import { freshLine } from './fresh.ts'
import { keyOf } from './line.ts'
import * as lines from './line-store.ts'
import * as store from './store.ts'

/** Refuses a setup that is not there, or may not be seen. */
export async function demandSetup(ctx: Ctx, setup: string): Promise<void> {
  try {
    await roster.setupFor(ctx, setup, 'roster:read')
  } catch (cause) {
    if (cause instanceof Problem) throw new Problem('intake.setup-elsewhere', { setup }, { cause })
    throw cause
  }
}

/** The names of these setups; those that are gone are absent. */
export async function aboutSetups(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const id of new Set(ids)) {
    const setup = await roster.findSetup(ctx, id)
    if (setup) names.set(id, setup.name)
  }
  return names
}

/** What vendors promise of the devices of these lines, by the serial number as it is compared. */
export async function entriesOf(ctx: Ctx, of: readonly lines.LineRow[]): Promise<Map<string, roster.Entry>> {
  const found = new Map<string, roster.Entry>()
  for (let at = 0; at < of.length; at += 500) {
    const serials = of.slice(at, at + 500).map(l => l.serial)
    for (const entry of await roster.entriesWith(ctx, serials)) found.set(keyOf(entry.serial), entry)
  }
  return found
}

const pageOf = 100

/** Reads one page of the roster into an intake that is all a filter of it means: what is promised, not enrolled, and expected by no other. */
export async function gatherPage(ctx: Ctx, intake: store.IntakeRow): Promise<void> {
  const filter = `${intake.filter} state:promised`.trim()
  const cursor = intake.gathered === null || intake.gathered === '' ? {} : { cursor: intake.gathered }
  const { items, next } = await roster.entries(ctx, { filter, limit: pageOf, sort: 'serial', ...cursor })
  const taken = new Set(
    (
      await lines.liveWith(
        ctx,
        items.map(e => keyOf(e.serial)),
      )
    ).map(l => l.serial_key),
  )
  const fresh = items.filter(e => e.unitPath.startsWith(intake.unit_path) && !taken.has(keyOf(e.serial)))
  const last = await lines.lastNumber(ctx, intake.id)
  await lines.add(
    ctx,
    intake.id,
    fresh.map((entry, i) => lineOf(ctx, intake, { entry, n: last + i + 1 })),
  )
  await store.change(ctx, intake.id, { gathered: next })
}

function lineOf(ctx: Ctx, intake: store.IntakeRow, { entry, n }: { entry: roster.Entry; n: number }): lines.LineRow {
  return freshLine({
    org: ctx.org,
    intake: intake.id,
    n,
    since: ctx.now,
    serial: entry.serial,
    serial_key: keyOf(entry.serial),
    asset_tag: entry.assetTag ?? '',
    user_id: entry.user,
    unit: entry.unit,
    unit_path: entry.unitPath,
  })
}

/** Says to the roster how these devices are to be received, where they belong and whose they are. Those that are not promised are passed by. */
export async function tellRoster(ctx: Ctx, intake: store.IntakeRow, of: readonly lines.LineRow[]): Promise<void> {
  const promised = await entriesOf(ctx, of)
  const known = of.flatMap(line => {
    const entry = promised.get(line.serial_key)
    return entry ? [{ line, entry }] : []
  })
  const { setup } = intake
  const anew = setup === null ? [] : known.filter(({ entry }) => !stands(entry, setup))
  if (anew.length > 0)
    await roster.changeEntries(
      ctx,
      anew.map(k => k.entry.serial),
      { setup },
    )
  const placed = known.filter(({ line, entry }) => entry.unit !== line.unit)
  for (const [unit, some] of Map.groupBy(placed, k => k.line.unit))
    await roster.changeEntries(
      ctx,
      some.map(k => k.entry.serial),
      { unit },
    )
  for (const { line, entry } of known)
    if (line.user_id !== null && entry.user !== line.user_id)
      await roster.changeEntries(ctx, [entry.serial], { user: line.user_id })
}

/** The vendor has taken the setup for this device, or is about to. */
function stands({ setup, assigned }: roster.Entry, wanted: string): boolean {
  return setup === wanted && ['wanted', 'assigned', 'delivered'].includes(assigned)
}
