import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { get } from '../../api.ts'
import type { CoveredDevice, CoverState, EscrowCoverage, EscrowRules, LockLifting } from '../../contract/portal.ts'
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

/** What units demand of secrets. */
export const rulesQuery = queryOptions({
  queryKey: ['escrow', 'rules'],
  queryFn: ({ signal }) => get<EscrowRules>('/escrow-rules', {}, signal),
})

/** On how many devices secrets are kept. Devices answer meanwhile. */
export const coverageQuery = queryOptions({
  queryKey: ['escrow', 'coverage'],
  queryFn: ({ signal }) => get<EscrowCoverage>('/escrow/coverage', {}, signal),
  refetchInterval: 10_000,
})

/** The devices on which a kind of secret stands so. */
export const coveredQuery = (kind: string, state: CoverState) =>
  infiniteQueryOptions({
    queryKey: ['escrow', 'devices', kind, state],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<{ items: CoveredDevice[]; next: string | null }>(
        '/escrow/devices',
        { kind, state, cursor: pageParam, limit: 50 },
        signal,
      ),
    getNextPageParam: page => page.next,
  })

/** Whether Apple was asked to lift the lock of a device; looked at again while it is asked. */
export const liftingQuery = (device: string) =>
  queryOptions({
    queryKey: ['device', device, 'lifting'],
    queryFn: ({ signal }) => get<LockLifting>(`/devices/${device}/activation-lock`, {}, signal),
    refetchInterval: query => (query.state.data?.state === 'asked' ? 3000 : false),
  })
