import { Problem } from '../../base/problem.ts'
import {
  columnsFor,
  decodeText,
  type FileRecord,
  recordsIn,
  separatorOf,
  textOf,
  Unreadable,
} from '../changes/index.ts'

/** A line as somebody gave it. */
export interface Given {
  /** Its place in the file. */
  line: number | null
  /** As it stood there. */
  raw: string
  serial: string
  assetTag: string
  person: string
  place: string
  /** It has more cells than the head: most likely a separator that was not quoted. */
  torn: boolean
}

/** Most lines of one intake. */
export const mostLines = 5000

const positions = ['serial', 'asset', 'user', 'unit'] as const
const pattern = /^[a-z0-9][a-z0-9./-]{3,39}$/i

/** A serial number as people copy it: full-width letters, spaces, and quotes of spreadsheets are no part of it. */
export function cleanSerial(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\s"'`´]/g, '')
    .toUpperCase()
}

/** Whether a text can be a serial number. */
export function isSerial(text: string): boolean {
  return pattern.test(text)
}

/**
 * Reads a list of serial numbers or a CSV file, in any of the usual encodings: by its head line where it has one, else serial number, asset tag,
 * person and unit in this order. Every line that is not empty comes back, whatever is wrong with it.
 */
export async function readLines(bytes: Uint8Array): Promise<{ lines: Given[]; columns: string[]; encoding: string }> {
  const { text, encoding } = decodeText(bytes, null)
  const separator = separatorOf(text)
  const lines: Given[] = []
  let fields: (string | null)[] | null = null
  try {
    for await (const record of recordsIn(text, separator)) {
      if (fields === null) {
        const head = headOf(record)
        fields = head ?? [...positions]
        if (head) continue
      }
      if (lines.length === mostLines) throw new Problem('intake.too-many', { most: mostLines })
      lines.push(lineOf(record, fields, separator))
    }
  } catch (error) {
    if (error instanceof Unreadable) throw new Problem('intake.unreadable', { line: error.line }, { cause: error })
    throw error
  }
  if (lines.length === 0) throw new Problem('intake.empty')
  return { lines, columns: (fields ?? positions).map(f => f ?? ''), encoding }
}

/** What the columns of a head line mean; null: it is no head, but the first device. */
function headOf({ cells }: FileRecord): (string | null)[] | null {
  const columns = columnsFor('devices', cells, {}).map(c => c.field)
  if (!columns.includes('serial')) return null
  return columns.map(c => (positions.some(p => p === c) ? c : null))
}

function lineOf({ line, cells }: FileRecord, fields: readonly (string | null)[], separator: string): Given {
  const cell = (name: (typeof positions)[number]): string => {
    const at = fields.indexOf(name)
    return at < 0 ? '' : textOf(cells[at]).slice(0, 200)
  }
  return {
    line,
    raw: cells.join(separator).slice(0, 1000),
    serial: cleanSerial(cell('serial')).slice(0, 60),
    assetTag: cell('asset').slice(0, 100),
    person: cell('user'),
    place: cell('unit'),
    torn: cells.slice(fields.length).some(c => c.trim() !== ''),
  }
}
