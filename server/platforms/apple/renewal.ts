import * as certificates from '../../areas/certificates/index.ts'
import * as commands from '../../areas/commands/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import { enqueue, type JobKind, jobName } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import { buildProfile, type ProfileTerms } from './profile.ts'
import * as store from './store.ts'

const dayMs = 24 * 3_600_000
/** A renewal stays good for this long: a device may be switched off for weeks. */
export const renewalValidMs = 30 * dayMs

const renewIdentity = jobName<{ enrollment: Id<'enrollment'> }>('enrollment.renew')

/** Devices never renew the identity they are managed by; we do it at two thirds of its life. Called when a certificate is pinned. */
export async function schedule(ctx: Ctx, enrolled: Id<'enrollment'>, certificate: Id<'certificate'>): Promise<void> {
  const pinned = await certificates.find(ctx, certificate)
  if (!pinned) return
  const renewAt = Math.round(pinned.notBefore + ((pinned.notAfter - pinned.notBefore) * 2) / 3)
  await store.changeStanding(ctx, enrolled, {
    renew_at: renewAt,
    renewal_command: null,
    renewal_at: null,
    renewal_tries: 0,
  })
  await enqueue(
    ctx,
    renewIdentity,
    { enrollment: enrolled },
    { dedupe: enrolled, inMs: Math.max(0, renewAt - ctx.now) },
  )
}

/** The device speaks with its new certificate: the renewal is over, whether or not its command was ever answered. */
export async function renewed(ctx: Ctx, enrolled: Id<'enrollment'>, certificate: Id<'certificate'>): Promise<void> {
  await schedule(ctx, enrolled, certificate)
}

/** Renews the identity now, because an admin says so. */
export async function renewNow(ctx: Ctx, enrolled: enrollment.Enrollment): Promise<void> {
  if (enrolled.state !== 'active') throw new Problem('enrollment.ended')
  await store.changeStanding(ctx, enrolled.id, { renew_at: ctx.now, renewal_command: null, renewal_at: null })
  await enqueue(ctx, renewIdentity, { enrollment: enrolled.id }, { dedupe: enrolled.id })
}

/** Sends the enrollment profile anew, with a fresh challenge, once a day until the device uses the certificate that it brings. */
export const renewalJob: JobKind<{ enrollment: Id<'enrollment'> }> = {
  name: renewIdentity,
  attempts: 1000,
  maxWaitMs: dayMs,
  run: async (base, job) => {
    const planned = await base.transact(job.scope, ctx => plan(ctx, job.payload.enrollment))
    if (planned === null || 'againInMs' in planned) return planned ?? undefined
    const profile = await buildProfile(base, job.org, planned.terms)
    await base.transact(job.scope, ctx => deliver(ctx, job.payload.enrollment, planned.tries, profile))
    return { againInMs: dayMs }
  },
}

type Plan = { againInMs: number } | { terms: ProfileTerms; tries: number } | null

async function plan(ctx: Ctx, id: Id<'enrollment'>): Promise<Plan> {
  const held = await enrollment.find(ctx, id)
  const standing = await store.findStanding(ctx, id)
  if (!held || held.state === 'ended' || !standing || standing.renewAt === null) return null
  if (held.state === 'pending') return { againInMs: dayMs }
  if (standing.renewAt > ctx.now) return { againInMs: standing.renewAt - ctx.now }
  if (standing.renewalCommand !== null && (await waits(ctx, standing))) return { againInMs: dayMs }
  const { path } = await enrollment.aboutDevice(ctx, held)
  // A key that the chip vouched for is followed by another such key.
  const pinned = await enrollment.pinned(ctx, id)
  const before = pinned === null ? null : await certificates.attestedOf(ctx, pinned)
  const challenge = await certificates.challenge(ctx, {
    for: { kind: 'enrollment', id, path },
    ttlMs: renewalValidMs,
    serial: before?.serial ?? null,
  })
  const attested = before !== null && (await certificates.attestationRoots(ctx)).length > 0
  return { terms: { ...standing, challenge, subject: id, attested }, tries: standing.renewalTries + 1 }
}

/** Whether the command of the newest try may still be obeyed; one that ended without a new certificate has failed. */
async function waits(ctx: Ctx, { renewalCommand, renewalAt }: store.Standing): Promise<boolean> {
  if (renewalCommand === null || ctx.now - (renewalAt ?? 0) > renewalValidMs - 2 * dayMs) return false
  return commands.isOpen(ctx, renewalCommand)
}

async function deliver(ctx: Ctx, id: Id<'enrollment'>, tries: number, profile: Uint8Array): Promise<void> {
  const held = await enrollment.find(ctx, id)
  if (held?.state !== 'active') return
  const args = { profile: Buffer.from(profile).toString('base64') }
  const command = await commands.send(ctx, { device: held.device, kind: 'enrollment.renew', args })
  await store.changeStanding(ctx, id, { renewal_command: String(command), renewal_at: ctx.now, renewal_tries: tries })
}
