import { z } from 'zod'
import { answerOnce } from '../../base/answers.ts'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { type Call, type Route, route, servedRoute } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import type { JsonValue } from '../devices/index.ts'
import { namesOf } from '../identity/index.ts'
import { heldReasons, intentOfBatch } from '../guard/index.ts'
import { cancelBatch, createBatch, forecast, getBatch, type Many, maySee, split } from './batch.ts'
import { type BatchRow, listBatches } from './batch-store.ts'
import { countBatch } from './list-store.ts'

const body = z
  .strictObject({
    kind: z.string().max(80),
    args: z.record(z.string(), z.unknown()).default({}),
    reason: z.string().trim().max(500).optional(),
    filter: z.string().max(2000).optional(),
    devices: z.array(z.string().max(40)).min(1).max(5000).optional(),
    confirm: z.int().min(0).optional(),
    dryRun: z.boolean().default(false),
  })
  .refine(b => (b.filter === undefined) !== (b.devices === undefined), {
    message: 'give either a filter or a list of devices',
    path: ['filter'],
  })

const batchShape = z.object({
  id: z.string(),
  kind: z.string(),
  args: z.record(z.string(), z.json()),
  reason: z.string().nullable(),
  filter: z.string().nullable(),
  state: z.enum(['running', 'paused', 'done', 'canceled']),
  eligible: z.number(),
  refused: z.record(z.string(), z.number()),
  sent: z.number(),
  /** How many the guard held. */
  held: z.number(),
  intent: z.string().nullable(),
  skipped: z.number(),
  problem: z.string().nullable(),
  by: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
  createdAt: z.number(),
  endedAt: z.number().nullable(),
  /** How many of its commands are in each state. */
  commands: z.record(z.string(), z.number()),
})

const splitShape = z.object({
  id: z.string().nullable(),
  eligible: z.number(),
  refused: z.record(z.string(), z.number()),
  /** What of it leaves at once, and what waits for whom. */
  leaves: z.object({
    now: z.number(),
    later: z.number(),
    why: z.enum(heldReasons).nullable(),
    approvers: z.number(),
    coolingMs: z.number(),
    perHour: z.number(),
  }),
})

const params = z.object({ id: z.string() })

const create: Route = servedRoute({
  method: 'POST',
  path: '/api/v1/command-batches',
  permission: 'devices:read',
  summary: 'Sends a command to many devices, or with dryRun only tells how many can take it and why the others cannot.',
  body,
  bodyLimit: 8 * 1024 * 1024,
  reply: splitShape,
  serve: (base, input, call) => made(base, input.body, call),
})

async function made(base: Base, asked: z.output<typeof body>, call: Call) {
  if (!call.principal) throw new Problem('session.missing')
  const scope = { ...call.principal, request: call.request }
  const many: Many = asked
  const counted = await split(base, scope, many)
  const leaves = await base.read(scope, ctx => forecast(ctx, many, counted.eligible))
  if (asked.dryRun) return { status: 200, body: { id: null, ...counted, leaves } }
  const key = call.headers['idempotency-key']
  const once = typeof key === 'string' ? key : null
  const answer = await base.transact(scope, ctx =>
    answerOnce(ctx, once, create, asked, async () => ({
      status: 201,
      body: { id: await createBatch(ctx, many, counted), ...counted, leaves },
    })),
  )
  return { status: answer.status, body: splitShape.parse(answer.body) }
}

/** The routes of batches. */
export const batchRoutes: readonly Route[] = [
  create,
  route({
    method: 'GET',
    path: '/api/v1/command-batches',
    permission: 'devices:read',
    summary: 'The newest hundred batches that you made or may see.',
    reply: z.object({ items: z.array(batchShape) }),
    run: async ctx => {
      const rows: BatchRow[] = []
      for (const row of await listBatches(ctx, 100)) if (await maySee(ctx, row)) rows.push(row)
      const items: z.input<typeof batchShape>[] = []
      for (const row of rows) items.push(await shown(ctx, row))
      return { items }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/command-batches/:id',
    permission: 'devices:read',
    summary: 'How far a batch has come.',
    params,
    reply: batchShape,
    run: async (ctx, { params: { id } }) => shown(ctx, await getBatch(ctx, id)),
  }),
  route({
    method: 'POST',
    path: '/api/v1/command-batches/:id/cancel',
    permission: 'devices:read',
    summary: 'Stops a batch you made: what it has sent stays.',
    params,
    reply: batchShape,
    run: async (ctx, { params: { id } }) => {
      await cancelBatch(ctx, id)
      return shown(ctx, await getBatch(ctx, id))
    },
  }),
]

async function shown(ctx: Ctx, row: BatchRow): Promise<z.input<typeof batchShape>> {
  const names = await namesOf(ctx, row.by_id === null ? [] : [row.by_id])
  return {
    id: row.id,
    kind: row.kind,
    args: JSON.parse(row.args) as Record<string, JsonValue>,
    reason: row.reason,
    filter: row.filter,
    state: row.state,
    eligible: row.eligible,
    refused: JSON.parse(row.refused) as Record<string, number>,
    sent: row.sent,
    held: row.held,
    intent: await intentOfBatch(ctx, row.id),
    skipped: row.skipped,
    problem: row.problem,
    by: { kind: row.by_kind, id: row.by_id, name: names.get(row.by_id ?? '') ?? null },
    createdAt: row.created_at,
    endedAt: row.ended_at,
    commands: await countBatch(ctx, row.id),
  }
}
