import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { listQuery, listReply, readPage } from '../../base/page.ts'
import { type Route, route } from '../../base/route.ts'
import * as devices from '../devices/index.ts'
import { namesOf } from '../identity/index.ts'
import { approve, deny, endEarly, type Exception, exceptionFor, grant, toException } from './exception.ts'
import { countAsked, exceptionStates, listExceptions } from './exception-store.ts'
import * as shapes from './shapes.ts'

const params = z.object({ id: z.string().max(40) })
const note = z.string().max(500).default('')
const until = z.int().min(0)

/** Exceptions from being off outside working time. */
export const exceptionRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/hours/exceptions',
    permission: 'hours:read',
    summary:
      'Exceptions, newest first; of some states with state=asked,granted, of one device, person or unit with subject=.',
    query: listQuery.omit({ filter: true }).extend({
      state: z.string().max(100).optional(),
      subject: z.string().max(40).optional(),
    }),
    reply: listReply(shapes.exception),
    run: async (ctx, { query }) => {
      const page = readPage(
        ctx.org,
        { ...query, filter: `${query.state ?? ''} ${query.subject ?? ''}` },
        {
          list: 'hour-exceptions',
          id: 'id',
          default: '-askedAt',
          columns: { askedAt: { column: 'asked_at', type: 'number' }, until: { column: 'until_at', type: 'number' } },
        },
      )
      const paths = ctx.authority.where('hours:read')
      const asked = query.state?.split(',') ?? []
      const states = exceptionStates.filter(s => asked.includes(s))
      const { items, next } = await listExceptions(ctx, paths, page, { states, subject: query.subject ?? null })
      const total = states.join() === 'asked' && query.subject === undefined ? await countAsked(ctx, paths) : null
      return { items: await shownAll(ctx, items.map(toException)), next, total }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/hours/exceptions',
    permission: 'hours:approve',
    summary: 'Grants a device, a person or a unit a time in which nothing is restricted. It ends by itself.',
    body: z.strictObject({
      subject: z.strictObject({ kind: z.enum(['device', 'user', 'unit']), id: z.string().max(40) }),
      from: until.optional(),
      until,
      reason: z.string().trim().min(1).max(500),
    }),
    status: 201,
    reply: shapes.exception,
    run: async (ctx, { body: { subject, from, until: untilMs, reason } }) =>
      shown(ctx, await grant(ctx, { subject, fromMs: from, untilMs, reason })),
  }),
  route({
    method: 'GET',
    path: '/api/v1/hours/exceptions/:id',
    permission: 'hours:read',
    summary: 'One exception.',
    params,
    reply: shapes.exception,
    run: async (ctx, { params: { id } }) => shown(ctx, await exceptionFor(ctx, id, 'hours:read')),
  }),
  route({
    method: 'POST',
    path: '/api/v1/hours/exceptions/:id/approve',
    permission: 'hours:approve',
    summary: 'Says yes to what a person asked for, until then or until another time.',
    params,
    body: z.strictObject({ until: until.optional(), note }),
    reply: shapes.exception,
    run: async (ctx, { params: { id }, body }) =>
      shown(ctx, await approve(ctx, id, { untilMs: body.until, note: body.note })),
  }),
  route({
    method: 'POST',
    path: '/api/v1/hours/exceptions/:id/deny',
    permission: 'hours:approve',
    summary: 'Says no to what a person asked for.',
    params,
    body: z.strictObject({ note }),
    reply: shapes.exception,
    run: async (ctx, { params: { id }, body }) => shown(ctx, await deny(ctx, id, body.note)),
  }),
  route({
    method: 'POST',
    path: '/api/v1/hours/exceptions/:id/end',
    permission: 'hours:approve',
    summary: 'Ends an exception before its time.',
    params,
    reply: shapes.exception,
    run: async (ctx, { params: { id } }) => shown(ctx, await endEarly(ctx, id)),
  }),
]

async function shown(ctx: Ctx, exception: Exception): Promise<z.input<typeof shapes.exception>> {
  const [found] = await shownAll(ctx, [exception])
  if (!found) throw new Error('one exception, one row')
  return found
}

async function shownAll(ctx: Ctx, all: readonly Exception[]): Promise<z.input<typeof shapes.exception>[]> {
  const names = await namesOf(
    ctx,
    all.flatMap(e => [e.subject.id, e.user ?? '', e.by.id ?? '']),
  )
  for (const { subject } of all)
    if (subject.kind === 'device') {
      const device = await devices.find(ctx, subject.id)
      if (device) names.set(device.id, device.name)
    }
  const named = (id: string): string | null => names.get(id) ?? null
  return all.map(({ unitPath: _, subject, user, by, ...rest }) => ({
    ...rest,
    subject: { ...subject, name: named(subject.id) },
    user: user === null ? null : { id: user, name: named(user) },
    by: rest.decidedAt === null ? null : { ...by, name: by.id === null ? null : named(by.id) },
  }))
}
