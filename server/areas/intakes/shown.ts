import type { z } from 'zod'
import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import * as devices from '../devices/index.ts'
import { namesOf, unitRefs } from '../identity/index.ts'
import { aboutSetups } from './promised.ts'
import { totalOf } from './intake.ts'
import type { Fault } from './line.ts'
import * as lines from './line-store.ts'
import type { countsShape, intakeShape, lineShape, rowShape } from './shapes.ts'
import type { Cause } from './standing.ts'
import * as store from './store.ts'

type Row = z.input<typeof rowShape>
type Facts = Record<string, string | number | boolean | null>

/** Intakes as lists show them, in the same order. */
export async function shownRows(ctx: Ctx, rows: readonly store.IntakeRow[]): Promise<Row[]> {
  const counts = await lines.countsOf(
    ctx,
    rows.map(r => r.id),
  )
  const names = await namesOf(
    ctx,
    rows.flatMap(r => r.blueprint ?? []),
  )
  const setups = await aboutSetups(
    ctx,
    rows.flatMap(r => r.setup ?? []),
  )
  const refOf = await unitRefs(ctx)
  const named = (id: string | null, name: string | undefined) => (id === null ? null : { id, name: name ?? '' })
  return rows.map(row => ({
    id: row.id,
    name: row.name,
    day: row.day,
    zone: row.zone,
    dayAt: row.day_at,
    state: row.state,
    unit: refOf(row.unit),
    blueprint: named(row.blueprint, names.get(row.blueprint ?? '')),
    setup: named(row.setup, setups.get(row.setup ?? '')),
    counts: countsShown(counts.get(row.id) ?? {}),
    reds: row.reds,
    ambers: row.ambers,
    checkedAt: row.checked_at,
    createdAt: row.created_at,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
  }))
}

/** Every number, also those that are none. */
export function countsShown(counts: Partial<Record<lines.LineState, number>>): z.input<typeof countsShape> {
  const of = (state: lines.LineState): number => counts[state] ?? 0
  return {
    total: totalOf(counts),
    blocked: of('blocked'),
    expected: of('expected'),
    unboxed: of('unboxed'),
    enrolled: of('enrolled'),
    configuring: of('configuring'),
    ready: of('ready'),
    stuck: of('stuck'),
  }
}

/** An intake as its page shows it. */
export async function shown(ctx: Ctx, row: store.IntakeRow): Promise<z.input<typeof intakeShape>> {
  const [base] = await shownRows(ctx, [row])
  if (!base) throw new Error('one row makes one row')
  const names = row.by_id === null ? new Map<string, string>() : await namesOf(ctx, [row.by_id])
  const checks = await store.checksOf(ctx, row.id)
  return {
    ...base,
    note: row.note,
    tag: row.tag,
    source: row.source,
    filter: row.filter,
    gathering: row.gathered !== null,
    by: { kind: row.by_kind, id: row.by_id, name: names.get(row.by_id ?? '') ?? null },
    checks: checks.map(({ code, subject, state, facts, link, since }) => ({
      code: code as z.input<typeof intakeShape>['checks'][number]['code'],
      subject,
      state,
      facts: JSON.parse(facts) as Facts,
      link,
      since,
    })),
  }
}

/** Lines as pages show them, in the same order. Whose a device will be is told to those alone who may see that person. */
export async function shownLines(ctx: Ctx, rows: readonly lines.LineRow[]): Promise<z.input<typeof lineShape>[]> {
  const names = await namesOf(
    ctx,
    rows.flatMap(r => r.user_id ?? []),
  )
  const known = new Map(
    (await devices.devicesAmong(ctx, { ids: rows.flatMap(r => r.device ?? []) })).map(d => [String(d.id), d]),
  )
  const refOf = await unitRefs(ctx)
  const people = ctx.authority.where('users:read').length > 0
  return rows.map(row => {
    const device = known.get(row.device ?? '')
    const seen = device !== undefined && may(ctx.authority, 'devices:read', device.unitPath)
    return {
      n: row.n,
      line: row.line,
      raw: people ? row.raw : '',
      serial: row.serial,
      assetTag: row.asset_tag,
      person: people ? row.person : '',
      user: people && row.user_id !== null ? { id: row.user_id, name: names.get(row.user_id) ?? '' } : null,
      place: row.place,
      unit: refOf(row.unit),
      faults: JSON.parse(row.faults) as Fault[],
      state: row.state,
      cause: row.cause as Cause | null,
      facts: JSON.parse(row.facts) as Facts,
      apps: { wanted: row.apps_wanted, there: row.apps_there },
      device: seen ? { id: device.id, name: device.name } : null,
      unboxedAt: row.unboxed_at,
      enrolledAt: row.enrolled_at,
      heardAt: row.heard_at,
      readyAt: row.ready_at,
      since: row.since,
    }
  })
}
