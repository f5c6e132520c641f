import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { listQuery, listReply, readPage } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import { type Route, route } from '../../base/route.ts'
import { decideException, endException, exceptionFor, grantException } from './exception.ts'
import { exceptionStates, type ExceptionRow, pageOfExceptions } from './exception-store.ts'
import { exceptionShape, shownExceptions } from './shapes.ts'

const params = z.object({ id: z.string().max(40) })
const id = z.string().max(40)
const reason = z.string().trim().min(3).max(1000)
const wish = z.object({ rule: id, reason, until: z.int(), wrong: z.boolean().default(false) })

/** Exceptions from rules: for whom, why, by whom, until when. */
export const exceptionRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/exceptions',
    permission: 'compliance:read',
    summary: 'Exceptions from rules, those that end soonest first; narrowed with state=, rule=, device=, user=.',
    query: listQuery.omit({ filter: true }).extend({
      state: z.enum(exceptionStates).optional(),
      rule: id.optional(),
      device: id.optional(),
      user: id.optional(),
    }),
    reply: listReply(exceptionShape),
    run: async (ctx, { query }) => {
      const page = readPage(ctx.org, query, {
        list: 'exceptions',
        id: 'id',
        default: 'until',
        columns: { until: { column: 'until', type: 'number' }, askedAt: { column: 'asked_at', type: 'number' } },
      })
      const { state, rule, device, user } = query
      const rows = await pageOfExceptions(ctx, page, {
        paths: ctx.authority.where('compliance:read'),
        ...(state === undefined ? {} : { state }),
        ...(rule === undefined ? {} : { rule }),
        ...(device === undefined ? {} : { device }),
        ...(user === undefined ? {} : { user }),
      })
      const { items, next } = page.finish(rows)
      return { items: await shownExceptions(ctx, items), next, total: null }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/exceptions/:id',
    permission: 'compliance:read',
    summary: 'One exception from a rule.',
    params,
    reply: exceptionShape,
    run: async (ctx, { params: { id } }) => one(ctx, await exceptionFor(ctx, id, 'compliance:read')),
  }),
  route({
    method: 'POST',
    path: '/api/v1/devices/:id/exceptions',
    permission: 'compliance:except',
    summary: 'Excepts a device from a rule until an instant; wrong=true says that the rule was wrong about it.',
    params,
    body: wish,
    reply: exceptionShape,
    status: 201,
    run: async (ctx, { params: { id }, body }) =>
      one(ctx, await grantException(ctx, { ...body, device: id, user: null })),
  }),
  route({
    method: 'POST',
    path: '/api/v1/users/:id/exceptions',
    permission: 'compliance:except',
    summary: 'Excepts every device of a person from a rule until an instant.',
    params,
    body: wish,
    reply: exceptionShape,
    status: 201,
    run: async (ctx, { params: { id }, body }) =>
      one(ctx, await grantException(ctx, { ...body, device: null, user: id })),
  }),
  route({
    method: 'POST',
    path: '/api/v1/exceptions/:id/decide',
    permission: 'compliance:except',
    summary: 'Grants or denies an exception that a person asked for.',
    params,
    body: z.object({ grant: z.boolean(), until: z.int().optional(), reason: reason.optional() }),
    reply: exceptionShape,
    run: async (ctx, { params: { id }, body }) => one(ctx, await decideException(ctx, id, body)),
  }),
  route({
    method: 'POST',
    path: '/api/v1/exceptions/:id/end',
    permission: 'compliance:except',
    summary: 'Ends an exception before its time.',
    params,
    reply: exceptionShape,
    run: async (ctx, { params: { id } }) => {
      await endException(ctx, id)
      return one(ctx, await exceptionFor(ctx, id, 'compliance:read'))
    },
  }),
]

async function one(ctx: Ctx, row: ExceptionRow): Promise<z.input<typeof exceptionShape>> {
  const [shown] = await shownExceptions(ctx, [row])
  if (!shown) throw new Problem('id.unknown')
  return shown
}
