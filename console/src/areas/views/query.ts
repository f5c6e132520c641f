import { queryOptions } from '@tanstack/react-query'
import { get } from '../../api.ts'
import type { HomeAnswer } from '../../contract.ts'

/** What Home shows: decisions due, the fleet in numbers, what expires. */
export const homeQuery = queryOptions({
  queryKey: ['home'],
  queryFn: ({ signal }) => get<HomeAnswer>('/home', {}, signal),
})
