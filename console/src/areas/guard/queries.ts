import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call, get } from '../../api.ts'
import type { Page } from '../../contract.ts'
import type { ApproverSet } from '../../contract/approvers.ts'
import type { GuardStanding, Intent, IntentDevice, IntentPageData, SigningOffer } from '../../contract/guard.ts'
import { signWithPasskey } from '../../kit/webauthn.ts'

/** What is stopped, and the limits. */
export const guardQuery = queryOptions({
  queryKey: ['guard'],
  queryFn: ({ signal }) => get<GuardStanding>('/guard', {}, signal),
  staleTime: 15_000,
})

/** Whom devices ask before they erase themselves. */
export const approversQuery = queryOptions({
  queryKey: ['guard', 'approvers'],
  queryFn: ({ signal }) => get<ApproverSet>('/guard/approvers', {}, signal),
})

/** What is held, or was decided. */
export const intentsQuery = (state: 'open' | 'ended') =>
  infiniteQueryOptions({
    queryKey: ['intents', state],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => get<Page<Intent>>('/intents', { state, cursor: pageParam }, signal),
    getNextPageParam: page => page.next,
  })

/** What is held for a device. */
export const heldForQuery = (device: string) =>
  queryOptions({
    queryKey: ['intents', 'device', device],
    queryFn: ({ signal }) => get<Page<Intent>>('/intents', { state: 'open', device }, signal),
  })

/** One intent. */
export const intentQuery = (id: string) =>
  queryOptions({
    queryKey: ['intents', 'one', id],
    queryFn: ({ signal }) => get<IntentPageData>(`/intents/${id}`, {}, signal),
    refetchInterval: 15_000,
  })

/** Exactly the devices of an intent. */
export const intentDevicesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['intents', 'devices', id],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<IntentDevice>>(`/intents/${id}/devices`, { cursor: pageParam, limit: 100 }, signal),
    getNextPageParam: page => page.next,
  })

/** Asks the server what is to be signed, lets the passkey sign it, and sends that. */
export async function signAndSend(offer: string, path: string): Promise<void> {
  const { options } = await call<SigningOffer>('POST', offer)
  await call('POST', path, { body: { response: await signWithPasskey(options) } })
}
