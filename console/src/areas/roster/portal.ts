import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { get } from '../../api.ts'
import type { PortalAct, PortalDevice, PortalLine, PortalState } from '../../contract/portal.ts'
import type { Program } from '../../contract/roster.ts'
import type { ToneName } from '../../kit/State.tsx'

/** While something is on its way in the portal, it is looked at again. */
const liveMs = 5000
const open: readonly PortalState[] = ['held', 'wanted', 'asked']

/** Programs that act in the portal. */
export const portalsQuery = queryOptions({
  queryKey: ['programs', 'portal'],
  retry: false,
  queryFn: ({ signal }) => get<{ items: Program[] }>('/programs', { kind: 'portal' }, signal),
})

/** The servers that the portal knows. */
export const serversQuery = (program: string) =>
  queryOptions({
    queryKey: ['portal', program, 'servers'],
    queryFn: ({ signal }) =>
      get<{ items: { id: string; name: string; kind: string }[] }>(`/programs/portal/${program}/servers`, {}, signal),
  })

/** The last acts in the portal. */
export const actsQuery = (program: string) =>
  queryOptions({
    queryKey: ['portal', program, 'acts'],
    queryFn: ({ signal }) => get<{ items: PortalAct[] }>(`/programs/portal/${program}/acts`, {}, signal),
    refetchInterval: query => (query.state.data?.items.some(a => open.includes(a.state)) ? liveMs : false),
  })

/** The devices of one act. */
export const linesOfActQuery = (program: string, act: string) =>
  queryOptions({
    queryKey: ['portal', program, 'act', act],
    queryFn: ({ signal }) => get<{ items: PortalLine[] }>(`/programs/portal/${program}/act-devices`, { act }, signal),
    refetchInterval: query => (query.state.data?.items.some(l => open.includes(l.state)) ? liveMs : false),
  })

/** What was done in the portal about these devices, newest first. */
export const linesOfQuery = (program: string, serials: readonly string[]) =>
  queryOptions({
    queryKey: ['portal', program, 'lines', serials],
    enabled: serials.length > 0,
    queryFn: ({ signal }) =>
      get<{ items: PortalLine[] }>(
        `/programs/portal/${program}/act-devices`,
        { serials: serials.slice(0, 100).join(',') },
        signal,
      ),
    refetchInterval: query => (query.state.data?.items.some(l => open.includes(l.state)) ? liveMs : false),
  })

/** The devices that the portal holds. */
export const portalDevicesQuery = (program: string, begins: string) =>
  infiniteQueryOptions({
    queryKey: ['portal', program, 'devices', begins],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }: { pageParam: string; signal: AbortSignal }) =>
      get<{ items: PortalDevice[]; next: string | null }>(
        `/programs/portal/${program}/devices`,
        { cursor: pageParam, limit: 100, begins },
        signal,
      ),
    getNextPageParam: page => page.next,
  })

/** How the state of an act is drawn. */
export const actTones: Record<PortalState, ToneName> = {
  held: 'attention',
  wanted: 'pending',
  asked: 'pending',
  done: 'ok',
  failed: 'danger',
  declined: 'none',
}
