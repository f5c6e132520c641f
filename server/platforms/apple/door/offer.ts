import * as certificates from '../../../areas/certificates/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import * as identity from '../../../areas/identity/index.ts'
import * as push from '../../../areas/push/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import type { Id } from '../../../base/id.ts'
import { Problem } from '../../../base/problem.ts'
import { asksAttested } from '../attest.ts'
import { deviceUrl, type ProfileTerms } from '../profile.ts'
import * as shared from '../store.ts'
import type { Machine } from './machine.ts'
import * as store from './store.ts'

/** The one-time proof in a profile is good for this long after it was given. */
const challengeMs = 3_600_000
/** A device asks again with the same bytes when an answer was lost; later than this, someone else does. */
const repeatMs = 10 * 60_000

/** For whom a profile is: the device as it proved itself, and what is known of it. */
export interface Comer {
  readonly door: store.Door
  readonly invitation: enrollment.Invitation
  readonly machine: Machine
  readonly setup?: string
  readonly user?: Id<'user'>
  readonly account?: shared.Terms['account']
}

/** Lets a device that proved itself enroll: an arrival of its own, bound to what it proved, and the terms of its profile. */
export async function offerTo(ctx: Ctx, comer: Comer): Promise<{ org: Id<'org'>; terms: ProfileTerms }> {
  const topic = await push.currentTopic(ctx)
  if (topic === null) throw new Problem('enrollment.no-push-certificate')
  await demandFirst(ctx, comer.machine)
  const { invitation, machine } = comer
  const arrival = await enrollment.arrive(ctx, invitation)
  if (machine.info.serial !== undefined) await enrollment.knocked(ctx, machine.info.serial)
  const terms = {
    topic,
    url: deviceUrl(ctx.config),
    accessRights: invitation.accessRights,
    account: comer.account ?? null,
  }
  await shared.addOffer(ctx, arrival.id, terms)
  await store.addProven(ctx, {
    arrival: arrival.id,
    door: comer.door,
    setup: comer.setup ?? null,
    serial: machine.info.serial ?? null,
    udid: machine.info.udid ?? null,
    digest: machine.digest,
    signedAt: machine.signedAt,
    user: comer.user ?? null,
  })
  const challenge = await certificates.challenge(ctx, {
    for: { kind: 'invitation', id: arrival.id, path: (await identity.unitOf(ctx, invitation.unit)).path },
    ttlMs: challengeMs,
    serial: machine.info.serial ?? null,
  })
  const attested = await asksAttested(ctx, machine.info.product, machine.info.osVersion)
  return { org: ctx.org, terms: { ...terms, challenge, subject: arrival.id, attested } }
}

/**
 * Refuses bytes that have enrolled a device before: a device signs anew each time it is set up, so whoever shows the same again has copied them.
 * A message that does not say when it was signed is the same each time and cannot be told from its copy.
 */
async function demandFirst(ctx: Ctx, { digest, signedAt }: Machine): Promise<void> {
  if (signedAt === null) return
  for (const before of await store.provenBy(ctx, digest)) {
    const used = (await enrollment.findArrival(ctx, before.arrival))?.enrollment ?? null
    if (used !== null || ctx.now - before.at > repeatMs) throw new Problem('device.replayed')
  }
}
