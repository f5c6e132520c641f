import { z } from 'zod'
import * as alerts from '../alerts/index.ts'
import { listQuery } from '../../base/page.ts'
import { type Route, rawRoute, route } from '../../base/route.ts'
import { Problem } from '../../base/problem.ts'
import { appViewRoutes } from './app-routes.ts'
import { exportAlerts } from './alert-export.ts'
import { campaignRoutes } from './campaign-export.ts'
import { csvEncodings } from './csv.ts'
import { columnsOf, exportDevices } from './export.ts'
import { deviceQuery } from './device-list.ts'
import { deviceRoutes } from './device-routes.ts'
import { home, homeShape } from './home.ts'
import { escrowRoutes } from './escrow-routes.ts'
import { pastRoutes } from './past-routes.ts'
import { licenseFileRoutes } from './license-export.ts'
import { peopleRoutes } from './people-routes.ts'
import { changeView, listViews, removeView, saveView, viewShape, wishShape } from './saved.ts'
import { search, searchShape } from './search.ts'
import { titleLocales } from './titles.ts'
import { deviceCounts, deviceListReply, listDevices } from './device-list.ts'

const filter = z.string().max(2000).default('')

/** What the screens read. */
export const routes: readonly Route[] = [
  ...appViewRoutes,
  ...campaignRoutes,
  route({
    method: 'GET',
    path: '/api/v1/devices',
    permission: 'devices:read',
    summary: 'Devices that match a filter, a page at a time.',
    query: listQuery,
    reply: deviceListReply,
    run: (ctx, { query }) => listDevices(ctx, query),
  }),
  rawRoute({
    method: ['GET'],
    path: '/api/v1/devices.csv',
    plane: 'api',
    auth: 'admin',
    permission: 'devices:read',
    summary: 'The devices that match a filter, with the columns named, as a file for spreadsheets.',
    bodyLimit: 0,
    accepts: [],
    query: z.object({
      filter,
      sort: z.string().max(60).optional(),
      columns: z.string().max(1000).optional(),
      encoding: z.enum(csvEncodings).default('utf-8'),
      titles: z.enum(titleLocales).optional(),
    }),
    reply: ['text/csv'],
    serve: async (base, { query }, call) => {
      if (!call.principal) throw new Problem('session.missing')
      const scope = { ...call.principal, request: call.request }
      const columns = columnsOf(query.columns)
      // A filter that cannot be read is refused before the first byte is sent.
      await base.read(scope, ctx => deviceQuery(ctx, query.filter))
      const { filter: wanted, sort, encoding, titles } = query
      const name = `devices-${new Date(base.clock.now()).toISOString().slice(0, 10)}.csv`
      return {
        type: `text/csv; charset=${encoding}`,
        headers: { 'content-disposition': `attachment; filename="${name}"` },
        body: exportDevices(base, scope, { filter: wanted, sort, columns, encoding, titles: titles ?? null }),
      }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/devices/counts',
    permission: 'devices:read',
    summary: 'How many devices match a filter, by platform and by state.',
    query: z.object({ filter }),
    reply: z.object({
      total: z.number(),
      byPlatform: z.record(z.string(), z.number()),
      byState: z.record(z.string(), z.number()),
    }),
    run: (ctx, { query }) => deviceCounts(ctx, query.filter),
  }),
  ...pastRoutes,
  ...escrowRoutes,
  ...deviceRoutes,
  rawRoute({
    method: ['GET'],
    path: '/api/v1/alerts.csv',
    plane: 'api',
    auth: 'admin',
    permission: 'alerts:read',
    summary: 'The alerts that match a filter, as a file for spreadsheets.',
    bodyLimit: 0,
    accepts: [],
    query: z.object({ filter, encoding: z.enum(csvEncodings).default('utf-8') }),
    reply: ['text/csv'],
    serve: async (base, { query }, call) => {
      if (!call.principal) throw new Problem('session.missing')
      const scope = { ...call.principal, request: call.request }
      // A filter that cannot be read is refused before the first byte is sent.
      await base.read(scope, ctx => alerts.listAlerts(ctx, { filter: query.filter, limit: 1 }))
      const name = `alerts-${new Date(base.clock.now()).toISOString().slice(0, 10)}.csv`
      return {
        type: `text/csv; charset=${query.encoding}`,
        headers: { 'content-disposition': `attachment; filename="${name}"` },
        body: exportAlerts(base, scope, query),
      }
    },
  }),
  ...licenseFileRoutes,
  ...peopleRoutes,
  route({
    method: 'GET',
    path: '/api/v1/home',
    permission: 'devices:read',
    summary: 'What needs a person, how the fleet stands, what expires, and how fast devices call home.',
    reply: homeShape,
    run: ctx => home(ctx),
  }),
  route({
    method: 'GET',
    path: '/api/v1/search',
    permission: 'devices:read',
    summary: 'Devices, users, commands, units, policies, blueprints, groups and tags that hold a text, a few of each.',
    query: z.object({ q: z.string().max(200) }),
    reply: searchShape,
    run: (ctx, { query: { q } }) => search(ctx, q),
  }),
  route({
    method: 'GET',
    path: '/api/v1/views',
    permission: 'devices:read',
    summary: 'Saved views of a list, your own and those shared by others.',
    query: z.object({ page: z.literal('devices').default('devices') }),
    reply: z.object({ items: z.array(viewShape), next: z.null(), total: z.number() }),
    run: async (ctx, { query: { page } }) => {
      const items = await listViews(ctx, page)
      return { items, next: null, total: items.length }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/views',
    permission: 'devices:read',
    summary: 'Saves a view of a list for yourself, or, with views:write, for everyone.',
    body: wishShape,
    reply: viewShape,
    status: 201,
    run: (ctx, { body }) => saveView(ctx, body),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/views/:id',
    permission: 'devices:read',
    summary: 'Changes a saved view of your own, or, with views:write, a shared one.',
    params: z.object({ id: z.string() }),
    body: z.strictObject({
      name: z.string().trim().min(1).max(80).optional(),
      filter: z.string().max(2000).optional(),
      sort: z.string().max(60).nullable().optional(),
      columns: z.array(z.string().max(40)).max(40).nullable().optional(),
      shared: z.boolean().optional(),
    }),
    reply: viewShape,
    run: (ctx, { params, body }) => changeView(ctx, params.id, body),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/views/:id',
    permission: 'devices:read',
    summary: 'Forgets a saved view of your own, or, with views:write, a shared one.',
    params: z.object({ id: z.string() }),
    run: async (ctx, { params }) => {
      await removeView(ctx, params.id)
      return undefined
    },
  }),
]
