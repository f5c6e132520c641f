import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { get } from '../../api.ts'
import type { Page } from '../../contract.ts'
import type { Entry, Program, Setup } from '../../contract/roster.ts'

/** Programs that promise devices. */
export const programsQuery = queryOptions({
  queryKey: ['programs', 'devices'],
  retry: false,
  queryFn: ({ signal }) => get<{ items: Program[] }>('/programs', { kind: 'devices' }, signal),
})

/** Every setup the person may see. */
export const setupsQuery = queryOptions({
  queryKey: ['setups'],
  queryFn: ({ signal }) => get<{ items: Setup[] }>('/setups', {}, signal),
})

/** Promised devices that match. */
export const rosterQuery = (filter: string) =>
  infiniteQueryOptions({
    queryKey: ['roster', filter],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }: { pageParam: string; signal: AbortSignal }) =>
      get<Page<Entry>>('/roster', { filter, cursor: pageParam, limit: 100 }, signal),
    getNextPageParam: (page: Page<Entry>) => page.next,
  })
