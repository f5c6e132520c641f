import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { DeviceRow } from './store.ts'

/** What judging a device needs beside its record: where it is counted, when it was heard, what it is tagged. */
export interface WatchedRow {
  id: string
  unit: string
  name: string
  osVersion: string
  enrolledAt: number
  lastSeenAt: number
  tags: readonly string[]
}

interface Tables {
  devices: DeviceRow
  tags: { org: string; device: string; tag_key: string }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** These devices, with their folded tags. */
export async function watchedRows(ctx: Ctx, ids: readonly string[]): Promise<Map<string, WatchedRow>> {
  if (ids.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('devices')
    .select(['id', 'unit', 'name', 'os_version', 'enrolled_at', 'last_seen_at'])
    .where('org', '=', ctx.org)
    .where('id', 'in', [...ids])
    .execute()
  const tags = await db(ctx)
    .selectFrom('tags')
    .select(['device', 'tag_key'])
    .where('org', '=', ctx.org)
    .where('device', 'in', [...ids])
    .execute()
  const by = Map.groupBy(tags, t => t.device)
  return new Map(
    rows.map(r => [
      r.id,
      {
        id: r.id,
        unit: r.unit,
        name: r.name,
        osVersion: r.os_version,
        enrolledAt: r.enrolled_at,
        lastSeenAt: Math.max(r.last_seen_at, r.enrolled_at),
        tags: (by.get(r.id) ?? []).map(t => t.tag_key),
      },
    ]),
  )
}
