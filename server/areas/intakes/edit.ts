import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import { unitOf } from '../identity/index.ts'
import { intakeEvents } from './events.ts'
import { aboutOf, liveFor, lineRow } from './intake.ts'
import { prepareSoon } from './later.ts'
import { type Judged, judgeLines } from './line.ts'
import * as lines from './line-store.ts'
import { cleanSerial, type Given, mostLines } from './read.ts'
import type { IntakeRow } from './store.ts'

/** Adds lines behind those that are there. */
export async function addLines(ctx: Ctx, id: string, given: readonly Given[]): Promise<void> {
  const intake = await liveFor(ctx, id)
  const all = await lines.listAfter(ctx, id, 0, mostLines)
  if (all.length + given.length > mostLines) throw new Problem('intake.too-many', { most: mostLines })
  const known = new Map(all.map(l => [l.serial_key, l.line ?? l.n]))
  const judged = await judgeLines(ctx, await unitOf(ctx, intake.unit), given, known)
  const last = await lines.lastNumber(ctx, id)
  await lines.add(
    ctx,
    id,
    judged.map((line, i) => lineRow(ctx, id, last + i + 1, line)),
  )
  await edited(ctx, intake, judged)
}

/** What may be said anew of a line. */
export interface Mended {
  serial?: string | undefined
  assetTag?: string | undefined
  person?: string | undefined
  unit?: string | undefined
}

/** Says anew what is wrong or missing in a line, as long as its device is not there. */
export async function mendLine(ctx: Ctx, id: string, n: number, to: Mended): Promise<lines.LineRow> {
  const { intake, row } = await lineFor(ctx, id, n)
  const given: Given = {
    line: row.line,
    raw: row.raw,
    serial: to.serial === undefined ? row.serial : cleanSerial(to.serial),
    assetTag: to.assetTag ?? row.asset_tag,
    person: to.person ?? row.person,
    place: to.unit ?? row.place,
    torn: false,
  }
  // It does not stand in its own way.
  await lines.change(ctx, row, { serial_key: '' })
  const [judged] = await judgeLines(ctx, await unitOf(ctx, intake.unit), [given])
  if (!judged) throw new Error('one line makes one line')
  const { n: _, intake: __, org: ___, ...after } = lineRow(ctx, id, n, judged)
  await lines.change(ctx, row, after)
  await edited(ctx, intake, [judged])
  return { ...row, ...after }
}

/** Takes a line out whose device is not there. */
export async function removeLine(ctx: Ctx, id: string, n: number): Promise<void> {
  const { intake, row } = await lineFor(ctx, id, n)
  await lines.remove(ctx, row)
  await edited(ctx, intake, [])
}

async function lineFor(ctx: Ctx, id: string, n: number): Promise<{ intake: IntakeRow; row: lines.LineRow }> {
  const intake = await liveFor(ctx, id)
  const row = await lines.find(ctx, id, n)
  if (!row) throw new Problem('id.unknown')
  demand(ctx.authority, 'intakes:write', row.unit_path, 'intakes:read')
  if (row.device !== null) throw new Problem('intake.line-taken')
  return { intake, row }
}

async function edited(ctx: Ctx, intake: IntakeRow, judged: readonly Judged[]): Promise<void> {
  const data = { name: intake.name, lines: judged.length, blocked: judged.filter(l => l.blocked).length }
  await record(ctx, intakeEvents.edited, aboutOf(intake), data)
  await prepareSoon(ctx, intake.id)
}
