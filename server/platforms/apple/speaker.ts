import type { Identity } from '@muster/wire/apple/identity.ts'
import * as certificates from '../../areas/certificates/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import { everything } from '../../base/authority.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import type { EnrollmentKind, Pinned } from './pinned.ts'

/** An enrolled device that proved itself. */
export interface Enrolled {
  standing: 'enrolled'
  ctx: Ctx
  enrollment: enrollment.Enrollment
  account: { id: Id<'account'>; state: 'active' | 'ended' } | null
  /** A certificate issued to renew the identity, on its first contacts. */
  renewal: { certificate: Id<'certificate'>; fingerprint: string } | null
  /** The identity was renewed a moment ago, and this is still the one before. */
  late: boolean
}

/** A device that got its certificate by an invitation and has not begun to enroll. */
export interface Newcomer {
  standing: 'newcomer'
  ctx: Ctx
  arrival: Id<'arrival'>
  certificate: Id<'certificate'>
  fingerprint: string
}

/** A device whose management is over. */
export interface Former {
  standing: 'former'
  ctx: Ctx
  enrollment: enrollment.Enrollment
}

export type Speaker = Enrolled | Newcomer | Former

/** What was under way when the identity was renewed may still be answered with the one before. */
const graceMs = 60 * 60_000

/**
 * Who speaks: certificate fingerprint ↔ owner ↔ the identity the message claims, all three. The pin is found without knowing the org,
 * since the fingerprint is the proof; what follows happens in its org, on behalf of the device.
 */
export async function speakerOf(anyone: Ctx, fingerprint: string, claimed: Identity | null): Promise<Speaker> {
  const known = await enrollment.speaking(anyone, fingerprint, claimed?.account)
  if (!known) return unpinned(anyone, fingerprint, claimed)
  const ctx = asDevice(anyone, known.org, known.enrollment.device)
  const { enrollment: held, account } = known
  if (held.state === 'ended') return former(ctx, held)
  const late = known.pin.state === 'retired'
  if (late && ctx.now - known.pin.since > graceMs) throw new Problem('device.certificate-retired')
  demandSame(held, claimed)
  return { standing: 'enrolled', ctx, enrollment: held, account, renewal: null, late }
}

async function unpinned(anyone: Ctx, fingerprint: string, claimed: Identity | null): Promise<Speaker> {
  const certificate = await certificates.byFingerprint(anyone, fingerprint)
  if (!certificate) throw new Problem('device.certificate-unknown')
  const { org, owner, state, id } = certificate
  if (owner.kind === 'invitation') {
    if (state !== 'pending') throw new Problem('device.certificate-retired')
    const ctx = as(anyone, { org, actor: { kind: 'system', id: null, what: 'enrollment' }, authority: everything })
    return { standing: 'newcomer', ctx, arrival: owner.id as Id<'arrival'>, certificate: id, fingerprint }
  }
  const system = as(anyone, { org, actor: { kind: 'system', id: null, what: 'enrollment' }, authority: everything })
  const held = await enrollment.find(system, owner.id)
  if (!held) throw new Problem('device.certificate-unknown')
  const ctx = asDevice(anyone, org, held.device)
  if (held.state === 'ended') return former(ctx, held)
  if (state !== 'pending') throw new Problem('device.certificate-retired')
  demandSame(held, claimed)
  // The account was not joined to the lookup; renewals are rare.
  const accounts = claimed?.account === undefined ? [] : await enrollment.accountsOf(ctx, held.id)
  const account = accounts.find(a => a.accountKey === claimed?.account) ?? null
  return {
    standing: 'enrolled',
    ctx,
    enrollment: held,
    account,
    renewal: { certificate: id, fingerprint },
    late: false,
  }
}

function former(ctx: Ctx, held: enrollment.Enrollment): Former {
  // The device enrolled again: whoever still has the identity of before is a copy of it.
  if (held.endReason === 'replaced') throw new Problem('device.certificate-retired')
  return { standing: 'former', ctx, enrollment: held }
}

function demandSame(held: enrollment.Enrollment, claimed: Identity | null): void {
  if (claimed !== null && claimed.device !== held.identityKey) throw new Problem('device.identity-differs')
}

function asDevice(ctx: Ctx, org: Id<'org'>, device: Id<'device'>): Ctx {
  return as(ctx, { org, actor: { kind: 'device', id: device }, authority: everything })
}

/** What sessions are told of an enrolled speaker. */
export function pinnedOf({ ctx, enrollment: held, account }: Enrolled): Pinned {
  return {
    org: ctx.org,
    enrollment: held.id,
    device: held.device,
    account: account?.id ?? '',
    kind: held.kind as EnrollmentKind,
    leaving: held.endingAt !== null,
    settingUp: held.settingUp,
  }
}
