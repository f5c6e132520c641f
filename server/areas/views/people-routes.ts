import { z } from 'zod'
import { Problem } from '../../base/problem.ts'
import { rawRoute, type Route } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import { pageOfUsers } from '../identity/index.ts'
import { csvEncodings } from './csv.ts'
import { exportUnits, exportUsers, peopleColumns } from './people-export.ts'
import { titleLocales } from './titles.ts'

const how = {
  columns: z.string().max(2000).optional(),
  encoding: z.enum(csvEncodings).default('utf-8'),
  titles: z.enum(titleLocales).optional(),
}

function headers(base: Base, name: string): Record<string, string> {
  const file = `${name}-${new Date(base.clock.now()).toISOString().slice(0, 10)}.csv`
  return { 'content-disposition': `attachment; filename="${file}"` }
}

/** People and units as files, in the form an import takes. */
export const peopleRoutes: readonly Route[] = [
  rawRoute({
    method: ['GET'],
    path: '/api/v1/users.csv',
    plane: 'api',
    auth: 'admin',
    permission: 'users:read',
    summary: 'The users that match a filter, with the columns named, as a file that can be edited and imported.',
    bodyLimit: 0,
    accepts: [],
    query: z.object({ filter: z.string().max(2000).default(''), sort: z.string().max(60).optional(), ...how }),
    reply: ['text/csv'],
    serve: async (base, { query }, call) => {
      if (!call.principal) throw new Problem('session.missing')
      const scope = { ...call.principal, request: call.request }
      const columns = peopleColumns('users', query.columns)
      const { filter, sort, encoding, titles } = query
      // A filter that cannot be read is refused before the first byte is sent.
      await base.read(scope, ctx => pageOfUsers(ctx, { filter, sort, limit: 1 }))
      return {
        type: `text/csv; charset=${encoding}`,
        headers: headers(base, 'users'),
        body: exportUsers(base, scope, { filter, sort, columns, encoding, titles: titles ?? null }),
      }
    },
  }),
  rawRoute({
    method: ['GET'],
    path: '/api/v1/units.csv',
    plane: 'api',
    auth: 'admin',
    permission: 'units:read',
    summary: 'The tree of units as a file that can be edited and imported.',
    bodyLimit: 0,
    accepts: [],
    query: z.object(how),
    reply: ['text/csv'],
    serve: async (base, { query: { encoding, titles, columns } }, call) => {
      if (!call.principal) throw new Problem('session.missing')
      const scope = { ...call.principal, request: call.request }
      const named = peopleColumns('units', columns)
      return {
        type: `text/csv; charset=${encoding}`,
        headers: headers(base, 'units'),
        body: exportUnits(base, scope, { columns: named, encoding, titles: titles ?? null }),
      }
    },
  }),
]
