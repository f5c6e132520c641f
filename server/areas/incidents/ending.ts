import { everything } from '../../base/authority.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import * as commands from '../commands/index.ts'
import * as devices from '../devices/index.ts'
import * as location from '../location/index.ts'
import { incidentEvents } from './events.ts'
import { aboutOf, openFor, rowFor } from './incident.ts'
import { cancelOrder } from './order.ts'
import * as store from './store.ts'

const noted = (row: store.IncidentRow, note: string): string =>
  note.trim() === '' ? row.note : [row.note, note.trim()].filter(n => n !== '').join('\n\n')

/** The device is back: what was ordered and has not left is taken back, lost mode ends, and nobody sees where it is any more. */
export async function found(ctx: Ctx, id: string, note: string): Promise<void> {
  const row = await rowFor(ctx, id, 'incidents:write')
  if (row.state !== 'open' && row.state !== 'written-off') throw new Problem('incident.over', { state: row.state })
  const server = as(ctx, { org: ctx.org, actor: ctx.actor, authority: everything })
  const end = { state: 'found', outcome: 'found', ended_at: ctx.now, note: noted(row, note) } as const
  await store.change(ctx, row.id, end)
  await record(ctx, incidentEvents.found, await aboutOf(ctx, row), { incident: row.id, number: row.number })
  await cancelOrder(ctx, row, 'found')
  if (row.erase_command !== null) await takeBack(server, row.erase_command)
  await release(server, row)
  await location.endSearch(ctx, row.id)
}

/** Gives the device back to its person, as far as that can be done from here. */
async function release(ctx: Ctx, row: store.IncidentRow): Promise<void> {
  const device = await devices.find(ctx, row.device)
  if (!device || device.state === 'ended') return
  const never = row.lock_command !== null && (await takeBack(ctx, row.lock_command))
  const actions = await commands.actionsFor(ctx, device)
  const unlocks = row.action === 'lost-mode' && !never && actions.some(a => a.kind === 'lost-mode.disable' && a.allowed)
  if (!unlocks) {
    if (device.state === 'lost') await devices.setState(ctx, device.id, 'active')
    return
  }
  const command = await commands.send(ctx, { device: device.id, kind: 'lost-mode.disable', args: {} })
  await store.link(ctx, { command, incident: row.id, what: 'unlock' })
}

/** Withdraws an order that has not left; false when it has, or when there is nothing to withdraw. */
async function takeBack(ctx: Ctx, command: string): Promise<boolean> {
  const fate = (await commands.fatesOf(ctx, [command])).get(command)
  if (!fate || fate.endedAt !== null || fate.state === 'sent') return false
  if (fate.state === 'held') return commands.withdrawHeld(ctx, command)
  await commands.cancel(ctx, command)
  return true
}

/** The device will not come back. What erases it stays ordered, for good; nobody sees where it is any more. */
export async function writeOff(ctx: Ctx, id: string, note: string): Promise<void> {
  const row = await openFor(ctx, id, 'incidents:write')
  const end = { state: 'written-off', outcome: 'written-off', ended_at: ctx.now, note: noted(row, note) } as const
  await store.change(ctx, row.id, end)
  await location.endSearch(ctx, row.id)
  await record(ctx, incidentEvents.writtenOff, await aboutOf(ctx, row), { incident: row.id, number: row.number })
}

/** Closes the incident: from now on its record does not grow, and the time after which its fixes are deleted begins. */
export async function close(ctx: Ctx, id: string, note: string): Promise<void> {
  const row = await rowFor(ctx, id, 'incidents:write')
  if (row.state === 'closed') throw new Problem('incident.over', { state: row.state })
  if (row.outcome === null) throw new Problem('incident.not-over')
  await store.change(ctx, row.id, { state: 'closed', closed_at: ctx.now, note: noted(row, note) })
  await location.keepFromNow(ctx, row.id)
  const fixes = await location.countIn(ctx, row.id)
  const data = { incident: row.id, number: row.number, outcome: row.outcome, fixes }
  await record(ctx, incidentEvents.closed, await aboutOf(ctx, row), data)
}
