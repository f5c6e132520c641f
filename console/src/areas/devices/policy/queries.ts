import { queryOptions } from '@tanstack/react-query'
import { call, get } from '../../../api.ts'
import type { Page } from '../../../contract.ts'
import type { DevicePolicy, DeviceTrial, Why, WhyNot } from '../../../contract/effective.ts'

/** What a device should have, where each setting comes from, and how far each item is; asked again while something is on its way. */
export const devicePolicyQuery = (id: string) =>
  queryOptions({
    queryKey: ['device', id, 'policy'],
    queryFn: ({ signal }) => get<DevicePolicy>(`/devices/${id}/policy`, {}, signal),
    refetchInterval: ({ state }) =>
      state.data?.state === 'computing' || state.data?.state === 'pending' ? 3000 : false,
  })

/** Why a device has one setting, or a whole item. */
export const whyQuery = (id: string, item: string, key: string) =>
  queryOptions({
    queryKey: ['device', id, 'policy', 'why', item, key],
    queryFn: ({ signal }) => get<Why>(`/devices/${id}/policy/why`, { item, key }, signal),
  })

/** Why a policy is not on a device. */
export const whyNotQuery = (id: string, policy: string) =>
  queryOptions({
    queryKey: ['device', id, 'policy', 'why-not', policy],
    queryFn: ({ signal }) => get<WhyNot>(`/devices/${id}/policy/why-not`, { policy }, signal),
  })

/** The trials under way on a device. */
export const trialsQuery = (id: string) =>
  queryOptions({
    queryKey: ['device', id, 'trials'],
    queryFn: async ({ signal }) =>
      (await get<Pick<Page<DeviceTrial>, 'items'>>(`/devices/${id}/trials`, {}, signal)).items,
  })

/** Tries what failed again, one item or all of a device. */
export const retryItems = (id: string, item: string | null): Promise<{ items: number }> =>
  call('POST', `/devices/${id}/policy/retry`, { body: item === null ? {} : { item } })
