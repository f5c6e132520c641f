import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import * as certificates from '../certificates/index.ts'
import type { Account } from './account.ts'
import { aboutDevice, type Enrollment } from './enrollment.ts'
import * as rows from './enrollment-store.ts'
import { enrollmentEvents } from './events.ts'

/** What a certificate proves: for which enrollment it speaks or spoke, and the account the caller named, if that account is known. */
export interface Speaking {
  org: Id<'org'>
  enrollment: Enrollment
  certificate: Id<'certificate'>
  pin: { state: 'active' | 'retired'; since: number }
  account: { id: Id<'account'>; state: Account['state'] } | null
}

/** Whom the certificate with this SHA-256 speaks for, in whatever org; null when it was never pinned. One statement. */
export async function speaking(
  ctx: Pick<Ctx, 'tx'>,
  fingerprint: string,
  accountKey: string | undefined,
): Promise<Speaking | null> {
  return (await rows.findSpeaking(ctx, fingerprint, accountKey ?? '')) ?? null
}

/**
 * Pins a certificate to an enrollment: from now on it alone speaks for it, and every other one of the enrollment is retired.
 * Answers the certificate that spoke before.
 */
export async function pin(
  ctx: Ctx,
  enrollment: Enrollment,
  proof: { certificate: Id<'certificate'>; fingerprint: string },
): Promise<Id<'certificate'> | null> {
  if (enrollment.state === 'ended') throw new Problem('enrollment.ended')
  const before = await rows.findActivePin(ctx, enrollment.id)
  if (before?.fingerprint === proof.fingerprint) return null
  const owner = { kind: 'enrollment', id: enrollment.id } as const
  await certificates.own(ctx, proof.certificate, owner, 'active')
  await certificates.retireOthers(ctx, owner, proof.certificate)
  await rows.retirePins(ctx, enrollment.id, ctx.now)
  await rows.addPin(ctx, { ...proof, enrollment: enrollment.id, state: 'active', since: ctx.now })
  if (!before) return null
  await record(ctx, enrollmentEvents.renewed, await aboutDevice(ctx, enrollment), {
    enrollment: enrollment.id,
    certificate: proof.certificate,
  })
  return before.certificate
}

/** The certificate that speaks for the enrollment now. */
export async function pinned(ctx: Ctx, enrollment: string): Promise<Id<'certificate'> | null> {
  return (await rows.findActivePin(ctx, enrollment))?.certificate ?? null
}

/** The newest enrollments of whoever bears this key, in any org: whose admins should hear of someone who claims it without proof. */
export function claimed(
  ctx: Pick<Ctx, 'tx'>,
  identityKey: string,
): Promise<{ org: Id<'org'>; enrollment: Enrollment }[]> {
  return rows.listClaimed(ctx, identityKey)
}
