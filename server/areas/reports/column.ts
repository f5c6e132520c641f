import type { XlsxCell } from '../../base/xlsx.ts'

/** What a cell of a report holds; a code is said in the reader's language where people read it. */
export type Cell = XlsxCell | { code: string }

/** A line of a report by column. */
export type Line = Readonly<Record<string, Cell>>

/** An instant in a cell, or nothing. */
export function instant(at: number | null | undefined): Cell {
  return at === null || at === undefined || at === 0 ? null : { instant: at }
}

/** A word of ours in a cell, or nothing. */
export function code(text: string | null | undefined): Cell {
  return text === null || text === undefined || text === '' ? null : { code: text }
}

/** What JSON can say, in a cell: lists joined, records as JSON. */
export function plain(value: unknown): Cell {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value) && value.every(v => typeof v !== 'object' || v === null)) return value.map(String).join('; ')
  return JSON.stringify(value)
}
