import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call, get } from '../../api.ts'
import type { AlertPage, AlertSummary } from '../../contract/alerts.ts'

/** How many alerts wait and how many are new; made stale by the stream of events. */
export const summaryQuery = queryOptions({
  queryKey: ['alerts', 'summary'],
  queryFn: ({ signal }) => get<AlertSummary>('/alerts/summary', {}, signal),
  staleTime: 30_000,
})

/** One alert with its history. */
export const alertQuery = (id: string) =>
  queryOptions({
    queryKey: ['alert', id],
    queryFn: ({ signal }) => get<AlertPage>(`/alerts/${id}`, {}, signal),
  })

/** What is done to one alert. */
export type Doing =
  | { what: 'acknowledge' | 'reopen' | 'ask' }
  | { what: 'resolve'; body: { note: string | null } }
  | { what: 'assign'; body: { admin: string | null } }
  | { what: 'snooze'; body: { until: number | null } }
  | { what: 'comment'; body: { text: string } }

/** Does something to one alert and shows how it stands then. */
export function useDoing(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (doing: Doing) =>
      call<AlertPage>('POST', `/alerts/${id}/${doing.what}`, 'body' in doing ? { body: doing.body } : {}),
    onSuccess: page => {
      client.setQueryData(['alert', id], page)
      void client.invalidateQueries({ queryKey: ['alerts'] })
    },
  })
}

/** What is done to many alerts at once. */
export type DoingMany =
  | { do: 'acknowledge'; ids: string[] }
  | { do: 'resolve'; ids: string[]; note: string | null }
  | { do: 'snooze'; ids: string[]; until: number }

/** Does it, and answers how many could not be changed. */
export function useDoingMany() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: DoingMany) => {
      const { items } = await call<{ items: { code: string | null }[] }>('POST', '/alerts/bulk', { body })
      return items.filter(item => item.code !== null).length
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['alerts'] }),
  })
}
