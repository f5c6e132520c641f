import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { ProblemCode } from '../../base/problem.ts'
import type * as devices from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import { type AnyCommandKind, allKinds, kindsOn, type Subject } from './kind.ts'
import { subjectOf } from './subject.ts'

/** What can be done with a device, and if not, why. */
export interface Action {
  readonly kind: string
  readonly allowed: boolean
  /** Code of the problem that stands against it. */
  readonly reason: ProblemCode | null
  readonly destructive: boolean
}

/** Every kind of command that the platform of the device knows, whether this actor may send it there now, and why not. */
export async function actionsFor(ctx: Ctx, device: devices.Device): Promise<Action[]> {
  const enrolled = await enrollment.byDevice(ctx, device.id)
  const said = enrolled ? kindsOn(enrolled.platform) : allKinds()
  const kinds = said.filter(k => !k.internal && k.platforms.includes(device.platform))
  const subject = await subjectOf(ctx, device, kinds, '')
  return kinds.map(kind => {
    const reason = reasonAgainst(ctx, device, kind, subject)
    return { kind: kind.kind, allowed: reason === null, reason, destructive: kind.destructive }
  })
}

/** What stands against sending this kind of command to the device; null when nothing does. */
export function reasonAgainst(
  ctx: Ctx,
  device: Pick<devices.Device, 'unitPath'>,
  kind: AnyCommandKind,
  subject: Subject | null,
): ProblemCode | null {
  if (!may(ctx.authority, kind.permission, device.unitPath)) return 'permission.missing'
  if (subject === null) return 'command.not-enrolled'
  const eligible = kind.eligible(subject)
  return eligible === true ? null : eligible
}
