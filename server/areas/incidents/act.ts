import { demand, everything } from '../../base/authority.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import * as commands from '../commands/index.ts'
import * as devices from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import * as location from '../location/index.ts'
import { incidentEvents } from './events.ts'
import { firstFor } from './first.ts'
import { aboutOf, openFor, rowFor, said } from './incident.ts'
import { lockOf } from './lock.ts'
import * as store from './store.ts'

const reasonOf = (row: store.IncidentRow): string => `#${said(row.number)}`

async function tell(ctx: Ctx, row: store.IncidentRow, what: string, command: string | null): Promise<void> {
  const data = { incident: row.id, number: row.number, what, command }
  await record(ctx, incidentEvents.acted, await aboutOf(ctx, row), data)
}

/** What the server does for the incident once it was asked whether the actor may: locking asks for no more than the incident. */
const server = (ctx: Ctx): Ctx => as(ctx, { org: ctx.org, actor: ctx.actor, authority: everything })

/** Locks the device again, in the way that is right for it now. */
export async function lockAgain(ctx: Ctx, id: string): Promise<void> {
  const row = await openFor(ctx, id, 'incidents:write')
  const action = await actionNow(server(ctx), row)
  await tell(ctx, row, 'lock', await lockOf(server(ctx), row, action))
}

/** Shows a message, with a number to call, on the locked screen: the order to lock says it anew. */
export async function message(ctx: Ctx, id: string, text: { message: string; phone: string }): Promise<void> {
  const row = await openFor(ctx, id, 'incidents:write')
  const action = await actionNow(server(ctx), row)
  await store.change(ctx, row.id, text)
  await tell(ctx, row, 'message', await lockOf(server(ctx), { ...row, ...text }, action))
}

async function actionNow(ctx: Ctx, row: store.IncidentRow): Promise<string> {
  const device = await devices.get(ctx, row.device)
  const enrolled = await enrollment.byDevice(ctx, device.id)
  if (enrolled?.state !== 'active') throw new Problem('incident.not-managed')
  const actions = await commands.actionsFor(ctx, device)
  const { platform, ownership } = device
  const { action } = firstFor({ platform, ownership, enrollmentKind: enrolled.kind, actions })
  if (action !== 'none') return action
  throw new Problem(actions.find(a => a.kind === 'lock')?.reason ?? 'command.platform')
}

/** Lets the device be heard. */
export async function sound(ctx: Ctx, id: string): Promise<void> {
  const row = await openFor(ctx, id, 'incidents:write')
  const order = { device: row.device, kind: 'lost-mode.sound', args: {}, reason: reasonOf(row) }
  const command = await commands.send(server(ctx), order)
  await store.link(ctx, { command, incident: row.id, what: 'sound' })
  await tell(ctx, row, 'sound', command)
}

/** Asks the device where it is, once and now. What it answers is seen by those who may locate it. */
export async function locate(ctx: Ctx, id: string): Promise<void> {
  const row = await openFor(ctx, id, 'incidents:write')
  await location.demandOpen(ctx, row.id)
  await tell(ctx, row, 'locate', await askWhere(ctx, row, false))
}

/** Sends the question, unless one is still on its way. By the server's own clock it is not written down each time. */
export async function askWhere(ctx: Ctx, row: store.IncidentRow, quiet: boolean): Promise<Id<'command'> | null> {
  const enrolled = await enrollment.byDevice(ctx, row.device)
  if (enrolled?.state !== 'active') return null
  if (await commands.waits(ctx, { enrollment: enrolled.id, account: '' }, 'location.query')) return null
  const order = { device: row.device, kind: 'location.query', args: {}, reason: reasonOf(row), quiet }
  const command = await commands.send(ctx, order)
  if (!quiet) await store.link(ctx, { command, incident: row.id, what: 'locate' })
  return command
}

/** Refuses unless the text names the device of the incident: by asset tag, serial number or name. */
export function demandNamed(row: store.IncidentRow, text: string): void {
  const typed = text.trim().toLowerCase()
  const names = [row.asset_tag, row.serial, row.device_name].map(n => n.trim().toLowerCase()).filter(n => n !== '')
  if (names.includes(typed)) return
  const fields = [{ path: 'body.confirm', message: 'names another device' }]
  throw new Problem('incident.confirm-differs', {}, { fields })
}

/** Erases the device at its next contact, or removes its work data: whole on a company device, never more than work data on a personal one. */
export async function erase(ctx: Ctx, id: string, scope: 'all' | 'work', confirm: string): Promise<void> {
  const row = await rowFor(ctx, id, 'incidents:write')
  if (row.state !== 'open' && row.state !== 'written-off') throw new Problem('incident.over', { state: row.state })
  demandNamed(row, confirm)
  const command = await eraseNow(ctx, row, scope)
  await tell(ctx, row, scope === 'all' ? 'erase' : 'work-data', command)
}

/** The same without asking who: for orders that were given earlier. The guard and the charter are asked by `commands.send`. */
export async function eraseNow(ctx: Ctx, row: store.IncidentRow, scope: 'all' | 'work'): Promise<string | null> {
  const device = await devices.get(ctx, row.device)
  demandErasable(ctx, device, scope)
  const command = scope === 'all' ? await wipe(ctx, row, device) : await removeWork(ctx, device)
  if (command !== null) await store.link(ctx, { command, incident: row.id, what: 'erase' })
  await store.change(ctx, row.id, { erase_command: command, erase_scope: scope })
  return command
}

/** Refuses what nobody may do to this device, and what this actor may not. */
export function demandErasable(ctx: Ctx, device: devices.Device, scope: 'all' | 'work'): void {
  if (scope === 'all' && device.ownership === 'personal') throw new Problem('incident.personal-device')
  demand(ctx.authority, scope === 'all' ? 'devices:wipe' : 'devices:write', device.unitPath, 'incidents:read')
}

async function wipe(ctx: Ctx, row: store.IncidentRow, device: devices.Device): Promise<string> {
  const args = { confirm: device.serial ?? device.name }
  return commands.send(ctx, { device: device.id, kind: 'wipe', args, reason: reasonOf(row) })
}

async function removeWork(ctx: Ctx, device: devices.Device): Promise<string | null> {
  const enrolled = await enrollment.byDevice(ctx, device.id)
  if (!enrolled) throw new Problem('incident.not-managed')
  // Asked once more it would be over at once, whether or not the device has removed anything.
  if (enrolled.endingAt === null) await commands.endManagement(ctx, enrolled.id)
  return null
}
