import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call, get } from '../../api.ts'
import type { Page } from '../../contract.ts'
import type { Calendar, Holiday, HourException, HoursPreview, Phase, ZoneOf } from '../../contract/hours.ts'
import type { Json } from '../../contract/policies.ts'

/** All calendars, by name. */
export const calendarsQuery = queryOptions({
  queryKey: ['calendars'],
  queryFn: ({ signal }) => get<Page<Calendar>>('/calendars', {}, signal),
})

/** One calendar with its days. */
export const calendarQuery = (id: string) =>
  queryOptions({
    queryKey: ['calendars', id],
    queryFn: ({ signal }) => get<Calendar & { days: Holiday[] }>(`/calendars/${id}`, {}, signal),
  })

/** What a file or a pasted list says, read by the server. */
export const readDays = (text: string) =>
  call<{ days: Holiday[]; passedBy: number }>('POST', '/calendars/read', { body: { text } })

/** Exceptions of some states, newest first; of one device, person or unit where it is named. */
export const exceptionsQuery = (state: string, subject = '') =>
  infiniteQueryOptions({
    queryKey: ['hour-exceptions', state, subject],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<HourException>>('/hours/exceptions', { state, subject, cursor: pageParam, limit: 50 }, signal),
    getNextPageParam: page => page.next,
    refetchInterval: 30_000,
  })

/** Whether it is working time for a device; null where it has none. */
export const phaseQuery = (device: string) =>
  queryOptions({
    queryKey: ['device', device, 'hours'],
    queryFn: ({ signal }) => get<{ phase: (Phase & { since: number }) | null }>(`/devices/${device}/hours`, {}, signal),
    refetchInterval: 30_000,
  })

/** What a value would mean for a device or a unit. */
export const previewHours = (value: Json, about: { device?: string; unit?: string }, signal: AbortSignal) =>
  call<HoursPreview>('POST', '/hours/preview', { body: { value, ...about }, signal })

/** The zone of a unit or of a person. */
export const zoneQuery = (of: 'units' | 'users', id: string) =>
  queryOptions({
    queryKey: ['zone', of, id],
    queryFn: ({ signal }) => get<ZoneOf>(`/${of}/${id}/zone`, {}, signal),
  })
