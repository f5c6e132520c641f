import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call, get } from '../../api.ts'
import type { Page } from '../../contract.ts'

export const newcomerStates = ['waiting', 'approved', 'denied', 'entered'] as const
export type NewcomerState = (typeof newcomerStates)[number]

/** A device that asked to be let in, as it says of itself. */
export interface Newcomer {
  id: string
  name: string
  serial: string | null
  osVersion: string
  mode: string
  attested: 'passed' | 'failed' | 'none'
  attestedWhy: string | null
  unit: { id: string; name: string; path: string }
  invitation: string
  state: NewcomerState
  askedAt: number
  heardAt: number
  until: number
}

export type Decision = 'approve' | 'deny' | 'wait'

/** What was decided about how many, and why some could not be. */
export interface Decided {
  decision: Decision
  ids: readonly string[]
  refused: readonly string[]
}

/** Devices in a state, those that wait longest first. */
export const newcomersQuery = (state: NewcomerState) =>
  infiniteQueryOptions({
    queryKey: ['newcomers', state],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<Newcomer>>('/newcomers', { state, cursor: pageParam, limit: 100 }, signal),
    getNextPageParam: page => page.next,
    placeholderData: previous => previous,
  })

/** Whether devices wait. */
export const admissionQuery = queryOptions({
  queryKey: ['newcomers', 'admission'],
  queryFn: ({ signal }) => get<{ wait: boolean }>('/newcomers/admission', {}, signal),
})

/** Has devices wait from now on, or not. */
export function useAdmission() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (wait: boolean) => call<{ wait: boolean }>('PUT', '/newcomers/admission', { body: { wait } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['newcomers'] }),
  })
}

/** Decides about devices; answers about which, and what could not be done. */
export function useDeciding() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: { ids: readonly string[]; decision: Decision }): Promise<Decided> => {
      const { items } = await call<{ items: { id: string; problem: string | null }[] }>('POST', '/newcomers/decide', {
        body,
      })
      return {
        decision: body.decision,
        ids: items.filter(item => item.problem === null).map(item => item.id),
        refused: items.flatMap(item => item.problem ?? []),
      }
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['newcomers'] }),
  })
}
