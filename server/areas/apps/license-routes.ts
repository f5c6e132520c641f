import { z } from 'zod'
import { demandWhole } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { listQuery, listReply } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import { type Route, route } from '../../base/route.ts'
import { findLicense, wakeWorker } from './license.ts'
import * as shapes from './license-shapes.ts'
import { listLicenses, listSeats, shownLicenses, unlicensed } from './license-shown.ts'
import { licensePage, seatPage } from './license-sorts.ts'
import { licensesAmong } from './license-store.ts'
import { retrySeats } from './seat-retry.ts'
import { reclaim } from './seat-sync.ts'

const params = z.object({ id: z.string().max(40) })
const flag = z.enum(['true', 'false']).optional()

/** Most that one request asks back; the rest is asked back by asking again. */
const atOnce = 2000

/** Licenses and their seats: how many there are, who has one, who waits, and taking back what nobody uses. */
export const licenseRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/licenses',
    permission: 'apps:read',
    summary:
      'The licenses of every program: how many there are, given, free, missing and unused. Licenses belong to the org, not to a unit.',
    query: listQuery.omit({ filter: true }).extend({
      program: z.string().max(40).optional(),
      storeId: z.string().max(40).optional(),
      search: z.string().max(100).optional(),
      short: flag,
    }),
    reply: listReply(shapes.license),
    run: async (ctx, { query: { program, storeId, search, short, ...query } }) => {
      demandWhole(ctx.authority, 'apps:read')
      const ask = { program, storeId, search, short: short === 'true' }
      return { ...(await listLicenses(ctx, ask, licensePage(ctx.org, query))), total: null }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/licenses/missing',
    permission: 'apps:read',
    summary: 'Apps that devices should have and of which no program holds a license.',
    reply: z.object({ items: z.array(shapes.unlicensed) }),
    run: async ctx => {
      demandWhole(ctx.authority, 'apps:read')
      return { items: await unlicensed(ctx) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/licenses/:id',
    permission: 'apps:read',
    summary: 'One license.',
    params,
    reply: shapes.license,
    run: async (ctx, { params: { id } }) => oneOf(ctx, id),
  }),
  route({
    method: 'GET',
    path: '/api/v1/licenses/:id/seats',
    permission: 'apps:read',
    summary:
      'Who has a seat of a license, waits for one, or was refused. Holders outside one’s units are counted, not named.',
    params,
    query: listQuery.omit({ filter: true }).extend({
      state: z.enum(['wanted', 'asked', 'held', 'returning', 'refused', 'unused']).optional(),
    }),
    reply: listReply(shapes.seat),
    run: async (ctx, { params: { id }, query: { state, ...query } }) => {
      await oneOf(ctx, id)
      return { ...(await listSeats(ctx, { license: id, state }, seatPage(ctx.org, query))), total: null }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/licenses/:id/reclaim',
    permission: 'apps:write',
    summary:
      'Takes back the seats that nothing asks for any more: given elsewhere, or before this server. At most 2,000 at once; ask again for the rest.',
    params,
    reply: z.object({ seats: z.number() }),
    run: async (ctx, { params: { id } }) => {
      const license = await oneOf(ctx, id)
      demandWhole(ctx.authority, 'apps:write')
      if (!license.revocable) throw new Problem('license.not-revocable')
      return { seats: await reclaim(ctx, id, atOnce) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/licenses/:id/retry',
    permission: 'apps:write',
    summary: 'Asks again, now, for the seats that were refused or that wait after a failure.',
    params,
    reply: z.object({ seats: z.number() }),
    run: async (ctx, { params: { id } }) => {
      const license = await oneOf(ctx, id)
      demandWhole(ctx.authority, 'apps:write')
      const again = await retrySeats(ctx, id)
      await wakeWorker(ctx, license.program.id)
      return { seats: again }
    },
  }),
]

async function oneOf(ctx: Ctx, id: string): Promise<z.input<typeof shapes.license>> {
  const whole = ctx.authority.where('apps:read').some(path => path.split('/').length <= 3)
  if (!whole || !(await findLicense(ctx, id))) throw new Problem('id.unknown')
  const [shown] = await shownLicenses(ctx, await licensesAmong(ctx, [id]))
  if (!shown) throw new Problem('id.unknown')
  return shown
}
