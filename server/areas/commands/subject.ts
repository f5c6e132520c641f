import * as devices from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { AnyCommandKind, Subject } from './kind.ts'

/** The device as eligibility sees it; null when it is not enrolled. Facts are only read for the kinds that look at some. */
export async function subjectOf(
  ctx: Ctx,
  device: devices.Device,
  kinds: AnyCommandKind | readonly AnyCommandKind[],
  account: Subject['account'],
): Promise<Subject | null> {
  const enrolled = await enrollment.byDevice(ctx, device.id)
  if (enrolled?.state !== 'active') return null
  const all = [kinds].flat()
  const reported = all.some(k => k.looksAtFacts) ? await devices.factRecord(ctx, device.id) : {}
  const { id, platform, kind, accessRights } = enrolled
  const subject: Subject = { device, enrollment: { id, platform, kind, accessRights }, account, facts: reported }
  const more: Record<string, devices.JsonValue> = {}
  for (const one of all)
    if (one.looks && one.platforms.includes(device.platform)) Object.assign(more, await one.looks(ctx, subject))
  return { ...subject, facts: { ...reported, ...more } }
}
