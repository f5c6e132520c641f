import type { z } from 'zod'
import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import type * as devices from '../devices/index.ts'
import * as guard from '../guard/index.ts'
import { namesOf } from '../identity/index.ts'
import type { commandShape } from './described.ts'
import type { HeldRow } from './held-store.ts'
import { meaningOf } from './kind.ts'
import { priorities } from './rank.ts'

type Shown = z.input<typeof commandShape>

/** A held order as the API shows commands: `held` while it may still be let go, `canceled` with what it ended by. */
export async function describeHeld(ctx: Ctx, row: HeldRow, device: devices.Device): Promise<Shown> {
  const fate = await guard.fateOf(ctx, row.intent, row.device)
  const open = fate !== undefined && fate.intent.ended_at === null && fate.state === 'waiting'
  const endedAt = open ? null : (fate?.intent.ended_at ?? row.created_at)
  const names = await namesOf(ctx, row.by_id === null ? [] : [row.by_id])
  const nothing = { pushedAt: null, sentAt: null, answeredAt: null, nextAt: null, next: null, push: null, error: null }
  return {
    id: row.id,
    device: { id: row.device, name: device.name },
    enrollment: row.enrollment,
    account: row.account === '' ? null : row.account,
    kind: row.kind,
    args: JSON.parse(row.args) as Record<string, devices.JsonValue>,
    state: open ? 'held' : 'canceled',
    notNow: null,
    priority: priorities[row.priority] ?? 'normal',
    createdAt: row.created_at,
    ...nothing,
    endedAt,
    expiresAt: null,
    by: { kind: row.by_kind, id: row.by_id, name: names.get(row.by_id ?? '') ?? null },
    reason: row.reason,
    endReason: open ? null : (fate?.why ?? `intent.${fate?.intent.state ?? 'ended'}`),
    steps: [
      { step: 'held', at: row.created_at },
      open ? { step: 'queued', at: null } : { step: 'canceled', at: endedAt },
    ],
    batch: row.batch,
    destructive: meaningOf(row.kind)?.destructive === true,
    cancelable: open && may(ctx.authority, 'guard:read', device.unitPath),
    intent: row.intent,
  }
}
