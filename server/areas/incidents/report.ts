import { demand, everything } from '../../base/authority.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { languageOf } from '../../base/say.ts'
import * as commands from '../commands/index.ts'
import * as devices from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import { ownOrg, userOf } from '../identity/index.ts'
import * as location from '../location/index.ts'
import { incidentEvents } from './events.ts'
import { type First, firstFor } from './first.ts'
import { type Incident, toIncident } from './incident.ts'
import { lockOf } from './lock.ts'
import { beginUsual } from './order.ts'
import * as store from './store.ts'
import { say } from './texts.ts'

/** What is told when a device is missing. */
export interface Report {
  device: string
  kind: 'lost' | 'stolen'
  by: 'admin' | 'person'
  note?: string | undefined
  /** Shown on the screen of the device; without one it says whose the device is, in the language of its person. */
  message?: string | undefined
  phone?: string | undefined
}

/**
 * Reports a device as missing, and at once has it do what is right for it. Whoever may report it may have it locked: what is done first
 * asks for no more. Reporting it again while the incident is open answers the same incident and does nothing.
 */
export async function report(ctx: Ctx, told: Report): Promise<Incident> {
  const device = await devices.get(ctx, told.device)
  if (told.by === 'admin') demand(ctx.authority, 'incidents:write', device.unitPath, 'devices:read')
  const known = await store.findOpen(ctx, device.id)
  if (known) return toIncident(known)
  const server = as(ctx, { org: ctx.org, actor: ctx.actor, authority: everything })
  const { first, enrolled } = await choose(server, device)
  const row = await open(server, device, told)
  await store.add(server, { ...row, ...first })
  await location.beginSearch(server, { id: row.id, device: device.id })
  const { id: incident, number, kind } = row
  const data = { incident, number, kind, by: told.by, action: first.action, why: first.why }
  await record(server, incidentEvents.opened, devices.about(device), data)
  const done = await actFirst(server, device, { ...row, ...first })
  if (done.action === 'lost-mode' && enrolled !== null) await beginUsual(server, { ...row, ...done }, enrolled)
  return toIncident({ ...row, ...done })
}

/** Whether the device is missing already, and what a report would do. */
export async function foresee(
  ctx: Ctx,
  id: string,
): Promise<{ open: Pick<Incident, 'id' | 'number' | 'openedAt'> | null; first: First; message: string }> {
  const device = await devices.get(ctx, id)
  demand(ctx.authority, 'incidents:read', device.unitPath, 'devices:read')
  const row = await store.findOpen(ctx, device.id)
  const server = as(ctx, { org: ctx.org, actor: ctx.actor, authority: everything })
  const { first } = await choose(server, device)
  return { open: row ? toIncident(row) : null, first, message: await usualMessage(ctx, device, undefined) }
}

async function choose(ctx: Ctx, device: devices.Device): Promise<{ first: First; enrolled: string | null }> {
  const enrolled = await enrollment.byDevice(ctx, device.id)
  const active = enrolled?.state === 'active' ? enrolled : null
  const actions = await commands.actionsFor(ctx, device)
  const { platform, ownership } = device
  const first = firstFor({ platform, ownership, enrollmentKind: active?.kind ?? null, actions })
  return { first, enrolled: active?.id ?? null }
}

/** Has the device do the first thing; where the charter or anything else forbids it, the incident stands all the same and says so. */
async function actFirst(
  ctx: Ctx,
  device: devices.Device,
  row: store.IncidentRow,
): Promise<First & { lock_command: string | null }> {
  const { action, why } = row as First & store.IncidentRow
  if (device.state === 'active' || device.state === 'silent') await devices.setState(ctx, device.id, 'lost', 'incident')
  if (action === 'none') return { action, why, lock_command: null }
  try {
    const lock_command = await lockOf(ctx, row, action)
    await store.change(ctx, row.id, { lock_command })
    return { action, why, lock_command }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const instead = { action: 'none', why: 'none-charter' } as const
    await store.change(ctx, row.id, instead)
    const refused = { incident: row.id, number: row.number, what: 'refused', command: null }
    await record(ctx, incidentEvents.acted, devices.about(device), refused)
    return { ...instead, lock_command: null }
  }
}

async function open(ctx: Ctx, device: devices.Device, told: Report): Promise<store.IncidentRow> {
  return {
    org: ctx.org,
    id: newId('incident'),
    number: await store.nextNumber(ctx),
    device: device.id,
    device_name: device.name,
    device_model: device.modelName ?? device.model ?? '',
    serial: device.serial ?? '',
    asset_tag: device.assetTag ?? '',
    ownership: device.ownership,
    platform: device.platform,
    form_factor: device.formFactor,
    unit_path: device.unitPath,
    user_id: device.user,
    kind: told.kind,
    state: 'open',
    outcome: null,
    note: told.note?.trim() ?? '',
    message: told.message?.trim() || (await usualMessage(ctx, device, told.phone)),
    phone: told.phone?.trim() ?? '',
    action: 'none',
    why: 'none-not-managed',
    lock_command: null,
    erase_command: null,
    erase_scope: null,
    by_kind: ctx.actor.kind,
    by_id: ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id,
    opened_at: ctx.now,
    ended_at: null,
    closed_at: null,
  }
}

/** What the finder reads, in the language of the person who lost it. */
async function usualMessage(ctx: Ctx, device: devices.Device, phone: string | undefined): Promise<string> {
  const org = await ownOrg(ctx)
  const person = device.user === null ? null : await userOf(ctx, device.user)
  const language = languageOf(person?.language ?? org.language)
  return say(language, phone?.trim() ? 'message.call' : 'message.plain', { org: org.name })
}
