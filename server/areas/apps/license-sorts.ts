import { type Page, readPage, type Sorts } from '../../base/page.ts'

const licenseSorts: Sorts = {
  list: 'licenses',
  id: 'id',
  default: '-short',
  columns: {
    short: { column: 'short', type: 'number' },
    name: { column: 'name', type: 'text' },
    total: { column: 'total', type: 'number' },
    assigned: { column: 'assigned', type: 'number' },
    available: { column: 'available', type: 'number' },
  },
}

const seatSorts: Sorts = {
  list: 'seats',
  id: 's.id',
  default: 'since',
  columns: { since: { column: 's.since', type: 'number' }, at: { column: 's.at', type: 'number' } },
}

/** A page of licenses that is asked for. */
export function licensePage(
  org: string,
  query: { sort?: string | undefined; cursor?: string | undefined; limit: number },
): Page {
  return readPage(org, query, licenseSorts)
}

/** A page of seats that is asked for. */
export function seatPage(
  org: string,
  query: { sort?: string | undefined; cursor?: string | undefined; limit: number },
): Page {
  return readPage(org, query, seatSorts)
}
