import * as commands from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import type * as enrollment from '../../../areas/enrollment/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { Problem } from '../../../base/problem.ts'
import { type Choices, choicesOf } from './choices.ts'

/** The kind of command that says how an iPad is shared. */
export const sharedKind = 'setup.shared'

/** Tells an iPad that many people use how its setup decides that it is shared, while it waits; another device is told nothing. */
export async function sendShared(ctx: Ctx, held: enrollment.Enrollment, setup: string): Promise<void> {
  if (held.kind !== 'shared-ipad') return
  const device = await devices.get(ctx, held.device)
  // It belongs to nobody from its first moment.
  if (!device.shared) await devices.change(ctx, device.id, { shared: true })
  const { shared } = await choicesOf(ctx, setup)
  if (shared === null) return
  try {
    await commands.send(ctx, { device: held.device, kind: sharedKind, args: argsOf(shared, device.osVersion) })
  } catch (error) {
    // Whoever waits at the iPad is not kept for what it cannot take.
    if (!(error instanceof Problem)) throw error
  }
}

/** The choices that this version of the system knows: one that it does not know would have it refuse them all. */
function argsOf(shared: NonNullable<Choices['shared']>, version: string | null): object {
  const since = (first: string): boolean =>
    version === null || devices.versionNumber(version) >= devices.versionNumber(first)
  const { users, quotaMb, guestsOnly, signOutMinutes, guestMinutes, domains, offlineDays } = shared
  const seconds = (minutes: number | null): number | undefined => (minutes === null ? undefined : minutes * 60)
  const given = {
    users: users ?? undefined,
    quotaMb: quotaMb ?? undefined,
    ...(since('14.5')
      ? { guestsOnly, signOutSeconds: seconds(signOutMinutes), guestSeconds: seconds(guestMinutes) }
      : {}),
    ...(since('16.0')
      ? { domains: domains.length > 0 ? domains : undefined, offlineDays: offlineDays ?? undefined }
      : {}),
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}
