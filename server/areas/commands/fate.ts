import type { Ctx } from '../../base/ctx.ts'
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
    if (row) fates.set(id, fateOf(row))
  }
  return fates
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
