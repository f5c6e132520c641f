import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { call } from '../../api.ts'
import { summaryQuery } from './query.ts'

/** While the list is open, what is new counts as seen. */
export function useSeen(): void {
  const client = useQueryClient()
  const { data } = useQuery(summaryQuery)
  const unseen = data?.unseen ?? 0
  useEffect(() => {
    if (unseen === 0) return
    void call('POST', '/alerts/seen')
      .then(() => client.invalidateQueries({ queryKey: ['alerts', 'summary'] }))
      .catch(() => undefined)
  }, [client, unseen])
}
