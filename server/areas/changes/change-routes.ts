import { z } from 'zod'
import { everything } from '../../base/authority.ts'
import { listQuery, listReply } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import { type Route, route, servedRoute } from '../../base/route.ts'
import { forReader } from '../previews/index.ts'
import { approveChange, cancelChange, reschedule, undoChange } from './approve.ts'
import { atOnce, changeFor, listChanges, planChange } from './change.ts'
import { alsoShape, planAlso } from './also.ts'
import { moved } from './effects.ts'
import { joined } from './moves.ts'
import { movesFrom, planMoves, planUnits } from './plan.ts'
import * as shapes from './shapes.ts'
import { comingMoves, movesPage, shownChange, shownChanges } from './shown-change.ts'

const params = z.object({ id: z.string().max(40) })
const id = z.string().max(40)
/** A time on the wall: `2026-12-01T00:00`. */
export const localTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/
const at = z.union([z.number(), z.string().regex(localTime)]).nullable()
const move = z.union([
  z.strictObject({ user: id, unit: id }),
  z.strictObject({ device: id, unit: id.optional(), user: id.nullable().optional() }),
])
const moves = z.array(move).max(5000)
const when = { at, zone: z.string().max(60).default('UTC') }

/** Moves that are planned, reviewed as one and can be taken back. */
export const changeRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/changes',
    permission: 'changes:read',
    summary: 'Planned changes and those that were, newest first; open ones only when asked.',
    query: listQuery.omit({ filter: true }).extend({ open: z.enum(['true', 'false']).default('false') }),
    reply: listReply(shapes.changeShape),
    run: async (ctx, { query: { open, ...query } }) => {
      const { items, next } = await listChanges(ctx, { ...query, filter: '', open: open === 'true' })
      return { items: await shownChanges(ctx, items), next, total: null }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/changes',
    permission: 'changes:write',
    summary:
      'Plans moves of people and devices as one change. What it would do is computed; nothing is done before it is approved.',
    bodyLimit: 2 * 1024 * 1024,
    body: z.object({
      name: z.string().trim().min(1).max(200),
      note: z.string().trim().max(2000).optional(),
      ...when,
      devicesFollow: z.boolean().default(true),
      waves: shapes.wavesShape.optional(),
      moves,
    }),
    reply: shapes.changeShape,
    status: 201,
    run: async (ctx, { body }) =>
      shownChange(
        ctx,
        await planChange(ctx, { ...body, waves: body.waves ?? { ...atOnce, shares: [...atOnce.shares] } }),
      ),
  }),
  servedRoute({
    method: 'POST',
    path: '/api/v1/changes/preview',
    permission: 'changes:write',
    summary:
      'What moves of people, devices and units would do to devices and licenses, and other tags, groups or people who leave, without planning them.',
    bodyLimit: 2 * 1024 * 1024,
    body: z.object({
      moves: moves.default([]),
      /** Units that would hang below another, with everything below them. */
      units: z
        .array(z.strictObject({ unit: id, parent: id }))
        .max(20)
        .default([]),
      ...alsoShape,
      devicesFollow: z.boolean().default(true),
    }),
    reply: z.object({ preview: shapes.changeShape.shape.preview }),
    serve: async (base, { body }, call) => {
      if (!call.principal) throw new Problem('session.missing')
      const scope = { ...call.principal, request: call.request }
      const planned = await base.read(scope, ctx => planMoves(ctx, body.moves))
      const units = await base.read(scope, ctx => planUnits(ctx, body.units))
      const also = await base.read(scope, ctx => planAlso(ctx, body))
      const seeing = { ...scope, authority: everything }
      const all = await base.read(seeing, ctx => movesFrom(ctx, planned, body.devicesFollow))
      const preview = await moved(base, scope, joined({ ...all, units }, also), patienceMs)
      return { body: { preview: await base.read(scope, ctx => forReader(ctx, preview)) } }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/changes/coming',
    permission: 'changes:read',
    summary: 'Which of these users or devices, at most 200, are to move, and with which change.',
    query: z.object({ of: z.string().max(8000).default('') }),
    reply: z.object({
      items: z.array(
        z.object({ subject: z.string(), change: z.string(), name: z.string(), at: z.number().nullable() }),
      ),
    }),
    run: async (ctx, { query }) => ({ items: await comingMoves(ctx, query.of.split(',').slice(0, 200)) }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/changes/:id',
    permission: 'changes:read',
    summary: 'A planned change: what it would do, apart by where people and devices go, and how far it is.',
    params,
    reply: shapes.changeShape,
    run: async (ctx, { params: { id: one } }) => shownChange(ctx, await changeFor(ctx, one, 'changes:read')),
  }),
  route({
    method: 'GET',
    path: '/api/v1/changes/:id/moves',
    permission: 'changes:read',
    summary: 'The single moves of a planned change, and what became of each.',
    params,
    query: z.object({
      only: z.enum(['planned', 'applied', 'same', 'failed', 'undone', 'kept']).optional(),
      cursor: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    reply: z.object({ items: z.array(shapes.moveShape), next: z.string().nullable(), total: z.number().nullable() }),
    run: (ctx, { params: { id: one }, query }) => movesPage(ctx, one, query),
  }),
  route({
    method: 'POST',
    path: '/api/v1/changes/:id/approve',
    permission: 'changes:write',
    summary: 'Approves a change as it was shown: it is carried out at its time. One that stopped goes on.',
    params,
    body: z.object({
      confirm: z.string().max(100).optional(),
      override: z.string().trim().min(1).max(1000).optional(),
    }),
    reply: shapes.changeShape,
    run: async (ctx, { params: { id: one }, body }) => shownChange(ctx, await approveChange(ctx, one, body)),
  }),
  route({
    method: 'POST',
    path: '/api/v1/changes/:id/reschedule',
    permission: 'changes:write',
    summary: 'Puts a change that has not begun to another time.',
    params,
    body: z.object(when),
    reply: shapes.changeShape,
    run: async (ctx, { params: { id: one }, body }) => shownChange(ctx, await reschedule(ctx, one, body)),
  }),
  route({
    method: 'POST',
    path: '/api/v1/changes/:id/cancel',
    permission: 'changes:write',
    summary: 'Calls a change off. What it has done so far stays, and can be undone.',
    params,
    reply: shapes.changeShape,
    run: async (ctx, { params: { id: one } }) => shownChange(ctx, await cancelChange(ctx, one)),
  }),
  route({
    method: 'POST',
    path: '/api/v1/changes/:id/undo',
    permission: 'changes:write',
    summary: 'Takes a change back, for 72 hours. Who or what went on since stays, and is named.',
    params,
    reply: shapes.changeShape,
    run: async (ctx, { params: { id: one } }) => shownChange(ctx, await undoChange(ctx, one)),
  }),
]

const patienceMs = 2000
