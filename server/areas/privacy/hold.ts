import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import { privacyEvents } from './events.ts'
import type { Held } from './pass.ts'
import * as store from './pass-store.ts'

/** A hold: nothing of the device is deleted for its age while it stands. Who holds it, why, and since when is shown to the person. */
export interface Hold {
  device: string
  reason: string
  incident: string | null
  by: { kind: string; id: string | null }
  at: number
}

/** Holds what is stored of a device. */
export async function hold(ctx: Ctx, device: Held, of: { reason: string; incident?: string | null }): Promise<void> {
  const incident = of.incident ?? null
  const by_id = ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id
  await store.putHold(ctx, { device: device.id, reason: of.reason, incident, by_kind: ctx.actor.kind, by_id })
  await record(ctx, privacyEvents.held, about(device), { reason: of.reason, incident })
}

/** Lets go of it: what is too old goes with the next pass. */
export async function free(ctx: Ctx, device: Held): Promise<void> {
  if (!(await store.removeHold(ctx, device.id))) throw new Problem('hold.none')
  await record(ctx, privacyEvents.freed, about(device), {})
}

/** The hold on a device; null when there is none. */
export async function holdOn(ctx: Ctx, device: string): Promise<Hold | null> {
  const row = await store.findHold(ctx, device)
  return row ? toHold(row) : null
}

/** Holds by device, after one of them. */
export async function holdsAfter(ctx: Ctx, after: string, limit: number): Promise<Hold[]> {
  return (await store.listHolds(ctx, after, limit)).map(toHold)
}

function toHold(row: store.HoldRow): Hold {
  return {
    device: row.device,
    reason: row.reason,
    incident: row.incident,
    by: { kind: row.by_kind, id: row.by_id },
    at: row.at,
  }
}

function about(device: Held): { kind: 'device'; id: string; path: string } {
  return { kind: 'device', id: device.id, path: device.unitPath }
}
