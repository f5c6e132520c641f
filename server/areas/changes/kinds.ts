import { deviceRows } from './device-rows.ts'
import type { ImportOf } from './header.ts'
import type { RowKind } from './row.ts'
import { unitRows } from './unit-rows.ts'
import { userRows } from './user-apply.ts'

const kinds: Readonly<Record<ImportOf, RowKind>> = { users: userRows, units: unitRows, devices: deviceRows }

/** How the lines of a file about these are handled. */
export function kindOf(of: ImportOf): RowKind {
  return kinds[of]
}
