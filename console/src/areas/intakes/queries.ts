import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call, get } from '../../api.ts'
import type { Page } from '../../contract.ts'

export type LineState = 'blocked' | 'expected' | 'unboxed' | 'enrolled' | 'configuring' | 'ready' | 'stuck'
type Facts = Record<string, string | number | boolean | null>

/** A batch as lists show it. */
export interface BatchRow {
  id: string
  name: string
  day: string
  zone: string
  dayAt: number
  state: 'planned' | 'open' | 'closed'
  unit: { id: string; name: string; path: string }
  blueprint: { id: string; name: string } | null
  setup: { id: string; name: string } | null
  counts: Record<LineState | 'total', number>
  reds: number
  ambers: number
  checkedAt: number | null
  createdAt: number
  openedAt: number | null
  closedAt: number | null
}

/** One thing that was looked at before the day. */
export interface Check {
  code: string
  subject: string
  state: 'red' | 'amber' | 'green'
  facts: Facts
  link: string
  since: number
}

/** A batch as its page shows it. */
export interface Batch extends BatchRow {
  note: string
  tag: string
  source: 'list' | 'roster'
  filter: string
  gathering: boolean
  by: { kind: string; id: string | null; name: string | null }
  checks: Check[]
}

/** One thing that is wrong with a line. */
export interface Fault {
  code: string
  facts: Record<string, string | number>
}

/** A line with its device. */
export interface Line {
  n: number
  line: number | null
  raw: string
  serial: string
  assetTag: string
  person: string
  user: { id: string; name: string } | null
  place: string
  unit: { id: string; name: string; path: string }
  faults: Fault[]
  state: LineState
  cause: string | null
  facts: Facts
  apps: { wanted: number; there: number }
  device: { id: string; name: string } | null
  unboxedAt: number | null
  enrolledAt: number | null
  heardAt: number | null
  readyAt: number | null
  since: number
}

/** What a file was read as. */
export interface Reading {
  encoding: string
  columns: string[]
  devices: number
  blocked: number
  matched: number
  named: number
  lines: (Pick<Line, 'line' | 'raw' | 'serial' | 'assetTag' | 'person' | 'user' | 'place' | 'unit' | 'faults'> & {
    blocked: boolean
  })[]
}

/** What a new batch is made of. */
export interface Plan {
  name: string
  day: string
  zone: string
  unit: string
  blueprint: string | null
  setup: string | null
  source: { kind: 'list'; lines: object[] } | { kind: 'roster'; filter: string }
}

/** Batches, the latest day first. */
export const batchesQuery = (filter: string) =>
  infiniteQueryOptions({
    queryKey: ['intakes', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      get<Page<BatchRow>>('/intakes', { filter, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: '',
    getNextPageParam: page => page.next ?? undefined,
  })

/** One batch. */
export const batchQuery = (id: string) =>
  queryOptions({
    queryKey: ['intake', id, 'self'],
    queryFn: ({ signal }) => get<Batch>(`/intakes/${id}`, {}, signal),
    refetchInterval: 20_000,
  })

/** Its devices. */
export const linesQuery = (id: string, filter: string) =>
  infiniteQueryOptions({
    queryKey: ['intake', id, 'lines', filter],
    queryFn: ({ pageParam, signal }) =>
      get<Page<Line>>(
        `/intakes/${id}/devices`,
        { filter, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: page => page.next ?? undefined,
  })

/** How devices can be received; none where the reader may not see any. */
export const setupsQuery = queryOptions({
  queryKey: ['setups', 'choice'],
  queryFn: ({ signal }) => get<Page<{ id: string; name: string }>>('/setups', {}, signal),
  retry: false,
})

/** Says what a file or a list would be read as. */
export const readFile = (file: Blob, unit: string): Promise<Reading> =>
  call<Reading>('POST', '/intakes/read', { query: { unit }, body: new Blob([file], { type: 'text/csv' }) })

/** Plans a batch. */
export const plan = (body: Plan): Promise<Batch> => call<Batch>('POST', '/intakes', { body })
