import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call, get } from '../../api.ts'
import type { Page } from '../../contract.ts'
import type { Change, ChangeMove, Import, ImportLine, ImportMode, ImportOf } from '../../contract/changes.ts'
import { isFollowed } from './outlook.ts'

/** How often something that works in the background is asked again. */
const againMs = 1200

const workingImport: readonly Import['state'][] = ['reading', 'checking', 'applying', 'undoing']
const workingChange: readonly Change['state'][] = ['running', 'watching', 'undoing']

/** Whether the server is at work on an import. */
export const isWorking = (one: Pick<Import, 'state'>): boolean => workingImport.includes(one.state)

/** Files that were brought in, newest first. */
export const importsQuery = infiniteQueryOptions({
  queryKey: ['imports', 'list'],
  initialPageParam: '',
  queryFn: ({ pageParam, signal }) => get<Page<Import>>('/imports', { cursor: pageParam, limit: 50 }, signal),
  getNextPageParam: page => page.next,
})

/** One file; asked again while the server works on it, and while devices are on their way. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', id],
    queryFn: ({ signal }) => get<Import>(`/imports/${id}`, {}, signal),
    refetchInterval: ({ state }) =>
      state.data && (isWorking(state.data) || isFollowed(state.data.reach)) ? againMs : false,
  })

/** Lines of a file, page after page. */
export const linesQuery = (id: string, only: string) =>
  infiniteQueryOptions({
    queryKey: ['imports', id, 'rows', only],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<ImportLine>>(`/imports/${id}/rows`, { only, cursor: pageParam, limit: 100 }, signal),
    getNextPageParam: page => page.next,
  })

/** What is said about a file when it is sent. */
export interface Upload {
  of: ImportOf
  mode: ImportMode
  unit: string
  devicesFollow: boolean
  encoding?: string
  columns?: Record<string, string>
}

/** Sends a file; nothing is done before it is applied. */
export const upload = (file: File, wish: Upload): Promise<Import> =>
  call<Import>('POST', '/imports', {
    query: {
      of: wish.of,
      mode: wish.mode,
      unit: wish.unit,
      name: file.name.slice(0, 200),
      devicesFollow: wish.devicesFollow,
      encoding: wish.encoding,
      columns: wish.columns && JSON.stringify(wish.columns),
    },
    body: new Blob([file], { type: 'text/csv' }),
  })

/** Planned changes, newest first. */
export const changesQuery = infiniteQueryOptions({
  queryKey: ['changes', 'list'],
  initialPageParam: '',
  queryFn: ({ pageParam, signal }) => get<Page<Change>>('/changes', { cursor: pageParam, limit: 50 }, signal),
  getNextPageParam: page => page.next,
})

/** One planned change; asked again while it is computed, carried out, or followed by devices. */
export const changeQuery = (id: string) =>
  queryOptions({
    queryKey: ['changes', id],
    queryFn: ({ signal }) => get<Change>(`/changes/${id}`, {}, signal),
    refetchInterval: ({ state }) => {
      const { data } = state
      if (!data) return false
      return data.computing || workingChange.includes(data.state) || isFollowed(data.reach) ? againMs : false
    },
  })

/** The next change that is still to come, if any. */
export const comingQuery = queryOptions({
  queryKey: ['changes', 'open'],
  queryFn: ({ signal }) => get<Page<Change>>('/changes', { open: true, limit: 20 }, signal),
})

/** The single moves of a change. */
export const movesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['changes', id, 'moves'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      get<Page<ChangeMove>>(`/changes/${id}/moves`, { cursor: pageParam, limit: 100 }, signal),
    getNextPageParam: page => page.next,
  })
