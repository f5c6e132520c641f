import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { newId } from '../../base/id.ts'
import { enqueue, jobName } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import * as devices from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import { demandErasable, demandNamed } from './act.ts'
import { orderEvents } from './events.ts'
import { aboutOf, openFor, rowFor } from './incident.ts'
import * as orders from './order-store.ts'
import type { IncidentRow } from './store.ts'

/** Looks at standing orders that are due. */
export const lookName = jobName<Record<string, never>>('orders.look')

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
/** How often a missing device is asked where it is, unless it was said otherwise. */
export const usualLocateMs = 5 * minuteMs
/** No order is left alone for longer than this. */
export const farthestMs = 60 * minuteMs
const longestAheadMs = 400 * dayMs

/** What an order says to do. */
export interface Wish {
  keepLocked: boolean
  locateEveryMinutes: number | null
  until: number | null
  after: orders.OrderRow['after_kind']
  /** Names the device, where it is to be erased. */
  confirm: string
}

/** The order that a device in lost mode gets by itself: keep it locked, ask where it is, until it is found. */
export async function beginUsual(ctx: Ctx, row: IncidentRow, enrolled: string): Promise<void> {
  const wish = {
    keepLocked: true,
    locateEveryMinutes: usualLocateMs / minuteMs,
    until: null,
    after: 'nothing',
    confirm: '',
  } as const
  await put(ctx, row, wish, { enrollment: enrolled, known: undefined })
}

/** Sets or changes what is done about the device by itself. Erasing takes what erasing now would take, and names the device. */
export async function setOrder(ctx: Ctx, id: string, wish: Wish): Promise<void> {
  const row = await openFor(ctx, id, 'incidents:write')
  const device = await devices.get(ctx, row.device)
  const enrolled = await enrollment.byDevice(ctx, device.id)
  if (enrolled?.state !== 'active') throw new Problem('incident.not-managed')
  if (wish.until !== null && (wish.until <= ctx.now || wish.until > ctx.now + longestAheadMs))
    throw new Problem('order.until-passed')
  if (wish.after !== 'nothing') {
    if (wish.until === null) throw missing('body.until', 'is needed to know when')
    demandErasable(ctx, device, wish.after === 'erase' ? 'all' : 'work')
    demandNamed(row, wish.confirm)
  }
  const before = await orders.orderOf(ctx, row.id)
  const known = before?.ended_at === null ? before : undefined
  if (known?.state === 'sent') throw new Problem('order.sent')
  await put(ctx, row, wish, { enrollment: enrolled.id, known })
}

const missing = (path: string, message: string): Problem =>
  new Problem('request.malformed', {}, { fields: [{ path, message }] })

async function put(
  ctx: Ctx,
  row: IncidentRow,
  wish: Wish,
  { enrollment: enrolled, known }: { enrollment: string; known: orders.OrderRow | undefined },
): Promise<void> {
  const order: orders.OrderRow = {
    org: ctx.org,
    id: known?.id ?? newId('order'),
    incident: row.id,
    device: row.device,
    enrollment: enrolled,
    keep_locked: wish.keepLocked ? 1 : 0,
    locate_every_ms: wish.locateEveryMinutes === null ? null : wish.locateEveryMinutes * minuteMs,
    until: wish.until,
    after_kind: wish.after,
    confirm: wish.confirm.trim(),
    state: 'standing',
    why: null,
    command: null,
    next_at: ctx.now,
    locked_at: known?.locked_at ?? ctx.now,
    by_kind: ctx.actor.kind,
    by_id: ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id,
    created_at: known?.created_at ?? ctx.now,
    ended_at: null,
  }
  if (known) await orders.changeOrder(ctx, known.id, order)
  else await orders.addOrder(ctx, order)
  const { keepLocked, locateEveryMinutes, until, after } = wish
  const terms = { incident: row.id, number: row.number, order: order.id, keepLocked, locateEveryMinutes, until, after }
  await record(ctx, known ? orderEvents.changed : orderEvents.set, await aboutOf(ctx, row), terms)
  await enqueue(ctx, lookName, {}, { dedupe: 'org' })
}

/** Takes the standing order back; what it has sent already is another matter. */
export async function takeBack(ctx: Ctx, id: string): Promise<void> {
  const row = await rowFor(ctx, id, 'incidents:write')
  await cancelOrder(ctx, row, 'canceled')
}

/** Ends the standing order of an incident, if there is one. */
export async function cancelOrder(ctx: Ctx, row: IncidentRow, why: string): Promise<void> {
  const order = await orders.orderOf(ctx, row.id)
  if (!order || order.ended_at !== null) return
  await orders.changeOrder(ctx, order.id, { state: 'canceled', why, next_at: null, ended_at: ctx.now })
  const data = { incident: row.id, number: row.number, order: order.id, why }
  await record(ctx, orderEvents.canceled, await aboutOf(ctx, row), data)
}

/** Whether the actor could set an order that ends in this. */
export function mayEnd(ctx: Ctx, device: devices.Device, after: Wish['after']): boolean {
  if (after === 'nothing') return true
  if (after === 'erase' && device.ownership === 'personal') return false
  return may(ctx.authority, after === 'erase' ? 'devices:wipe' : 'devices:write', device.unitPath)
}
