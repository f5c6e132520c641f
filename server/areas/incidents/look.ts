import { everything, may } from '../../base/authority.ts'
import { type Actor, as, type Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import * as commands from '../commands/index.ts'
import * as devices from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import { timeTrusted } from '../guard/index.ts'
import { authorityNow } from '../identity/index.ts'
import { askWhere, eraseNow } from './act.ts'
import { orderEvents } from './events.ts'
import { aboutOf } from './incident.ts'
import { lockOf } from './lock.ts'
import { farthestMs } from './order.ts'
import * as orders from './order-store.ts'
import * as store from './store.ts'

const minuteMs = 60_000
const relockMs = 15 * minuteMs

/**
 * Looks at one standing order that is due: asks where the device is, has it locked again if it no longer is, and when the time is over does
 * what follows. The order moves on in this very transaction, so that what it sends is sent once, whatever happens to the server.
 */
export async function lookAt(ctx: Ctx, id: string): Promise<void> {
  const order = await orders.findOrder(ctx, id)
  if (!order || order.next_at === null) return
  if (order.next_at > ctx.now && order.next_at <= ctx.now + farthestMs) return
  const row = await store.find(ctx, order.incident)
  if (!row || row.outcome === 'found') return over(ctx, order, 'canceled')
  if (order.until !== null && order.until <= ctx.now) return due(ctx, order, row)
  const every = order.locate_every_ms ?? farthestMs
  const next_at = ctx.now + Math.min(every, farthestMs, order.until === null ? farthestMs : order.until - ctx.now)
  // A clock that ran ahead may have made it due too early.
  await orders.changeOrder(ctx, order.id, { next_at, state: 'standing', why: null })
  if (row.state === 'open') await keepWatch(ctx, order, row)
}

async function over(ctx: Ctx, order: orders.OrderRow, state: 'canceled' | 'done'): Promise<void> {
  await orders.changeOrder(ctx, order.id, { state, next_at: null, ended_at: ctx.now })
}

/** Until the time is over: where is it, and is it still locked? */
async function keepWatch(ctx: Ctx, order: orders.OrderRow, row: store.IncidentRow): Promise<void> {
  const device = await devices.find(ctx, row.device)
  if (!device) return
  const actions = await commands.actionsFor(ctx, device)
  const can = (kind: string): boolean => actions.some(a => a.kind === kind && a.allowed)
  if (order.locate_every_ms !== null && can('location.query')) await quietly(() => askWhere(ctx, row, true))
  const since = Math.min(order.locked_at ?? 0, ctx.now)
  if (order.keep_locked === 0 || row.action !== 'lost-mode' || ctx.now - since < relockMs) return
  // Where it can be asked for its place it is locked; and while an order to lock it waits there is nothing to repeat.
  const waiting = await isUnderWay(ctx, row.lock_command)
  if (waiting || can('location.query') || !can('lost-mode.enable')) return
  await orders.changeOrder(ctx, order.id, { locked_at: ctx.now })
  await quietly(() => lockOf(ctx, row, 'lost-mode'))
}

/** What cannot be done at this look is tried at the next. */
async function quietly(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

/** The time is over and the device was not found. */
async function due(ctx: Ctx, order: orders.OrderRow, row: store.IncidentRow): Promise<void> {
  const tell = { incident: row.id, number: row.number, order: order.id }
  const about = await aboutOf(ctx, row)
  if (order.after_kind === 'nothing') return over(ctx, order, 'done')
  if (order.state === 'standing') await record(ctx, orderEvents.due, about, { ...tell, after: order.after_kind })
  const why = await standsAgainst(ctx, order, row)
  if (why !== null) return hold(ctx, order, row, why)
  const giver = await giverOf(ctx, order)
  try {
    const command = await eraseNow(giver, row, order.after_kind === 'erase' ? 'all' : 'work')
    const sent = { state: command === null ? 'done' : 'sent', why: null, command, next_at: null } as const
    await orders.changeOrder(ctx, order.id, { ...sent, ended_at: command === null ? ctx.now : null })
    const held = command !== null && (await commands.fatesOf(ctx, [command])).get(command)?.state === 'held'
    if (held) await record(ctx, orderEvents.held, about, { ...tell, why: 'guard' })
    else await record(ctx, orderEvents.sent, about, { ...tell, after: order.after_kind, command })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await hold(ctx, order, row, error.code)
  }
}

/** What keeps a due order from being carried out now; null when nothing does. */
async function standsAgainst(ctx: Ctx, order: orders.OrderRow, row: store.IncidentRow): Promise<string | null> {
  if (!(await timeTrusted(ctx))) return 'time-doubted'
  const device = await devices.find(ctx, row.device)
  if (!device) return 'device-removed'
  const enrolled = await enrollment.byDevice(ctx, row.device)
  if (enrolled?.state !== 'active') return 'not-managed'
  if (enrolled.id !== order.enrollment) return 'enrolled-anew'
  const authority = (await giverOf(ctx, order)).authority
  const permission = order.after_kind === 'erase' ? 'devices:wipe' : 'devices:write'
  if (!may(authority, permission, device.unitPath)) return 'giver-may-not'
  if (await isUnderWay(ctx, row.erase_command)) return 'erasing-already'
  return null
}

/** Whether a command waits for the guard, for the device, or for its answer. */
async function isUnderWay(ctx: Ctx, command: string | null): Promise<boolean> {
  if (command === null) return false
  const fate = (await commands.fatesOf(ctx, [command])).get(command)
  return fate !== undefined && fate.endedAt === null
}

/** Waits on, and says for what; written down when the reason is another than before. */
async function hold(ctx: Ctx, order: orders.OrderRow, row: store.IncidentRow, why: string): Promise<void> {
  const state = why === 'time-doubted' || why === 'not-managed' || why === 'erasing-already' ? 'due' : 'held'
  const next_at = ctx.now + (why === 'time-doubted' ? minuteMs : 15 * minuteMs)
  await orders.changeOrder(ctx, order.id, { state, why, next_at })
  if (order.why === why) return
  const data = { incident: row.id, number: row.number, order: order.id, why }
  await record(ctx, orderEvents.held, await aboutOf(ctx, row), data)
}

/** Who gave the order, with what they may do by now: it is carried out in their name. */
async function giverOf(ctx: Ctx, order: orders.OrderRow): Promise<Ctx> {
  const actor = actorOf(order)
  if (actor.kind === 'system') return as(ctx, { org: ctx.org, actor, authority: everything })
  return as(ctx, { org: ctx.org, actor, authority: await authorityNow(ctx, actor) })
}

function actorOf(order: orders.OrderRow): Actor {
  if (order.by_kind === 'admin') return { kind: 'admin', id: order.by_id as Id<'admin'>, session: '' }
  if (order.by_kind === 'key') return { kind: 'key', id: order.by_id as Id<'key'> }
  return { kind: 'system', id: null, what: order.by_id ?? 'orders.look' }
}
