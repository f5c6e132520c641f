import { queryOptions } from '@tanstack/react-query'
import { call, get } from '../../api.ts'
import type { Page } from '../../contract.ts'
import type { Blueprint, BlueprintRow, Scope, ScopeCount, Window } from '../../contract/blueprints.ts'

/** Every blueprint in the order that decides between equals. */
export const blueprintsQuery = queryOptions({
  queryKey: ['blueprints'],
  queryFn: ({ signal }) => get<Page<BlueprintRow>>('/blueprints', { limit: 200 }, signal),
})

/** One blueprint with its items and assignments. */
export const blueprintQuery = (id: string) =>
  queryOptions({
    queryKey: ['blueprint', id],
    queryFn: ({ signal }) => get<Blueprint>(`/blueprints/${id}`, {}, signal),
  })

/** What an assignment would mean, as it is being written. */
export interface Meant {
  unit: string
  scope: Scope
  window: Window
}

/** How many devices and people a scope means. */
export const countQuery = (meant: Meant) =>
  queryOptions<ScopeCount>({
    queryKey: ['scope-count', meant],
    staleTime: 30_000,
    retry: false,
    placeholderData: previous => previous,
    queryFn: ({ signal }) => call<ScopeCount>('POST', '/scopes/count', { body: meant, signal }),
  })
