import { queryOptions } from '@tanstack/react-query'
import type { Family, SystemTable } from '@muster/wire/apple/catalog/catalog.ts'
import { get } from '../../api.ts'

/** An artifact in the list of the catalog. */
export interface CatalogLine {
  family: Family
  id: string
  name: string
  keys: number
  os: SystemTable
  open: boolean
}

/** A key or an artifact that a search found. */
export interface CatalogHit {
  family: Family
  id: string
  name: string
  path: string
  label: string
}

/** The catalog changes with the server only. */
const lasting = { staleTime: Number.POSITIVE_INFINITY }

/** Every artifact in short. */
export const catalogQuery = queryOptions({
  queryKey: ['catalog'],
  queryFn: ({ signal }) => get<{ items: CatalogLine[] }>('/catalog/apple', {}, signal),
  ...lasting,
})

/** What has all words of a text in its name. */
export const catalogSearchQuery = (text: string) =>
  queryOptions({
    queryKey: ['catalog-search', text],
    queryFn: ({ signal }) => get<{ items: CatalogHit[] }>('/catalog/apple/search', { q: text, limit: 60 }, signal),
    enabled: text.trim() !== '',
    placeholderData: previous => previous,
    ...lasting,
  })
