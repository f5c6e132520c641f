import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { About } from '../../base/events.ts'
import { asId, type Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import * as devices from '../devices/index.ts'
import * as store from './store.ts'

/** Where an incident stands. */
export const incidentStates = ['open', 'found', 'written-off', 'closed'] as const
export type IncidentState = (typeof incidentStates)[number]

/** A device that was lost or stolen, from report to closing record. */
export interface Incident {
  id: Id<'incident'>
  number: number
  device: Id<'device'>
  kind: 'lost' | 'stolen'
  state: IncidentState
  action: string
  why: string
  user: string | null
  openedAt: number
  endedAt: number | null
  closedAt: number | null
}

/** The incident a row tells of. */
export function toIncident(row: store.IncidentRow): Incident {
  return {
    id: row.id as Id<'incident'>,
    number: row.number,
    device: row.device as Id<'device'>,
    kind: row.kind,
    state: row.state,
    action: row.action,
    why: row.why,
    user: row.user_id,
    openedAt: row.opened_at,
    endedAt: row.ended_at,
    closedAt: row.closed_at,
  }
}

/** The incident, if the actor may do this where its device is; as if it did not exist when they may not see it. */
export async function rowFor(ctx: Ctx, id: string, permission: string): Promise<store.IncidentRow> {
  const row = await store.find(ctx, asId('incident', id))
  if (!row) throw new Problem('id.unknown')
  const device = await devices.find(ctx, row.device)
  demand(ctx.authority, permission, device?.unitPath ?? row.unit_path, 'incidents:read')
  return row
}

/** The same, and still open: neither found, nor written off. */
export async function openFor(ctx: Ctx, id: string, permission: string): Promise<store.IncidentRow> {
  const row = await rowFor(ctx, id, permission)
  if (row.state !== 'open') throw new Problem('incident.over', { state: row.state })
  return row
}

/** The open incident of a device, for whoever may see the device; null when it is not missing. */
export async function openOf(ctx: Ctx, device: string): Promise<Incident | null> {
  const row = await store.findOpen(ctx, device)
  return row ? toIncident(row) : null
}

/** What events of an incident are about: its device, where that is now. */
export async function aboutOf(ctx: Ctx, row: store.IncidentRow): Promise<About> {
  const device = await devices.find(ctx, row.device)
  return device ? devices.about(device) : { kind: 'device', id: row.device, path: row.unit_path }
}

/** A number as people say it: 0047. */
export const said = (number: number): string => String(number).padStart(4, '0')
