import type { DataType } from '../../contract/privacy.ts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call, get } from '../../api.ts'
import type {
  Command,
  Device,
  DeviceRow,
  Enrollment,
  Page,
  Platform,
  DeviceState,
  SavedView,
  TimelineEntry,
} from '../../contract.ts'

/** Devices that match, page after page. */
export const devicesQuery = (filter: string, sort: string) =>
  infiniteQueryOptions({
    queryKey: ['devices', 'list', filter, sort],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<DeviceRow>>('/devices', { filter, sort, cursor: pageParam, limit: 100 }, signal),
    getNextPageParam: page => page.next,
    placeholderData: previous => previous,
  })

/** How many match, by platform and state. */
export const countsQuery = (filter: string) =>
  queryOptions({
    queryKey: ['devices', 'counts', filter],
    queryFn: ({ signal }) =>
      get<{
        total: number
        byPlatform: Partial<Record<Platform, number>>
        byState: Partial<Record<DeviceState, number>>
      }>('/devices/counts', { filter }, signal),
    placeholderData: previous => previous,
  })

/** The saved views of the device list, mine and shared. */
export const viewsQuery = queryOptions({
  queryKey: ['views', 'devices'],
  queryFn: ({ signal }) => get<Page<SavedView>>('/views', { page: 'devices' }, signal),
})

/** One device with its facts, enrollments and possible actions. */
export const deviceQuery = (id: string) =>
  queryOptions({ queryKey: ['device', id, 'self'], queryFn: ({ signal }) => get<Device>(`/devices/${id}`, {}, signal) })

/** What Google says of a device that it manages. */
export interface GoogleStands {
  mode: string
  program: { id: string; name: string; state: string } | null
  name: string
  noticesCome: boolean
  reportedAt: number | null
  policy: {
    name: string
    version: number
    applied: { name: string; version: number } | null
    state: 'waiting' | 'given' | 'applied'
  }
  wrong: { setting: string; package: string | null; code: string; detail: string | null; items: string[] }[]
  orders: { command: string; type: string; sentAt: number; there: boolean }[]
}

/** How a device stands with Google; null where another road manages it. */
export const googleQuery = (id: string) =>
  queryOptions({
    queryKey: ['device', id, 'google'],
    queryFn: ({ signal }) => get<{ standing: GoogleStands | null }>(`/devices/${id}/google`, {}, signal),
    retry: false,
  })

/** What happened to a device, newest first. */
export const timelineQuery = (id: string, kinds: string) =>
  infiniteQueryOptions({
    queryKey: ['device', id, 'timeline', kinds],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<TimelineEntry>>(`/devices/${id}/timeline`, { cursor: pageParam, kinds, limit: 50 }, signal),
    getNextPageParam: page => page.next,
  })

/** What one batch takes as a list. */
const mostListed = 5000

/** The ids of the devices a filter finds, one more than a batch takes at most: the server then says that it is too many. */
export const idsQuery = (filter: string) =>
  queryOptions({
    queryKey: ['devices', 'ids', filter],
    queryFn: async ({ signal }) => {
      const ids: string[] = []
      let cursor: string | null = ''
      while (cursor !== null && ids.length <= mostListed) {
        const page: Page<DeviceRow> = await get<Page<DeviceRow>>('/devices', { filter, cursor, limit: 200 }, signal)
        ids.push(...page.items.map(row => row.id))
        cursor = page.next
      }
      return ids
    },
  })

/** A device's commands, newest first. */
export const deviceCommandsQuery = (id: string) =>
  queryOptions({
    queryKey: ['device', id, 'commands'],
    queryFn: ({ signal }) => get<Page<Command>>(`/devices/${id}/commands`, { limit: 20 }, signal),
  })

/** An app as the device reported it. */
export interface AppRow {
  name: string | null
  identifier: string | null
  version: string | null
  shortVersion: string | null
  bundleSize: number | null
  managed: boolean | null
  seenAt: number | null
  /** Of Android apps: SHA-256 of the certificate that signed it, the package that installed it, and what it was granted. */
  code?: number | null
  signer?: string | null
  installer?: string | null
  system?: boolean | null
  permissions?: readonly string[] | null
}

/** A profile as the device reported it. */
export interface ProfileRow {
  name?: string | null
  displayName?: string | null
  identifier: string
  managed?: boolean | null
  seenAt?: number | null
}

/** A certificate as the device reported it. */
export interface CertificateRow {
  commonName?: string | null
  subject?: string | null
  isIdentity?: boolean | null
  identity?: boolean | null
  notAfter?: number | null
  seenAt?: number | null
}

/** The last answer of one kind, as it came. */
export interface RawRow {
  source: string
  at: number
  value: unknown
}

/** A list that hangs on one device. */
export const deviceListQuery = <T>(id: string, list: 'apps' | 'profiles' | 'certificates' | 'raw') =>
  queryOptions({
    queryKey: ['device', id, list],
    queryFn: ({ signal }) =>
      get<Page<T> & { gated?: DataType | null }>(`/devices/${id}/${list}`, { limit: 500 }, signal),
  })

/** Orders a command. */
export const order = (id: string, body: { kind: string; args?: unknown; reason?: string }): Promise<Command> =>
  call<Command>('POST', `/devices/${id}/commands`, { body: { args: {}, ...body } })

/** Asks the device for everything it can say. */
export const refresh = (id: string): Promise<{ commands: string[] }> =>
  call('POST', `/devices/${id}/refresh`, { body: {} })

export type { Enrollment }
