import { z } from 'zod'
import { demand, may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { asId } from '../../base/id.ts'
import { listQuery, listReply } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import { type Route, route } from '../../base/route.ts'
import * as devices from '../devices/index.ts'
import { readingOf } from '../privacy/index.ts'
import * as push from '../push/index.ts'
import * as guard from '../guard/index.ts'
import { batchRoutes } from './batch-routes.ts'
import { commandPageShape, commandShape, describe } from './described.ts'
import { cancel } from './ending.ts'
import { describeHeld } from './held-shown.ts'
import { findHeld, type HeldRow } from './held-store.ts'
import { kindsByRoad, meaningOf } from './kind.ts'
import { endManagement } from './leaving.ts'
import { findListed, type ListedCommand, listCommands } from './list-store.ts'
import { refresh } from './refresh.ts'
import { openResult } from './sealing.ts'
import { offeredKind, send } from './send.ts'
import * as store from './store.ts'

const params = z.object({ id: z.string() })

/** What an order may say. */
export const orderShape = z.strictObject({
  kind: z.string().max(80),
  args: z.record(z.string(), z.unknown()).default({}),
  account: z.string().optional(),
  reason: z.string().trim().max(500).optional(),
  priority: z.enum(['high', 'normal', 'low']).optional(),
  expiresInMs: z
    .int()
    .min(60_000)
    .max(365 * 24 * 3_600_000)
    .optional(),
})

const own: readonly Route[] = [
  route({
    method: 'DELETE',
    path: '/api/v1/enrollments/:id',
    permission: 'devices:write',
    summary:
      'Ends the management of a device: it is told to leave and erases nothing, once the guard lets it. Asking again ends it at once, where its road lets that be.',
    params,
    reply: z.object({ state: z.enum(['asked', 'ended', 'held']) }),
    run: async (ctx, { params: { id } }) => ({ state: await endManagement(ctx, id) }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/devices/:id/commands',
    permission: 'devices:read',
    summary: 'Sends a command to a device. Beyond seeing the device, it takes the permission that the kind names.',
    params,
    body: orderShape,
    bodyLimit: 8 * 1024 * 1024,
    reply: commandShape,
    status: 201,
    run: async (ctx, { params: { id }, body }) => {
      offeredKind(body.kind)
      const { account, ...order } = body
      const command = await send(ctx, {
        ...order,
        device: asId('device', id),
        ...(account === undefined ? {} : { account: asId('account', account) }),
      })
      return shown(ctx, command, 'devices:read')
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/commands',
    permission: 'commands:read',
    summary: 'The commands of a device, newest first.',
    params,
    query: listQuery,
    reply: listReply(commandShape),
    run: async (ctx, { params: { id }, query }) => {
      await demanded(ctx, id, 'commands:read')
      const { items, next } = await listCommands(ctx, query, id)
      return { items: await describe(ctx, items), next, total: null }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/devices/:id/refresh',
    permission: 'devices:query',
    summary: 'Asks a device for its whole inventory now.',
    params,
    reply: z.object({ commands: z.array(z.string()) }),
    status: 202,
    run: async (ctx, { params: { id } }) => {
      const device = await demanded(ctx, id, 'devices:query')
      return { commands: await refresh(ctx, device) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/commands',
    permission: 'commands:read',
    summary: 'Commands, newest first. Filter: device, kind, state, by, batch, created, routine.',
    query: listQuery,
    reply: listReply(commandShape),
    run: async (ctx, { query }) => {
      const { items, next } = await listCommands(ctx, query, null)
      return { items: await describe(ctx, items), next, total: null }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/commands/:id',
    permission: 'commands:read',
    summary: 'A command with its steps, what happens next, and what the device answered.',
    params,
    reply: commandPageShape,
    run: async (ctx, { params: { id } }) => {
      if (await findHeld(ctx, id))
        return { ...(await shown(ctx, id, 'commands:read')), result: null, resultAbsent: null }
      const row = await seen(ctx, id, 'commands:read')
      return { ...(await one(ctx, row)), ...(await resultOf(ctx, row)) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/commands/:id/answer',
    permission: 'devices:secrets',
    summary: 'The bytes of an answer that could not be decoded, in base64. They may hold secrets.',
    params,
    reply: z.object({ bytes: z.string() }),
    run: async (ctx, { params: { id } }) => {
      await seen(ctx, id, 'devices:secrets')
      const row = await store.find(ctx, asId('command', id))
      if (!row || row.result_raw === null) throw new Problem('id.unknown')
      return { bytes: Buffer.from(await openResult(ctx, row.id, row.result_raw)).toString('base64') }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/commands/:id/cancel',
    permission: 'commands:cancel',
    summary: 'Withdraws a command that the device has not carried out.',
    params,
    reply: commandShape,
    run: async (ctx, { params: { id } }) => {
      const held = await findHeld(ctx, id)
      if (held) await cancelHeld(ctx, held)
      else await cancel(ctx, id)
      return shown(ctx, id, 'commands:read')
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/commands/:id/push',
    permission: 'devices:query',
    summary: 'Asks the device of a waiting command to call home, now.',
    params,
    status: 202,
    run: async (ctx, { params: { id } }) => {
      const row = await seen(ctx, id, 'devices:query')
      if (row.ended_at !== null) throw new Problem('command.ended', { state: row.state })
      if (row.wake_state === null) throw new Problem('command.not-pushable')
      await push.wake(ctx, { enrollment: row.enrollment, account: row.account, urgent: true })
      return undefined
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/command-kinds',
    permission: 'devices:read',
    summary: 'The kinds of command there are, with the JSON Schema of their arguments.',
    reply: z.object({
      items: z.array(
        z.object({
          kind: z.string(),
          road: z.string().describe('The platform of enrollments that it is said to so.'),
          permission: z.string(),
          destructive: z.boolean(),
          expiresInMs: z.number().nullable(),
          platforms: z.array(z.string()),
          secret: z.array(z.string()),
          schema: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
    run: async () => ({
      items: kindsByRoad()
        .filter(({ kind }) => !kind.internal)
        .map(({ road, kind: k }) => ({
          kind: k.kind,
          road,
          permission: k.permission,
          destructive: k.destructive,
          expiresInMs: k.expiresInMs,
          platforms: [...k.platforms],
          secret: [...k.secret],
          schema: z.toJSONSchema(k.args, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>,
        })),
    }),
  }),
]

/** The routes of commands. */
export const routes: readonly Route[] = [...own, ...batchRoutes]

async function demanded(ctx: Ctx, id: string, permission: string): Promise<devices.Device> {
  const device = await devices.get(ctx, asId('device', id))
  demand(ctx.authority, permission, device.unitPath, 'devices:read')
  return device
}

/** The command or held order with this id, for those who may see it. */
async function shown(ctx: Ctx, id: string, permission: string) {
  const held = await findHeld(ctx, id)
  if (!held) return one(ctx, await seen(ctx, id, permission))
  return describeHeld(ctx, held, await demandedAs(ctx, held.device, permission))
}

async function demandedAs(ctx: Ctx, id: string, permission: string): Promise<devices.Device> {
  const device = await devices.find(ctx, id)
  if (!device) throw new Problem('id.unknown')
  demand(ctx.authority, permission, device.unitPath, permission)
  return device
}

/** Withdraws what holds the order; of a batch only as a whole. */
async function cancelHeld(ctx: Ctx, held: HeldRow): Promise<void> {
  await demandedAs(ctx, held.device, 'commands:read')
  await guard.cancelIntent(ctx, held.intent, null)
}

async function seen(ctx: Ctx, id: string, permission: string): Promise<ListedCommand> {
  const row = await findListed(ctx, asId('command', id))
  if (!row) throw new Problem('id.unknown')
  demand(ctx.authority, permission, row.device_path, permission)
  return row
}

async function one(ctx: Ctx, row: ListedCommand) {
  const [shown] = await describe(ctx, [row])
  if (!shown) throw new Problem('id.unknown')
  return shown
}

async function resultOf(ctx: Ctx, row: ListedCommand) {
  const kind = meaningOf(row.kind)
  if (kind?.confidential && !may(ctx.authority, kind.permission, row.device_path))
    return { result: null, resultAbsent: 'withheld' as const }
  if (row.result_cut === 1) return { result: null, resultAbsent: 'cut' as const }
  const whole = await store.find(ctx, row.id)
  if (whole && whole.result_raw !== null) return { result: null, resultAbsent: 'undecodable' as const }
  if (row.quiet === 1 && row.state === 'done') return { result: null, resultAbsent: 'reported' as const }
  return whole?.result
    ? readable(ctx, row.device, JSON.parse(whole.result) as devices.JsonValue)
    : { result: null, resultAbsent: null }
}

/** An answer without what is only read with a purpose. */
async function readable(ctx: Ctx, id: string, result: devices.JsonValue) {
  const device = await devices.find(ctx, id)
  if (!device) return { result, resultAbsent: null }
  const reading = await readingOf(ctx, device)
  const shown = devices.stripped('', result, type => reading(type) === 'shown')
  const empty = shown !== null && typeof shown === 'object' && Object.keys(shown).length === 0
  if (empty && JSON.stringify(result) !== JSON.stringify(shown)) return { result: null, resultAbsent: 'gated' as const }
  return { result: shown, resultAbsent: null }
}
