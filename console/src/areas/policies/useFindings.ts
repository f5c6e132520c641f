import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { Finding } from '../../contract/policies.ts'
import type { Values } from './draft.ts'
import { checkQuery } from './queries.ts'

/** What is wrong or remarkable about a value, as its kind says. */
export interface Findings {
  list: readonly Finding[]
  errors: number
  error: unknown
  /** The list belongs to an older value. */
  stale: boolean
}

/** Asks the kind about a value, a moment after it was changed. */
export function useFindings(kind: string, value: Values): Findings {
  const [settled] = useDebouncedValue(value, 300)
  const check = useQuery(checkQuery(kind, settled))
  const list = check.data ?? []
  return {
    list,
    errors: list.filter(one => one.severity === 'error').length,
    error: check.error,
    stale: settled !== value || check.isPlaceholderData || check.isPending,
  }
}

/** The top-level key a finding is about; empty for the value as a whole. */
export const keyOf = (finding: Finding): string =>
  (finding.path.split('/')[1] ?? '').replaceAll('~1', '/').replaceAll('~0', '~')
