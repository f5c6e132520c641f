import { queryOptions } from '@tanstack/react-query'
import { get } from '../../api.ts'
import type { Locale, Page } from '../../contract.ts'
import type { Comparison, ExportFile, PastPage, ReportKind, SavedReport } from '../../contract/reports.ts'

/** The kinds of reports, in the reader's language. */
export const libraryQuery = (language: Locale) =>
  queryOptions({
    queryKey: ['reports', 'library', language],
    queryFn: ({ signal }) => get<{ items: ReportKind[] }>('/reports/library', { language }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Saved reports. */
export const savedQuery = queryOptions({
  queryKey: ['reports', 'saved'],
  queryFn: ({ signal }) => get<Page<SavedReport>>('/reports', { limit: 200 }, signal),
  refetchInterval: 30_000,
})

const moving = (file: ExportFile): boolean => file.state === 'waiting' || file.state === 'running'

/** The reader's files, looked at often while one is being made. */
export const filesQuery = queryOptions({
  queryKey: ['reports', 'files'],
  queryFn: ({ signal }) => get<Page<ExportFile>>('/exports', { limit: 50 }, signal),
  refetchInterval: query => (query.state.data?.items.some(moving) ? 1000 : 30_000),
})

/** A device as it was at the end of a day. */
export const pastQuery = (device: string, asOf: string, zone: string) =>
  queryOptions({
    queryKey: ['device', device, 'past', asOf, zone],
    queryFn: ({ signal }) => get<PastPage>(`/devices/${device}/as-of`, { asOf, zone }, signal),
    retry: false,
  })

/** What differs between the ends of two days. */
export const compareQuery = (device: string, from: string, to: string, zone: string) =>
  queryOptions({
    queryKey: ['device', device, 'compare', from, to, zone],
    queryFn: ({ signal }) => get<Comparison>(`/devices/${device}/compare`, { from, to, zone }, signal),
    retry: false,
  })
