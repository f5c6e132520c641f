import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { call, get } from '../../api.ts'
import type { Actor, FormFactor, Ownership, Page, Platform } from '../../contract.ts'

export type IncidentState = 'open' | 'found' | 'written-off' | 'closed'
export type Act =
  | 'message'
  | 'sound'
  | 'locate'
  | 'lock'
  | 'erase'
  | 'work-data'
  | 'order'
  | 'found'
  | 'write-off'
  | 'close'

/** A missing device as the list shows it. */
export interface IncidentRow {
  id: string
  number: number
  kind: 'lost' | 'stolen'
  state: IncidentState
  outcome: 'found' | 'written-off' | null
  device: {
    id: string
    name: string
    model: string
    serial: string
    assetTag: string
    platform: Platform
    formFactor: FormFactor
    ownership: Ownership
    known: boolean
    lastSeenAt: number | null
  }
  user: { id: string; name: string | null } | null
  unit: string[]
  sentence: { tone: string; code: string; facts: Record<string, string | number | boolean | null> }
  by: Actor
  openedAt: number
  endedAt: number | null
  closedAt: number | null
}

/** What happens by itself. */
export interface StandingOrder {
  id: string
  state: 'standing' | 'due' | 'sent' | 'held' | 'done' | 'canceled'
  why: string | null
  keepLocked: boolean
  locateEveryMinutes: number | null
  until: number | null
  after: 'nothing' | 'erase' | 'work-data'
  command: string | null
  endedAt: number | null
}

/** A missing device as its page shows it. */
export interface Incident extends IncidentRow {
  note: string
  message: string
  phone: string
  action: 'lost-mode' | 'lock' | 'none'
  why: string
  supervised: boolean | null
  battery: { level: number; at: number } | null
  activationLock: boolean | null
  warnings: { code: string; tone: 'attention' | 'danger' | 'ok'; at: number | null; value: number | null }[]
  order: StandingOrder | null
  acts: { act: Act; allowed: boolean; reason: string | null }[]
  fixes: number
}

/** One position. */
export interface Fix {
  id: string
  latitude: number
  longitude: number
  accuracyM: number
  at: number
  heardAt: number
}

/** Where it is and was, newest first; gated until a purpose was given. */
export interface Fixes {
  items: Fix[]
  gated: boolean
  tiles: { url: string; credit: string } | null
}

/** One thing that happened. */
export interface Entry {
  id: string
  at: number
  code: string
  facts: Record<string, string | number | boolean | null>
  actor: Actor
  sealed: { seq: number; hash: string } | null
}

/** Incidents, newest first. */
export const incidentsQuery = (filter: string) =>
  infiniteQueryOptions({
    queryKey: ['incidents', 'list', filter],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<IncidentRow>>('/incidents', { filter, cursor: pageParam, limit: 50 }, signal),
    getNextPageParam: page => page.next,
    placeholderData: previous => previous,
  })

/** One incident. Its device's events make it stale; ages and orders move on by themselves. */
export const incidentQuery = (id: string) =>
  queryOptions({
    queryKey: ['incidents', id, 'self'],
    queryFn: ({ signal }) => get<Incident>(`/incidents/${id}`, {}, signal),
    refetchInterval: 30_000,
  })

/** Where the device is and was. */
export const fixesQuery = (id: string) =>
  queryOptions({
    queryKey: ['incidents', id, 'fixes'],
    queryFn: ({ signal }) => get<Fixes>(`/incidents/${id}/fixes`, {}, signal),
    refetchInterval: 60_000,
  })

/** What happened, newest first. */
export const entriesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['incidents', id, 'entries'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<{ items: Entry[]; next: string | null }>(
        `/incidents/${id}/entries`,
        { ...(pageParam ? { cursor: pageParam } : {}), limit: 50 },
        signal,
      ),
    getNextPageParam: page => page.next,
  })

/** Whether a device is missing, and what a report would do. */
export interface Foreseen {
  open: { id: string; number: number; openedAt: number } | null
  first: { action: 'lost-mode' | 'lock' | 'none'; why: string }
  message: string
}

/** The same, for a device page and its report. */
export const foreseenQuery = (device: string) =>
  queryOptions({
    queryKey: ['device', device, 'incidents'],
    queryFn: ({ signal }) => get<Foreseen>(`/devices/${device}/incidents`, {}, signal),
  })

/** What a report tells. */
export interface Report {
  kind: 'lost' | 'stolen'
  message?: string
  phone?: string
  note?: string
}

/** Reports a device as missing. */
export const reportMissing = (device: string, body: Report): Promise<Incident> =>
  call<Incident>('POST', `/devices/${device}/incidents`, { body })

/** Does something about an incident; the page then shows what the server answered, and reads the rest anew. */
export async function act(client: QueryClient, id: string, verb: string, body?: unknown): Promise<Incident> {
  const method = verb === 'order' ? 'PUT' : verb === 'order-back' ? 'DELETE' : 'POST'
  const path = `/incidents/${id}/${verb === 'order-back' ? 'order' : verb}`
  const now = await call<Incident>(method, path, body === undefined ? {} : { body })
  client.setQueryData(['incidents', id, 'self'], now)
  // Where it is, is closed once the incident is over.
  const open = now.state === 'open'
  await client.invalidateQueries({ queryKey: ['incidents'], predicate: q => open || q.queryKey[2] !== 'fixes' })
  return now
}

/** Opens where the device is for a quarter of an hour. */
export async function look(client: QueryClient, id: string): Promise<Fixes> {
  const fixes = await call<Fixes>('POST', `/incidents/${id}/look`, { body: {} })
  client.setQueryData(['incidents', id, 'fixes'], fixes)
  await client.invalidateQueries({ queryKey: ['incidents', id, 'entries'] })
  return fixes
}
