import type { Ctx } from '../../base/ctx.ts'
import { record, type Event } from '../../base/events.ts'
import type { Follower } from '../../base/follow.ts'
import { enqueue } from '../../base/jobs.ts'
import * as commands from '../commands/index.ts'
import * as devices from '../devices/index.ts'
import { orderEvents } from './events.ts'
import { aboutOf } from './incident.ts'
import { lookName } from './order.ts'
import * as orders from './order-store.ts'
import * as store from './store.ts'

/** What the guard held will not leave. */
const refusals = ['intent.denied', 'intent.canceled', 'intent.expired', 'intent.done']
const ends = ['command.done', 'command.failed', 'command.canceled', 'command.expired', 'command.superseded']

/** Hears what became of what incidents ordered, and where their devices have gone. */
export const follower: Follower = {
  name: 'incidents',
  from: 'end',
  wants: type => type === 'device.moved' || ends.includes(type) || refusals.includes(type),
  take: async (ctx, events) => {
    const heard = events.filter(e => ends.includes(e.type) && typeof e.data.command === 'string')
    const links = await store.linksOf(
      ctx,
      heard.map(e => String(e.data.command)),
    )
    const byCommand = new Map(links.map(l => [l.command, l]))
    for (const event of heard) {
      const link = byCommand.get(String(event.data.command))
      if (link) await became(ctx, link, event)
    }
    if (events.some(e => refusals.includes(e.type))) await notLetGo(ctx)
    for (const { type, about } of events) {
      const device = type === 'device.moved' && about ? await devices.find(ctx, about.id) : undefined
      if (device) await store.followDevice(ctx, device.id, device.unitPath)
    }
  },
}

/** Orders whose command the guard held and will not let go wait for a person. */
async function notLetGo(ctx: Ctx): Promise<void> {
  for (const order of await orders.sentOrders(ctx)) {
    const fate = (await commands.fatesOf(ctx, [order.command ?? ''])).get(order.command ?? '')
    if (fate === undefined || fate.state === 'canceled') await hold(ctx, order, 'intent.denied')
  }
}

/** It is not tried again by itself: whoever stopped it, or the device that refused it, has to be looked at by a person. */
async function hold(ctx: Ctx, order: orders.OrderRow, why: string): Promise<void> {
  await orders.changeOrder(ctx, order.id, { state: 'held', why, next_at: null })
  const row = await store.find(ctx, order.incident)
  if (!row) return
  const data = { incident: row.id, number: row.number, order: order.id, why }
  await record(ctx, orderEvents.held, await aboutOf(ctx, row), data)
}

async function became(ctx: Ctx, link: store.LinkRow, { type }: Event): Promise<void> {
  const order = await orders.orderOf(ctx, link.incident)
  if (!order || order.ended_at !== null) return
  if (link.what === 'lock' && type === 'command.done' && order.next_at !== null) {
    // Now it can be asked where it is.
    await orders.changeOrder(ctx, order.id, { next_at: ctx.now })
    await enqueue(ctx, lookName, {}, { dedupe: 'org' })
  }
  if (link.command !== order.command) return
  if (type === 'command.done')
    return orders.changeOrder(ctx, order.id, { state: 'done', next_at: null, ended_at: ctx.now })
  await hold(ctx, order, type)
}
