import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { get } from '../../api.ts'
import type { Page } from '../../contract.ts'
import type {
  Campaign,
  DeviceUpdates,
  Faring,
  FleetDevice,
  Foreseen,
  Gate,
  Points,
  Release,
  UpdatesOverview,
} from '../../contract/updates.ts'

/** The newest versions, and how the fleet stands. */
export const overviewQuery = queryOptions({
  queryKey: ['updates', 'overview'],
  queryFn: ({ signal }) => get<UpdatesOverview>('/updates', {}, signal),
  refetchInterval: 30_000,
})

/** Every version that is or was offered. */
export const releasesQuery = queryOptions({
  queryKey: ['updates', 'releases'],
  queryFn: ({ signal }) => get<{ items: Release[] }>('/updates/releases', {}, signal),
})

/** Devices by how they stand. */
export const fleetQuery = (filter: string) =>
  infiniteQueryOptions({
    queryKey: ['updates', 'fleet', filter],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<FleetDevice>>('/updates/devices', { filter, cursor: pageParam, limit: 50 }, signal),
    getNextPageParam: page => page.next,
  })

/** Campaigns, newest first. */
export const campaignsQuery = (said = '') =>
  infiniteQueryOptions({
    queryKey: ['updates', 'campaigns', said],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<Campaign>>('/campaigns', { filter: wordsOf(said), cursor: pageParam, limit: 50 }, signal),
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })

/** What a person typed as a filter: a vulnerability stands in the note, everything else is a name. */
const wordsOf = (said: string): string =>
  said
    .split(/\s+/)
    .filter(w => w !== '')
    .map(w => w.replaceAll('"', ''))
    .map(w => (/^cve/i.test(w) ? `note:"${w}"` : `"${w}"`))
    .join(' ')

/** One campaign; often while its devices are looked at for the first time. */
export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ['updates', 'campaign', id],
    queryFn: ({ signal }) => get<Campaign>(`/campaigns/${id}`, {}, signal),
    refetchInterval: query => (query.state.data && query.state.data.lookedAt === null ? 2000 : 15_000),
  })

/** What it would do; often until the first look is whole. */
export const foreseenQuery = (campaign: Pick<Campaign, 'id' | 'state'>) =>
  queryOptions({
    queryKey: ['updates', 'campaign', campaign.id, 'preview'],
    queryFn: ({ signal }) => get<Foreseen>(`/campaigns/${campaign.id}/preview`, {}, signal),
    refetchInterval: query => (campaign.state !== 'draft' ? false : query.state.data?.preview == null ? 2000 : 60_000),
  })

/** What holds after its date. */
export const gateQuery = (id: string) =>
  queryOptions({
    queryKey: ['updates', 'campaign', id, 'gate'],
    queryFn: ({ signal }) => get<Gate>(`/campaigns/${id}/gate`, {}, signal),
    refetchInterval: 30_000,
  })

/** Its burn-down. */
export const pointsQuery = (id: string) =>
  queryOptions({
    queryKey: ['updates', 'campaign', id, 'points'],
    queryFn: ({ signal }) => get<Points>(`/campaigns/${id}/points`, {}, signal),
    refetchInterval: 30_000,
  })

/** Its devices. */
export const faringsQuery = (id: string, filter: string) =>
  infiniteQueryOptions({
    queryKey: ['updates', 'campaign', id, 'devices', filter],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<Faring>>(`/campaigns/${id}/devices`, { filter, cursor: pageParam, limit: 50 }, signal),
    getNextPageParam: page => page.next,
    refetchInterval: 30_000,
  })

/** How one device stands. */
export const deviceUpdatesQuery = (device: string) =>
  queryOptions({
    queryKey: ['device', device, 'updates'],
    queryFn: ({ signal }) => get<DeviceUpdates>(`/devices/${device}/updates`, {}, signal),
    refetchInterval: 60_000,
  })
