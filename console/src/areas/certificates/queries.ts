import { queryOptions } from '@tanstack/react-query'
import { get } from '../../api.ts'
import type { ApplePush } from '../../contract.ts'
import type { Keeping, PastPush, PushRenewal, PushSigner } from '../../contract/custody.ts'

/** Everything in custody. */
export const custodyQuery = queryOptions({
  queryKey: ['certificates', 'list'],
  queryFn: ({ signal }) => get<{ items: Keeping[] }>('/custody', {}, signal),
})

/** How the org stands with the push service. */
export const pushQuery = queryOptions({
  queryKey: ['certificates', 'push'],
  queryFn: ({ signal }) => get<ApplePush>('/push/apple', {}, signal),
})

const quickMs = 1000

/** The way to a new push certificate; asked again quickly while something is under way that a job does. */
export const renewalQuery = queryOptions({
  queryKey: ['certificates', 'renewal'],
  queryFn: ({ signal }) => get<PushRenewal>('/push/apple/renewal', {}, signal),
  refetchInterval: query => {
    const now = query.state.data
    return now?.state === 'signing' || (now?.trial && now.trial.endedAt === null) ? quickMs : false
  },
})

/** How requests are signed here. */
export const signersQuery = queryOptions({
  queryKey: ['certificates', 'signers'],
  queryFn: ({ signal }) => get<{ items: PushSigner[] }>('/push/apple/signers', {}, signal),
})

/** What can be gone back to. */
export const pastQuery = queryOptions({
  queryKey: ['certificates', 'past'],
  queryFn: ({ signal }) => get<{ items: PastPush[] }>('/push/apple/past', {}, signal),
})
