import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { get } from '../../api.ts'
import type { Page } from '../../contract.ts'
import type { ContentProgram, License, Seat, Unlicensed } from '../../contract/licenses.ts'

const often = 10_000

/** Content tokens and how each stands. */
export const tokensQuery = queryOptions({
  queryKey: ['licenses', 'tokens'],
  queryFn: ({ signal }) => get<{ items: ContentProgram[] }>('/programs', { kind: 'content' }, signal),
  refetchInterval: query => (query.state.data?.items.some(p => p.state === 'new') ? 1000 : often),
})

/** Licenses, those that are short first, page by page. */
export const licensesQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['licenses', 'list', search],
    queryFn: ({ signal, pageParam }) =>
      get<Page<License>>(
        '/licenses',
        { limit: 100, ...(search ? { search } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: page => page.next ?? undefined,
    refetchInterval: often,
  })

/** Apps that are wanted without any license. */
export const missingQuery = queryOptions({
  queryKey: ['licenses', 'missing'],
  queryFn: ({ signal }) => get<{ items: Unlicensed[] }>('/licenses/missing', {}, signal),
  refetchInterval: often,
})

/** One license. */
export const licenseQuery = (id: string) =>
  queryOptions({
    queryKey: ['licenses', 'one', id],
    queryFn: ({ signal }) => get<License>(`/licenses/${id}`, {}, signal),
    refetchInterval: often,
  })

/** Seats of a license in a state, page by page. */
export const seatsQuery = (id: string, state: string) =>
  infiniteQueryOptions({
    queryKey: ['licenses', 'seats', id, state],
    queryFn: ({ signal, pageParam }) =>
      get<Page<Seat>>(
        `/licenses/${id}/seats`,
        { limit: 100, ...(state ? { state } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: page => page.next ?? undefined,
    refetchInterval: often,
  })
