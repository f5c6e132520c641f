import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import * as privacy from '../privacy/index.ts'
import type { AnyCommandKind, Subject } from './kind.ts'

type Args = Record<string, unknown>

/** Refuses an order that the charter does not allow for this device, with its clause; answers whether it takes a second person. */
export async function demandAllowed(
  ctx: Ctx,
  kind: AnyCommandKind,
  { device, enrollment }: Subject,
  { args, wipes }: { args: Args; wipes: boolean },
): Promise<'two-persons' | null> {
  const action = wipes ? 'wipe' : actionOf(kind, args)
  const place = await privacy.placeOf(ctx, device, enrollment.kind)
  const told = (await privacy.commanding(ctx, place))(action)
  if (told === 'never')
    throw new Problem('privacy.forbids', { action, ownership: privacy.ownedAs(place), clause: `command.${action}` })
  if (told === 'consent') await privacy.demandConsent(ctx, device.id, action)
  await demandCollected(ctx, kind, { device, enrollment })
  return told === 'two-persons' ? 'two-persons' : null
}

/** Whether the charter has come to forbid an order that waits: a device may have become somebody's own meanwhile. */
export async function forbiddenNow(
  ctx: Ctx,
  kind: AnyCommandKind,
  device: privacy.Known,
  { args, wipes, mode }: { args: Args; wipes: boolean; mode?: string },
): Promise<boolean> {
  const told = await privacy.commandingOf(ctx, device, mode)
  return told(wipes ? 'wipe' : actionOf(kind, args)) === 'never'
}

/** What a charter calls the order. */
export function actionOf(kind: AnyCommandKind, args: Args): string {
  return kind.actionOf?.(args) ?? kind.kind
}

/** Whether what a kind asks for is collected of the device at all. */
export async function isCollected(
  ctx: Ctx,
  kind: AnyCommandKind,
  subject: Pick<Subject, 'device' | 'enrollment'>,
): Promise<boolean> {
  if (kind.wants === undefined) return true
  const collect = await privacy.collectingOf(ctx, subject.device, subject.enrollment.kind)
  return collect(kind.wants) !== 'never' || (kind.wants === 'apps' && collect('managed-apps') !== 'never')
}

async function demandCollected(
  ctx: Ctx,
  kind: AnyCommandKind,
  subject: Pick<Subject, 'device' | 'enrollment'>,
): Promise<void> {
  if (!(await isCollected(ctx, kind, subject)))
    throw new Problem('privacy.not-collected', { ownership: subject.device.ownership, asked: kind.kind })
}
