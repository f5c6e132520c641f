import type { Declaration } from '@muster/wire/apple/declaration.ts'
import type { StatusReason } from '@muster/wire/apple/status.ts'
import { explainReason, isFailure } from './reasons.ts'
import type { SaidRow } from './store.ts'

/** Where one declaration stands by what the device said about it. */
export type Grade =
  /** The device has not spoken about this version yet. */
  | { readonly is: 'pending' }
  | { readonly is: 'installed' }
  /** It is well, and not in force: its activation does not hold. */
  | { readonly is: 'inactive'; readonly reasons: readonly StatusReason[] }
  | { readonly is: 'failed'; readonly code: string; readonly reasons: readonly StatusReason[] }

/**
 * Grades a declaration; pure. What is said about another ServerToken is about another version and does not count: reports come late, twice and
 * out of order. Two rows of one identifier occur, and the one with the present token decides.
 */
export function gradeOf(declared: Pick<Declaration, 'identifier' | 'token'>, said: readonly SaidRow[]): Grade {
  const row = said.find(s => s.identifier === declared.identifier && s.token === declared.token)
  if (!row) return { is: 'pending' }
  const fault = row.reasons.find(r => isFailure(r.code))
  if (row.valid === 'invalid' || (fault && row.active !== 1)) {
    const code = explainReason((fault ?? row.reasons[0])?.code ?? '')
    return { is: 'failed', code, reasons: row.reasons }
  }
  if (row.valid === 'unknown') return { is: 'pending' }
  return row.active === 0 ? { is: 'inactive', reasons: row.reasons } : { is: 'installed' }
}

/**
 * Grades an item by its declarations; pure. It is installed when each of them is, or rests because its activation does not hold, which is
 * what was asked; the first failure makes it failed; until the device has spoken about all, it is pending.
 */
export function gradeItem(declared: readonly Declaration[], said: readonly SaidRow[]): Grade {
  const grades = declared.map(d => gradeOf(d, said))
  const failed = grades.find(g => g.is === 'failed')
  if (failed) return failed
  if (grades.some(g => g.is === 'pending')) return { is: 'pending' }
  return grades.find(g => g.is === 'inactive') ?? { is: 'installed' }
}
