import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { get } from '../../api.ts'
import type { EscrowListed, EscrowMissing } from '../../contract/escrow.ts'

/** What secrets of a device are kept. Under the device's key, so that whatever changes the device draws them anew. */
export const secretsQuery = (device: string) =>
  queryOptions({
    queryKey: ['device', device, 'secrets'],
    queryFn: ({ signal }) => get<{ items: EscrowListed[] }>(`/devices/${device}/secrets`, {}, signal),
  })

/** Encrypted devices whose key nobody keeps. */
export const missingQuery = infiniteQueryOptions({
  queryKey: ['devices', 'keyless'],
  initialPageParam: '',
  queryFn: ({ pageParam, signal }) => get<EscrowMissing>('/escrow/missing', { cursor: pageParam, limit: 50 }, signal),
  getNextPageParam: page => page.next,
})
