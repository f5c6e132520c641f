import * as guard from '../guard/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { about } from './deliver.ts'
import { commandEvents } from './events.ts'
import { findHeld, removeHeld } from './held-store.ts'
import * as store from './store.ts'

/** How far a command is, for those who gave it and tell others. */
export interface Fate {
  readonly state: store.State | 'held'
  readonly createdAt: number
  readonly sentAt: number | null
  readonly endedAt: number | null
  /** Times the device said: not now. */
  readonly deferrals: number
  /** Code of what went wrong; null while nothing did. */
  readonly explained: string | null
}

/** How far these commands are; those that are not known are absent. */
export async function fatesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Fate>> {
  const fates = new Map<string, Fate>()
  for (const id of new Set(ids)) {
    const row = await store.find(ctx, id)
    const fate = row ? fateOf(row) : await fateOfHeld(ctx, id)
    if (fate) fates.set(id, fate)
  }
  return fates
}

/** Takes an order back that the guard holds; false when it holds none of this id. Orders that are held with it stay. */
export async function withdrawHeld(ctx: Ctx, id: string): Promise<boolean> {
  const row = await findHeld(ctx, id)
  if (!row) return false
  await removeHeld(ctx, id)
  const device = { device: row.device, unit_path: row.unit_path }
  await record(ctx, commandEvents.canceled, about(device), { command: id, kind: row.kind, why: 'withdrawn' })
  return true
}

async function fateOfHeld(ctx: Ctx, id: string): Promise<Fate | undefined> {
  const row = await findHeld(ctx, id)
  if (!row) return undefined
  const fate = await guard.fateOf(ctx, row.intent, row.device)
  const open = fate !== undefined && fate.intent.ended_at === null && fate.state === 'waiting'
  return {
    state: open ? 'held' : 'canceled',
    createdAt: row.created_at,
    sentAt: null,
    endedAt: open ? null : (fate?.intent.ended_at ?? row.created_at),
    deferrals: 0,
    explained: null,
  }
}

function fateOf(row: store.CommandRow): Fate {
  const error = row.error === null ? null : (JSON.parse(row.error) as { explained?: string })
  return {
    state: row.state,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    endedAt: row.ended_at,
    deferrals: row.deferrals,
    explained: error?.explained ?? row.end_reason,
  }
}
