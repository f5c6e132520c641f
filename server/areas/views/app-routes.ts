import { z } from 'zod'
import { listReply } from '../../base/page.ts'
import { type Route, route } from '../../base/route.ts'
import * as apps from '../apps/index.ts'
import * as store from './app-store.ts'

const groups = {
  installed: ['installed', 'updating'],
  pending: ['wanted', 'license', 'sent', 'downloading', 'installing', 'asking'],
  failed: ['failed', 'rejected'],
  removed: ['removed'],
} as const

const row = z.object({
  id: z.string(),
  name: z.string(),
  serial: z.string().nullable(),
  platform: z.string(),
  presence: z.string(),
  state: z.enum(apps.appStates),
  version: z.string().nullable(),
  code: z.string().nullable(),
  since: z.number(),
  heardAt: z.number().nullable(),
})

/** What screens read of apps over the fleet. */
export const appViewRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/apps/:id/devices',
    permission: 'apps:read',
    summary:
      'The devices on which an app should be, may be or is, with how far it is there; none of a system that it is not made for.',
    params: z.object({ id: z.string().max(40) }),
    query: z.object({
      state: z.enum(['installed', 'pending', 'failed', 'removed']).optional(),
      cursor: z.string().max(40).default(''),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: listReply(row),
    run: async (ctx, { params: { id }, query }) => {
      const app = await apps.appFor(ctx, id, 'apps:read')
      const paths = ctx.authority.where('devices:read')
      const { state, cursor: after, limit } = query
      const found = await store.devicesOfApp(ctx, {
        ...{ app: app.id, paths, after, limit },
        states: state === undefined ? null : groups[state],
        without: apps.otherSystem,
      })
      const items = found.slice(0, limit).map(r => {
        const reason: { code?: string } | null = r.reason === null ? null : JSON.parse(r.reason)
        const { heard_at, reason: _, ...rest } = r
        const at = { since: Number(r.since), heardAt: heard_at === null ? null : Number(heard_at) }
        return { ...rest, ...at, state: apps.stateIn(r.state), code: reason?.code ?? null }
      })
      return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null, total: null }
    },
  }),
]
