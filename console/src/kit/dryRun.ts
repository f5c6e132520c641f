import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { get } from '../api.ts'
import type { Preview } from '../contract/policies.ts'

/** How long a person may pause in typing before the server is asked what it would do. */
const pauseMs = 500
const again = { first: 400, later: 1500 }

/** What a dry run says so far. */
export interface DryRun {
  preview: Preview | null
  error: unknown
  /** True while the numbers do not belong to what is on the screen. */
  stale: boolean
  at: number | null
}

/**
 * Asks what a change would do, a moment after its `key` has settled, and follows a preview that is computed in the background.
 * `key` names the change whole: the same key is the same question. Null asks nothing.
 */
export function useDryRun(key: string | null, run: (signal: AbortSignal) => Promise<{ preview: Preview }>): DryRun {
  const [settled] = useDebouncedValue(key, pauseMs)
  const asked = useQuery<Preview>({
    queryKey: ['preview', 'dry-run', settled],
    enabled: settled !== null,
    staleTime: 60_000,
    retry: false,
    placeholderData: previous => previous,
    queryFn: async ({ signal }) => (await run(signal)).preview,
  })
  const id = asked.data?.state === 'computing' && !asked.isPlaceholderData ? asked.data.id : null
  const followed = useQuery({
    queryKey: ['preview', id],
    enabled: id !== null,
    queryFn: ({ signal }) => get<Preview>(`/previews/${id}`, {}, signal),
    refetchInterval: ({ state }) =>
      state.data && state.data.state !== 'computing' ? false : state.dataUpdateCount < 3 ? again.first : again.later,
  })
  const preview = (id === null ? asked.data : (followed.data ?? asked.data)) ?? null
  return {
    preview: key === null ? null : preview,
    error: key === null ? null : (asked.error ?? followed.error),
    stale: key !== settled || asked.isPlaceholderData || asked.isPending,
    at: asked.dataUpdatedAt || null,
  }
}
