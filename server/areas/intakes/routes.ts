import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { listQuery, listReply } from '../../base/page.ts'
import { type Route, route } from '../../base/route.ts'
import { isZone } from '../../base/zone.ts'
import { changeIntake, closeIntake, liveFor, openIntake, planIntake, removeIntake, rowFor } from './intake.ts'
import { prepareSoon } from './later.ts'
import { given, lineRoutes } from './line-routes.ts'
import { paperRoutes } from './paper-routes.ts'
import { mostLines } from './read.ts'
import { intakeShape, rowShape } from './shapes.ts'
import { shown, shownRows } from './shown.ts'
import * as store from './store.ts'

const params = z.object({ id: z.string().max(64) })
const id = z.string().max(64)
const name = z.string().trim().min(1).max(120)
const day = z.string().max(10).describe('As 2026-04-01.')
const zone = z.string().max(60).refine(isZone, 'no such time zone')
const note = z.string().trim().max(4000)

async function page(ctx: Ctx, of: string): Promise<z.input<typeof intakeShape>> {
  return shown(ctx, await rowFor(ctx, of, 'intakes:read'))
}

const own: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/intakes',
    permission: 'intakes:read',
    summary:
      'Batches of devices that are expected together, the latest day first. Filter by state, name, day and unit.',
    query: listQuery,
    reply: listReply(rowShape),
    run: async (ctx, { query }) => {
      const { items, next } = await store.list(ctx, ctx.authority.where('intakes:read'), query)
      return { items: await shownRows(ctx, items), next, total: null }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/intakes',
    permission: 'intakes:write',
    summary:
      'Plans a batch: devices by serial number, or all that a filter of the roster means. Lines that cannot be read are kept with their faults. The look before its day begins at once.',
    bodyLimit: 4 * 1024 * 1024,
    body: z.strictObject({
      name,
      day,
      zone: zone.default('UTC'),
      unit: id,
      blueprint: id.nullable().default(null),
      setup: id.nullable().default(null),
      note: note.default(''),
      source: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('list'), lines: z.array(given).min(1).max(mostLines) }),
        z.strictObject({ kind: z.literal('roster'), filter: z.string().max(2000) }),
      ]),
    }),
    status: 201,
    reply: intakeShape,
    run: async (ctx, { body }) => page(ctx, (await planIntake(ctx, body)).id),
  }),
  route({
    method: 'GET',
    path: '/api/v1/intakes/:id',
    permission: 'intakes:read',
    summary: 'One batch: how the look before its day turned out, and how many of its devices are where.',
    params,
    reply: intakeShape,
    run: (ctx, { params: { id } }) => page(ctx, id),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/intakes/:id',
    permission: 'intakes:write',
    summary: 'Changes a batch. Its blueprint can be another one only until the first device has come.',
    params,
    body: z.strictObject({
      name: name.optional(),
      day: day.optional(),
      zone: zone.optional(),
      blueprint: id.nullable().optional(),
      setup: id.nullable().optional(),
      note: note.optional(),
    }),
    reply: intakeShape,
    run: async (ctx, { params: { id }, body }) => {
      const wanted = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
      await changeIntake(ctx, id, wanted)
      return page(ctx, id)
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/intakes/:id',
    permission: 'intakes:write',
    summary: 'Removes a batch of which no device has come.',
    params,
    run: async (ctx, { params: { id } }) => {
      await removeIntake(ctx, id)
      return undefined
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/intakes/:id/check',
    permission: 'intakes:write',
    summary: 'Has everything looked at again now.',
    params,
    reply: intakeShape,
    run: async (ctx, { params: { id } }) => {
      await prepareSoon(ctx, (await liveFor(ctx, id)).id)
      return page(ctx, id)
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/intakes/:id/start',
    permission: 'intakes:write',
    summary:
      'Opens the day of a batch. With red checks only where `anyway` says so. The first device that comes opens it by itself.',
    params,
    body: z.strictObject({ anyway: z.boolean().default(false) }),
    reply: intakeShape,
    run: async (ctx, { params: { id }, body }) => {
      await openIntake(ctx, id, body.anyway)
      return page(ctx, id)
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/intakes/:id/close',
    permission: 'intakes:write',
    summary: 'Closes a batch. Its record stays; devices that did not come are expected no more.',
    params,
    body: z.strictObject({ note: note.default('') }),
    reply: intakeShape,
    run: async (ctx, { params: { id }, body }) => {
      await closeIntake(ctx, id, body.note)
      return page(ctx, id)
    },
  }),
]

/** Every route of this area. */
export const routes: readonly Route[] = [...own, ...lineRoutes, ...paperRoutes]
