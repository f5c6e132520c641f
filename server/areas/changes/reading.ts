import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'

/** What separates the cells of a line. */
export const separators = [',', ';', '\t'] as const
export type Separator = (typeof separators)[number]

/** One record of a file: where it begins, and its cells. */
export interface FileRecord {
  line: number
  cells: string[]
}

/** The file cannot be read beyond this line: a quote that never closes, or a record without end. */
export class Unreadable extends Error {
  readonly line: number
  constructor(line: number, cause: unknown) {
    super(`the file cannot be read beyond line ${line}`, { cause })
    this.line = line
  }
}

const longestRecord = 64 * 1024

/** The separator of a text: the one its first line has most of, outside of quotes. */
export function separatorOf(text: string): Separator {
  const said = /^\ufeff?sep=(.)\r?\n/i.exec(text)
  const named = separators.find(s => s === said?.[1])
  if (named) return named
  const counts = new Map<string, number>(separators.map(s => [s, 0]))
  let quoted = false
  for (const c of text.slice(0, longestRecord)) {
    if (c === '"') quoted = !quoted
    if (!quoted && (c === '\n' || c === '\r')) break
    if (!quoted && counts.has(c)) counts.set(c, (counts.get(c) ?? 0) + 1)
  }
  return separators.reduce((best, s) => ((counts.get(s) ?? 0) > (counts.get(best) ?? 0) ? s : best))
}

/** The records of a text one after the other, without empty ones; the first is the head line. Throws `Unreadable`. */
export async function* recordsIn(text: string, separator: Separator): AsyncGenerator<FileRecord> {
  const head = /^\ufeff?(?:sep=.\r?\n)?/i.exec(text)?.[0] ?? ''
  const above = head.includes('\n') ? 1 : 0
  // Of the last record that is whole: what cannot be read begins after it.
  let last = 0
  const parser = parse({
    delimiter: separator,
    info: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
    on_record: (record: string[], { lines }: { lines: number }) => {
      last = lines
      return record
    },
  })
  // In pieces, so that a large file is not parsed in one go before its first record is stored.
  // With one kind of line break, because the parser counts both halves of the other within quotes.
  Readable.from(pieces(text.slice(head.length).replaceAll(/\r\n?/g, '\n'))).pipe(parser)
  try {
    for await (const one of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const cells = one.record
      // The parser counts where a record ends; its own line breaks lead back to where it begins.
      const inner = cells.reduce((n, cell) => n + cell.split('\n').length - 1, 0)
      if (cells.some(cell => cell.trim() !== '')) yield { line: one.info.lines + above - inner, cells }
    }
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    throw new Unreadable(last + above + 1, cause)
  }
}

function* pieces(text: string): Generator<string> {
  let at = 0
  while (at < text.length) {
    // A character outside of the first plane is two units and must not be torn apart.
    const torn = /[\ud800-\udbff]/.test(text[at + longestRecord - 1] ?? '')
    const end = at + longestRecord + (torn ? 1 : 0)
    yield text.slice(at, end)
    at = end
  }
}

/** A cell as its text: without white space around, and without the apostrophe that keeps a spreadsheet from running it. */
export function textOf(cell: string | undefined): string {
  const text = (cell ?? '').trim()
  return /^'[=+\-@\t\r＝＋－＠]/.test(text) ? text.slice(1) : text
}
