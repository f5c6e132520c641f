import type { Ctx } from '../../base/ctx.ts'
import { unitOf } from '../identity/index.ts'
import type { Column } from './header.ts'
import type { ImportRow, LineRow } from './import-store.ts'
import { kindOf } from './kinds.ts'
import type { Env, FieldChange, Planned, ReadRow, Remark, Shift } from './row.ts'
import { readTree } from './tree.ts'

/** What the lines of an import are planned with, as its actor sees the org now. */
export async function envOf(ctx: Ctx, row: ImportRow): Promise<Env> {
  const columns = JSON.parse(row.columns) as Column[]
  return {
    mode: row.mode,
    unit: await unitOf(ctx, row.unit),
    tree: await readTree(ctx),
    devicesFollow: row.devices_follow === 1,
    columns: new Set(columns.flatMap(c => c.field ?? [])),
  }
}

/** A stored line as it was read. */
export function readOf(about: ImportRow['about'], line: LineRow): ReadRow {
  if (line.line === null) return { line: null, cells: {}, keys: [], errors: [], ...targetOf(line) }
  const cells = JSON.parse(line.cells) as ReadRow['cells']
  const { keys } = kindOf(about).read(line.line, cells)
  return { line: line.line, cells, keys, errors: errorsOf(line) }
}

function targetOf(line: LineRow): { target?: string } {
  return line.target === null ? {} : { target: line.target }
}

/** What is wrong with a stored line. */
export function errorsOf(line: Pick<LineRow, 'errors'>): Remark[] {
  return JSON.parse(line.errors) as Remark[]
}

/** What a stored line would do. */
export function plannedOf(line: LineRow): Planned {
  return {
    outcome: line.outcome ?? 'error',
    target: line.target,
    label: line.label,
    errors: errorsOf(line),
    notes: JSON.parse(line.notes) as Remark[],
    fields: JSON.parse(line.fields) as FieldChange[],
    shift: line.shift === null ? null : (JSON.parse(line.shift) as Shift),
  }
}

/** The columns of a line that say what it would do. */
export function plannedColumns(
  planned: Planned,
): Pick<LineRow, 'label' | 'outcome' | 'target' | 'errors' | 'notes' | 'fields' | 'shift'> {
  return {
    label: planned.label,
    outcome: planned.outcome,
    target: planned.target,
    errors: JSON.stringify(planned.errors),
    notes: JSON.stringify(planned.notes),
    fields: JSON.stringify(planned.fields),
    shift: planned.shift === null ? null : JSON.stringify(planned.shift),
  }
}
