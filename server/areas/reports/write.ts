import type { Language } from '../../base/say.ts'
import { pdf } from '../../base/pdf.ts'
import { offsetAt } from '../../base/zone.ts'
import { type XlsxCell, xlsx } from '../../base/xlsx.ts'
import { type CsvEncoding, csvLine, encodeCsv } from '../views/index.ts'
import type { Cell, Line } from './column.ts'
import { codeText, say, titleOf } from './texts.ts'

/** What a report can be written as. */
export const formats = ['csv', 'xlsx', 'pdf', 'json'] as const
export type Format = (typeof formats)[number]

/** The content type of each. */
export const contentTypes: Readonly<Record<Format | 'zip', string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
  json: 'application/json',
  zip: 'application/zip',
}

/** A report while it is written: what it says of itself, its columns, and its lines as they come. */
export interface Sheet {
  kind: string
  title: string
  language: Language
  zone: string
  at: number
  /** Absent where it is true at one instant. */
  from: number | null
  filter: string
  columns: readonly string[]
  encoding: CsvEncoding
  lines: AsyncIterable<Line>
}

/** The bytes of a report as they come to be; memory does not grow with its lines. */
export function written(format: Format, sheet: Sheet): AsyncGenerator<Uint8Array> {
  switch (format) {
    case 'csv':
      return asCsv(sheet)
    case 'json':
      return asJson(sheet)
    case 'xlsx':
      return asXlsx(sheet)
    case 'pdf':
      return asPdf(sheet)
  }
}

const flushAt = 32 * 1024

async function* asCsv({ columns, language, zone, encoding, lines }: Sheet): AsyncGenerator<Uint8Array> {
  let text = csvLine(columns.map(c => titleOf(language, c)))
  let first = true
  for await (const line of lines) {
    text += csvLine(columns.map(c => csvText(line[c] ?? null, language, zone)))
    if (text.length < flushAt) continue
    yield encodeCsv(text, encoding, first)
    first = false
    text = ''
  }
  yield encodeCsv(text, encoding, first)
}

function csvText(cell: Cell, language: Language, zone: string): string {
  if (cell === null) return ''
  if (typeof cell === 'boolean') return say(language, cell ? 'said.yes' : 'said.no')
  if (typeof cell !== 'object') return String(cell)
  if ('code' in cell) return codeText(language, cell.code)
  return 'instant' in cell ? isoIn(cell.instant, zone) : cell.day
}

/** An instant as ISO 8601 on the wall clock of a zone. */
function isoIn(instant: number, zone: string): string {
  const offset = Math.round(offsetAt(instant, zone) / 60_000)
  const local = new Date(instant + offset * 60_000).toISOString().slice(0, 19)
  if (offset === 0) return `${local}Z`
  const size = Math.abs(offset)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

async function* asJson({ columns, lines, kind, title, at, from, filter, zone }: Sheet): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  const told = { kind, title, asOf: isoIn(at, 'UTC'), ...(from === null ? {} : { from: isoIn(from, 'UTC') }) }
  let text = `${JSON.stringify({ ...told, zone, filter, columns }).slice(0, -1)},"lines":[`
  let comma = '\n'
  for await (const line of lines) {
    text += comma + JSON.stringify(Object.fromEntries(columns.map(c => [c, jsonOf(line[c] ?? null)])))
    comma = ',\n'
    if (text.length < flushAt) continue
    yield encoder.encode(text)
    text = ''
  }
  yield encoder.encode(`${text}\n]}\n`)
}

function jsonOf(cell: Cell): string | number | boolean | null {
  if (cell === null || typeof cell !== 'object') return cell
  if ('code' in cell) return cell.code
  return 'instant' in cell ? isoIn(cell.instant, 'UTC') : cell.day
}

function asXlsx({ columns, language, zone, at, title, lines }: Sheet): AsyncGenerator<Uint8Array> {
  const cellOf = (cell: Cell): XlsxCell =>
    cell !== null && typeof cell === 'object' && 'code' in cell ? codeText(language, cell.code) : cell
  const rows = (async function* () {
    for await (const line of lines) yield columns.map(c => cellOf(line[c] ?? null))
  })()
  return xlsx({ sheet: title, titles: columns.map(c => titleOf(language, c)), rows, zone, at })
}

function asPdf(sheet: Sheet): AsyncGenerator<Uint8Array> {
  const { columns, language, zone, at, from, title, filter, lines } = sheet
  const style = { dateStyle: 'medium', timeStyle: 'short', timeZone: zone } as const
  const time = new Intl.DateTimeFormat(language, style)
  const short = new Intl.DateTimeFormat(language, { ...style, dateStyle: 'short' })
  const number = new Intl.NumberFormat(language)
  const textOf = (cell: Cell): string => {
    if (cell === null) return ''
    if (typeof cell === 'number') return number.format(cell)
    if (typeof cell === 'object' && 'instant' in cell) return short.format(cell.instant)
    return csvText(cell, language, zone)
  }
  const rows = (async function* () {
    for await (const line of lines) yield columns.map(c => textOf(line[c] ?? null))
  })()
  const when =
    from === null
      ? say(language, 'said.asOf', { at: time.format(at) })
      : say(language, 'said.period', { from: time.format(from), to: time.format(at) })
  const pairs: [string, string][] = [[say(language, 'said.zone'), zone]]
  if (filter !== '') pairs.push([say(language, 'said.filter'), filter])
  return pdf({
    title: `${title} — ${when}`,
    language,
    landscape: columns.length > 6,
    at,
    blocks: [
      { kind: 'heading', text: title },
      { kind: 'paragraph', text: when },
      { kind: 'keyValues', pairs },
      { kind: 'table', columns: columns.map(c => ({ title: titleOf(language, c) })), rows },
    ],
  })
}
