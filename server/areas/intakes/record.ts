import type { Ctx } from '../../base/ctx.ts'
import type { PdfBlock } from '../../base/pdf.ts'
import type { Language } from '../../base/say.ts'
import { checkCodes } from './check.ts'
import * as lines from './line-store.ts'
import { countsShown } from './shown.ts'
import * as store from './store.ts'
import { type Said, say } from './texts.ts'

/** How a record is printed. */
export interface Printing {
  language: Language
  zone: string
  now: number
}

/** What a record is made of beside its devices. */
export interface RecordOf {
  intake: store.IntakeRow
  checks: readonly store.CheckRow[]
  counts: ReturnType<typeof countsShown>
}

/** Everything of a record that fits in memory. */
export async function recordOf(ctx: Ctx, intake: store.IntakeRow): Promise<RecordOf> {
  const counts = countsShown((await lines.countsOf(ctx, [intake.id])).get(intake.id) ?? {})
  return { intake, counts, checks: await store.checksOf(ctx, intake.id) }
}

/** The record before its devices: how it turned out, and how the last look before the day was. */
export function* headBlocks({ intake, counts, checks }: RecordOf, how: Printing): Generator<PdfBlock> {
  const p = (key: Said, values?: Record<string, string>): string => say(how.language, key, values)
  yield { kind: 'heading', text: p('record', { name: intake.name }), level: 1 }
  yield { kind: 'paragraph', text: p('made', { at: instant(how.now, how), zone: how.zone }), muted: true }
  yield { kind: 'heading', text: p('counts'), level: 2 }
  const pairs: (readonly [string, string])[] = [
    [p('day'), intake.day],
    [p('opened'), intake.opened_at === null ? '' : instant(intake.opened_at, how)],
    [p('closed'), intake.closed_at === null ? '' : instant(intake.closed_at, how)],
    [p('total'), String(counts.total)],
    [p('ready'), String(counts.ready)],
    [p('stuck'), String(counts.stuck)],
    [p('left'), String(counts.expected)],
    [p('note'), intake.note],
  ]
  yield { kind: 'keyValues', pairs: pairs.filter(([, value]) => value !== '') }
  if (checks.length === 0) return
  yield { kind: 'heading', text: p('checks'), level: 2 }
  yield {
    kind: 'table',
    columns: [
      { title: p('check'), weight: 60 },
      { title: p('state'), weight: 30 },
    ],
    rows: checks.map(check => [checkName(check, how), p('color', { state: check.state })]),
  }
}

/** A device of the record as its row. */
export function rowOf(row: lines.LineRow, how: Printing): string[] {
  const p = (key: Said, values?: Record<string, string>): string => say(how.language, key, values)
  const cause = row.cause === null ? '' : p('cause', { cause: row.cause.replaceAll('-', '_') })
  const minutes =
    row.ready_at === null || row.enrolled_at === null
      ? ''
      : String(Math.round((row.ready_at - row.enrolled_at) / 60_000))
  return [
    row.serial === '' ? row.raw : row.serial,
    row.asset_tag,
    [p('line', { state: row.state }), cause].filter(t => t !== '').join(': '),
    row.enrolled_at === null ? '' : instant(row.enrolled_at, how),
    row.ready_at === null ? '' : instant(row.ready_at, how),
    minutes,
  ]
}

/** The columns of the devices of a record. */
export function columnsOf({ language }: Printing): { title: string; weight: number; align?: 'right' }[] {
  const p = (key: Said): string => say(language, key)
  return [
    { title: p('serial'), weight: 30 },
    { title: p('asset'), weight: 20 },
    { title: p('state'), weight: 40 },
    { title: p('enrolled'), weight: 30 },
    { title: p('readyAt'), weight: 30 },
    { title: p('minutes'), weight: 14, align: 'right' },
  ]
}

function checkName(check: store.CheckRow, { language }: Printing): string {
  const code = checkCodes.find(c => c === check.code)
  const facts = JSON.parse(check.facts) as { name?: unknown }
  const name = typeof facts.name === 'string' && check.subject !== '' ? ` (${facts.name})` : ''
  return `${code === undefined ? check.code : say(language, `name.${code}`)}${name}`
}

function instant(at: number, { language, zone }: Printing): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short', timeZone: zone }).format(at)
}
