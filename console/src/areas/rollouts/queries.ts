import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { get } from '../../api.ts'
import type { Page } from '../../contract.ts'
import type { Rollout } from '../../contract/rollouts.ts'

/** Rollouts, newest first. */
export const rolloutsQuery = infiniteQueryOptions({
  queryKey: ['rollouts', 'list'],
  initialPageParam: '',
  queryFn: ({ pageParam, signal }) => get<Page<Rollout>>('/rollouts', { cursor: pageParam, limit: 50 }, signal),
  getNextPageParam: page => page.next,
})

/** One rollout with how its devices fare now. */
export const rolloutQuery = (id: string) =>
  queryOptions({
    queryKey: ['rollouts', id],
    queryFn: ({ signal }) => get<Rollout>(`/rollouts/${id}`, {}, signal),
    refetchInterval: ({ state: { data } }) => (data && data.endedAt !== null ? false : 5000),
  })
