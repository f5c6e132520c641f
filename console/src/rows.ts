import type { DeviceRow, Page } from './contract.ts'

/** A list that was scrolled far: page after page in one query. */
export interface LongList {
  pages: Page<DeviceRow>[]
  pageParams: unknown[]
}

/** Lists of more pages than this are not read anew as a whole when something happens; their rows are replaced one by one. */
const mostPages = 3

/** Whether this is a list too long to be read anew as a whole. */
export function isLong(data: unknown): data is LongList {
  const pages = typeof data === 'object' && data !== null && 'pages' in data ? data.pages : null
  return Array.isArray(pages) && pages.length > mostPages
}

/** Whether the list shows this device. */
export const holds = (list: LongList, id: string): boolean =>
  list.pages.some(page => page.items.some(row => row.id === id))

/** The same list with one row as it is now; its place stays, so that nothing jumps under the reader. */
export function withRow(list: LongList, row: DeviceRow): LongList {
  const pages = list.pages.map(page =>
    page.items.some(old => old.id === row.id)
      ? { ...page, items: page.items.map(old => (old.id === row.id ? { ...old, ...row } : old)) }
      : page,
  )
  return { ...list, pages }
}
