import { createHash } from 'node:crypto'
import type * as devices from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import { isCollected } from './charter.ts'
import { type AnyCommandKind, kindsOn } from './kind.ts'
import * as pace from './pace-store.ts'
import { sendAll } from './send.ts'
import { openKinds } from './open-store.ts'
import { subjectOf } from './subject.ts'

const dayMs = 24 * 3_600_000

/**
 * Asks the device for its whole inventory: every inventory kind it can answer; what it has been asked already is not asked twice.
 * The next time is within a day, at an instant of the day that is the device's own, so that a fleet does not answer at once.
 */
export async function refresh(ctx: Ctx, device: devices.Device): Promise<Id<'command'>[]> {
  await pace.putRefresh(ctx, device.id, nextTurn(device.id, ctx.now))
  const enrolled = await enrollment.byDevice(ctx, device.id)
  const said = enrolled ? kindsOn(enrolled.platform) : []
  const kinds = said.filter(k => k.inventory && k.platforms.includes(device.platform))
  const subject = await subjectOf(ctx, device, kinds, '')
  if (!subject) return []
  const open = await openKinds(ctx, subject.enrollment.id)
  const able: AnyCommandKind[] = []
  for (const kind of kinds)
    if (kind.eligible(subject) === true && (await isCollected(ctx, kind, subject))) able.push(kind)
  const sent = await sendAll(
    ctx,
    subject,
    able.filter(k => !open.has(k.kind)),
  )
  return [...able.flatMap(k => open.get(k.kind) ?? []), ...sent]
}

/** The device's own instant of the day, at least half a day away. */
export function nextTurn(device: string, now: number): number {
  const own = createHash('sha256').update(device).digest().readUInt32BE(0) % dayMs
  const earliest = now + dayMs / 2
  const midnight = Math.floor(earliest / dayMs) * dayMs
  return midnight + own >= earliest ? midnight + own : midnight + dayMs + own
}
