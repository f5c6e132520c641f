import type { LineRow } from './line-store.ts'

/** A line of which nothing has happened yet. */
export function freshLine(
  of: Pick<LineRow, 'org' | 'intake' | 'n' | 'since' | 'serial' | 'serial_key' | 'unit' | 'unit_path'> &
    Partial<LineRow>,
): LineRow {
  return {
    line: null,
    raw: '',
    asset_tag: '',
    person: '',
    user_id: null,
    place: '',
    faults: '[]',
    blocked: 0,
    live: 1,
    readied: 0,
    state: 'expected',
    cause: null,
    facts: '{}',
    apps_wanted: 0,
    apps_there: 0,
    device: null,
    enrollment: null,
    unboxed_at: null,
    enrolled_at: null,
    heard_at: null,
    ready_at: null,
    look_at: null,
    refused: null,
    ...of,
  }
}
