import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { enqueue } from '../../base/jobs.ts'
import type { Running } from '../../base/jobs.ts'
import type { Base } from '../../base/transact.ts'
import { decodeText, type Encoding } from './decode.ts'
import { importEvents } from './events.ts'
import { type Column, columnsFor, type ImportOf, keysLacking } from './header.ts'
import { aboutImport, importForget, waitMs } from './import.ts'
import * as store from './import-store.ts'
import { kindOf } from './kinds.ts'
import { type FileRecord, recordsIn, separatorOf, textOf, Unreadable } from './reading.ts'
import { remark } from './row.ts'

const rowsAtOnce = 500
const mostRows = 50_000

/** Reads the lines of a file into the database, a page at a time; begun again, it goes on where it was. */
export async function readFile(base: Base, job: Running<{ import: string }>): Promise<void> {
  const id = job.payload.import
  const found = await base.read(job.scope, async ctx => ({
    row: await store.findImport(ctx, id),
    bytes: await store.fileOf(ctx, id),
  }))
  const { row, bytes } = found
  if (!row || !bytes || row.step !== 'read') return
  const said = JSON.parse(row.said) as { encoding: Encoding | null; columns: Record<string, string> }
  const { text, encoding, known } = decodeText(bytes, said.encoding)
  const separator = separatorOf(text)
  const write = (work: (ctx: Ctx) => Promise<void>): Promise<void> => base.transact(job.scope, work)
  const fail = (code: string, facts: Record<string, string | number>): Promise<void> =>
    write(ctx => failImport(ctx, row, { code, facts }))
  let columns: Column[] | null = null
  let page: FileRecord[] = []
  let seen = 0
  const flush = async (): Promise<void> => {
    const [records, head, upTo] = [page, columns, seen]
    page = []
    if (head && records.length > 0) await write(ctx => addPage(ctx, { row, head, records, upTo }))
  }
  try {
    for await (const one of recordsIn(text, separator)) {
      if (job.signal.aborted) return
      if (columns === null) {
        columns = columnsFor(row.about, one.cells, said.columns)
        const lacking = keysLacking(row.about, columns)
        const head = { encoding, encoding_known: known, separator, columns: JSON.stringify(columns) }
        await write(ctx => store.changeImport(ctx, id, head))
        if (lacking.length > 0) return await fail('import.key-column-missing', { fields: lacking.join(', ') })
        continue
      }
      seen += 1
      if (seen > mostRows) return await fail('import.too-many-rows', { most: mostRows })
      if (seen > row.rows_read) page.push(one)
      if (page.length >= rowsAtOnce) await flush()
    }
    await flush()
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return await fail('import.unreadable', { line: error.line })
  }
  if (columns === null || seen === 0) return await fail('import.empty', {})
  await write(async ctx => {
    await store.removeFile(ctx, id)
    await store.changeImport(ctx, id, { state: 'checking', step: 'plan', cursor: '0', done: 0, rows_read: seen })
  })
}

interface PageOf {
  row: store.ImportRow
  head: readonly Column[]
  records: readonly FileRecord[]
  upTo: number
}

async function addPage(ctx: Ctx, { row, head, records, upTo }: PageOf): Promise<void> {
  const first = upTo - records.length + 1
  const lines = records.map((one, i) => lineOf(row.about, head, one, first + i))
  await store.addLines(ctx, row.id, lines)
  await store.changeImport(ctx, row.id, { rows_read: upTo, done: upTo })
}

function lineOf(
  of: ImportOf,
  head: readonly Column[],
  one: FileRecord,
  n: number,
): { row: Omit<store.LineRow, 'org' | 'import'>; keys: readonly string[] } {
  const cells: Record<string, string> = {}
  for (const [i, { field }] of head.entries()) if (field !== null) cells[field] = textOf(one.cells[i])
  const read = kindOf(of).read(one.line, cells)
  // Cells beyond the head are most likely a separator that was not quoted, so that all that follow are in the wrong column.
  const torn = one.cells.slice(head.length).some(c => c.trim() !== '')
  const errors = torn
    ? [...read.errors, remark('cells-too-many', null, { has: one.cells.length, most: head.length })]
    : read.errors
  const row = {
    n,
    line: one.line,
    label: '',
    outcome: null,
    state: 'planned' as const,
    cells: JSON.stringify(read.cells),
    errors: JSON.stringify(errors),
    notes: '[]',
    fields: '[]',
    target: null,
    shift: null,
    before: null,
    after: null,
  }
  return { row, keys: read.keys }
}

/** The whole file could not be taken. */
export async function failImport(
  ctx: Ctx,
  row: store.ImportRow,
  failure: { code: string; facts: Record<string, string | number> },
): Promise<void> {
  await store.removeFile(ctx, row.id)
  await store.changeImport(ctx, row.id, { state: 'failed', step: '', failure: JSON.stringify(failure) })
  await record(ctx, importEvents.failed, aboutImport(row), { name: row.name, code: failure.code })
  await enqueue(ctx, importForget, { import: row.id }, { dedupe: row.id, inMs: waitMs })
}
