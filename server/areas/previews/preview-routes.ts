import { z } from 'zod'
import { demandWhole, may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import { type Route, route } from '../../base/route.ts'
import { bumpRevision } from '../policies/index.ts'
import { ruleEvents } from './events.ts'
import { demandGroups, getPreview, usualConfirmAbove } from './preview.ts'
import * as store from './preview-store.ts'
import { deviceRef as deviceShape, preview } from './shapes.ts'
import { deviceRef, forReader, userNames } from './shown.ts'
import { targetsPage } from './target.ts'

const byId = z.object({ id: z.string().max(40) })
const rules = z.object({ confirmAbove: z.number().int().min(0).max(1_000_000) })

/** Reads of previews, and what the org decided about them. */
export const previewRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/previews/:id',
    permission: 'policies:read',
    summary: 'A preview that you asked for: what the change would do, or how far the computation is.',
    params: byId,
    reply: preview,
    run: async (ctx, { params: { id } }) => forReader(ctx, await getPreview(ctx, id)),
  }),
  route({
    method: 'GET',
    path: '/api/v1/previews/:id/groups/:key/devices',
    permission: 'policies:read',
    summary: 'The devices of one group of a preview that you may see.',
    params: byId.extend({ key: z.string().max(100) }),
    query: z.object({
      cursor: z.coerce.number().int().min(0).max(10_000_000).default(0),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({ items: z.array(deviceShape), next: z.string().nullable() }),
    run: async (ctx, { params: { id, key }, query }) => {
      await demandGroups(ctx, id)
      return members(ctx, { preview: id, key, from: query.cursor, limit: query.limit })
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/settings/previews',
    permission: 'policies:read',
    summary: 'Above how many devices that lose something a write must be confirmed with a phrase.',
    reply: rules,
    run: async ctx => ({ confirmAbove: (await store.confirmAbove(ctx)) ?? usualConfirmAbove }),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/settings/previews',
    permission: 'org:write',
    summary: 'Changes above how many devices that lose something a write must be confirmed, for the whole org.',
    body: rules,
    reply: rules,
    run: async (ctx, { body }) => {
      demandWhole(ctx.authority, 'org:write')
      const before = (await store.confirmAbove(ctx)) ?? usualConfirmAbove
      if (before === body.confirmAbove) return body
      await store.putConfirmAbove(ctx, body.confirmAbove)
      // Previews of the same revision are taken for a save; those made under the other limit must not be.
      await bumpRevision(ctx)
      await record(ctx, ruleEvents.changed, null, { field: 'confirmAbove', before, now: body.confirmAbove })
      return body
    },
  }),
]

async function members(ctx: Ctx, at: { preview: string; key: string; from: number; limit: number }) {
  const ids = await store.membersOf(ctx, { ...at, limit: at.limit + 1 })
  if (ids.length === 0 && at.from === 0) throw new Problem('id.unknown')
  const page = ids.slice(0, at.limit)
  const targets = await targetsPage(ctx, { ids: page, limit: page.length })
  const seen = targets.filter(t => may(ctx.authority, 'devices:read', t.path))
  const users = await userNames(ctx, new Map(seen.map(t => [t.id, t])))
  return {
    items: seen.map(t => deviceRef(t, users)),
    next: ids.length > at.limit ? String(at.from + at.limit) : null,
  }
}
