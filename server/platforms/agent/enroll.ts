import type { KeyObject } from 'node:crypto'
import { hash64, jwkOf } from '@muster/wire/agent/compact.ts'
import type { AgentMode, Answer, Challenge, Enrolled } from '@muster/wire/agent/messages.ts'
import { titleOf } from '@muster/wire/android/title.ts'
import * as certificates from '../../areas/certificates/index.ts'
import * as commands from '../../areas/commands/index.ts'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as push from '../../areas/push/index.ts'
import { everything, nothing } from '../../base/authority.ts'
import { as, type Ctx, type Scope } from '../../base/ctx.ts'
import { newSecret, type Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import type { Call } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import { approversOf } from './approvers.ts'
import { judgedKey, judgesOf, noteAttestation } from './attest.ts'
import { trustedKeys } from './keys.ts'
import { tidySoon } from './keeping.ts'
import { introducedByProfile } from './profile-words.ts'
import { demandTimely, newcomerKey, proofIn, shownIn, speakerOf } from './proof.ts'
import type { Introduced } from './shapes.ts'
import * as store from './store.ts'

const challengeMs = 10 * 60_000
/** How long the answer to an enrollment can be asked for again by the same key. */
const againMs = 24 * 3_600_000
const mostOpen = 200
const mostOpenOfOne = 10
/** How soon a device that waits for an admin asks again. */
const retryAfterMs = 60_000

/** A fresh challenge for whoever holds an invitation; without one, for an enrolled agent that proves itself and will come with another key. */
export async function challenge(base: Base, token: string | null, call: Call): Promise<Challenge> {
  return base.transact(anyone(call), async anyCtx => {
    if (token !== null) {
      const { ctx, invitation } = await admitted(anyCtx, token)
      return freshChallenge(ctx, invitation.id, mostOpen)
    }
    const { ctx, enrollment: held } = await speakerOf(anyCtx, shownIn(call), 'renewal')
    if (held.state === 'ended') throw new Problem('enrollment.ended')
    return freshChallenge(ctx, held.id, mostOpenOfOne)
  })
}

/** `whose` is the invitation, or the enrollment whose key is to be followed. */
async function freshChallenge(ctx: Ctx, whose: string, most: number): Promise<Challenge> {
  if ((await store.countChallenges(ctx, whose)) >= most) throw new Problem('agent.busy', { retryAfter: 120 })
  const made = newSecret()
  const expires_at = ctx.now + challengeMs
  await store.putChallenge(ctx, { hash: hash64(made), invitation: whose, expires_at, key_hash: null, enrollment: null })
  await tidySoon(ctx)
  return { action: 'none', challenge: made, expiresInMs: challengeMs, org: ctx.org }
}

/** Enrolls a device whose key proved itself. Asked again with the same key and challenge it answers the same. */
export async function enroll(base: Base, given: Introduced, call: Call): Promise<Enrolled | Answer> {
  const said = introducedByProfile(given)
  const proof = proofIn(call)
  const key = newcomerKey(proof)
  demandTimely(proof, base.clock.now())
  const org = await base.read(anyone(call), async ctx => (await enrollment.bySecret(ctx, said.token))?.org)
  if (org === undefined) throw new Problem('invitation.unknown')
  const issuer = await certificates.deviceIssuer(base, org)
  const judges = await judgesOf(base.config)
  const spki = key.export({ format: 'der', type: 'spki' })
  return base.transact(anyone(call), async anyCtx => {
    const again = await answeredBefore(anyCtx, org, said, spki)
    if (again) return again
    const { ctx, invitation } = await admitted(anyCtx, said.token)
    await demandChallenge(ctx, said.challenge, invitation.id, spki)
    demandMode(said.device.mode, invitation.ownership)
    const shown = { chain: said.attestation, challenge: said.challenge, spki }
    const asking = askingOf(said, spki, await judgedKey(ctx, said.device.serial, shown, judges))
    const wait = await enrollment.admit(ctx, invitation, asking)
    if (wait) return waiting(ctx, said, asking.keyHash, wait.until)
    const arrival = await enrollment.arrive(ctx, invitation)
    const begun = await enrollment.begin(ctx, {
      platform: 'agent',
      identityKey: identityOf(said, key),
      kind: said.device.mode,
      arrival: arrival.id,
      device: sightingOf(said),
    })
    const { id, device } = begun.enrollment
    for (const former of begun.replaced) await forget(ctx, former.id)
    const identity = await certificates.certifyDevice(ctx, issuer, { spki, enrollment: id, unitPath: begun.unitPath })
    await enrollment.reached(ctx, arrival.id, { certificateAt: ctx.now })
    await enrollment.pin(ctx, begun.enrollment, { certificate: identity.id, fingerprint: identity.fingerprint })
    await keepKey(ctx, id, identity, key)
    await store.addStanding(ctx, {
      enrollment: id,
      device,
      mode: said.device.mode,
      instance: said.instance,
      boot: null,
      contacts: proof.count,
      cloned_at: null,
      generation: 0,
      etag: '',
      facts_hash: '',
      apps_hash: '',
      renew_at: renewAt(ctx.now, identity.notAfter),
      agent_version: said.device.agent.version,
    })
    await useUp(ctx, said.challenge, spki, id)
    await enrollment.entered(ctx, asking, id)
    if (said.device.platform === 'android') {
      await noteAttestation(ctx, await devices.get(ctx, device), id, shown, judges)
    }
    return welcome(ctx, begun.enrollment, identity.der)
  })
}

function askingOf(
  { device }: Introduced,
  spki: Uint8Array,
  { verdict, why }: { verdict: string; why: string | null },
): enrollment.Asking {
  const { mode, serial, osVersion } = device
  const name = `${device.brand} ${device.model}`.trim()
  return {
    road: 'agent',
    keyHash: hash64(spki),
    mode,
    serial,
    name,
    osVersion,
    attested: verdict,
    attestedWhy: why,
  }
}

/** The challenge stays good for this key as long as the device waits, so that what its chip says of it does too. */
async function waiting(ctx: Ctx, { challenge: asked }: Introduced, key_hash: string, until: number): Promise<Answer> {
  await store.holdChallenge(ctx, hash64(asked), { key_hash, expires_at: until })
  return { action: 'retry', code: 'waiting-approval', message: 'An admin has to let this device in.', retryAfterMs }
}

async function answeredBefore(
  anyCtx: Ctx,
  org: Id<'org'>,
  said: Introduced,
  spki: Uint8Array,
): Promise<Enrolled | null> {
  const ctx = asEnrolling(anyCtx, org)
  const used = await store.findChallenge(ctx, hash64(said.challenge))
  if (!used?.enrollment || used.expires_at < ctx.now) return null
  if (used.key_hash !== hash64(spki)) throw new Problem('agent.challenge')
  const held = await enrollment.find(ctx, used.enrollment)
  const pinned = held && held.state !== 'ended' ? await enrollment.pinned(ctx, held.id) : null
  const known = pinned === null ? null : await certificates.find(ctx, pinned)
  if (!held || !known?.der) throw new Problem('agent.challenge')
  return welcome(ctx, held, known.der)
}

async function welcome(ctx: Ctx, held: enrollment.Enrollment, der: Uint8Array): Promise<Enrolled> {
  const authorities = await certificates.trustedDeviceCas(ctx)
  return {
    action: 'none',
    org: ctx.org,
    enrollment: held.id,
    device: held.device,
    certificate: Buffer.from(der).toString('base64'),
    authorities: authorities.map(a => Buffer.from(a).toString('base64')),
    keys: await trustedKeys(ctx),
    approvers: await approversOf(ctx),
    next: { afterMs: 0, jitterMs: 0 },
  }
}

/** Refuses a challenge that was not given to these, was used, or is too old. */
export async function demandChallenge(ctx: Ctx, challenge: string, whose: string, spki: Uint8Array): Promise<void> {
  const known = await store.findChallenge(ctx, hash64(challenge))
  if (known && known.key_hash !== null && known.key_hash !== hash64(spki)) throw new Problem('agent.challenge')
  if (known?.invitation !== whose || known.enrollment !== null || known.expires_at < ctx.now)
    throw new Problem('agent.challenge')
}

/** A challenge is good once; by it the same key is answered the same for a day. */
export async function useUp(ctx: Ctx, challenge: string, spki: Uint8Array, id: string): Promise<void> {
  const used = { key_hash: hash64(spki), enrollment: id, expires_at: ctx.now + againMs }
  await store.useChallenge(ctx, hash64(challenge), used)
}

/** A whole device is never taken by an invitation for somebody's own, and a work profile never makes a device the org's. */
function demandMode(mode: AgentMode, ownership: enrollment.Ownership): void {
  const personal = mode === 'work-profile'
  if (personal ? ownership === 'company' : ownership === 'personal') throw new Problem('agent.mode', { mode })
}

/** The id for this organization where the device has one, else its serial number, else its key. */
function identityOf({ device }: Introduced, key: KeyObject): string {
  return device.enrollmentId ?? device.serial ?? hash64(key.export({ format: 'der', type: 'spki' }))
}

function sightingOf({ device }: Introduced): Parameters<typeof enrollment.begin>[1]['device'] {
  const named: [kind: string, value: string | null][] = [
    ['enrollment-id', device.enrollmentId],
    ['serial', device.serial],
  ]
  const identifiers: devices.Identifier[] = named.flatMap(([kind, value]) => (value === null ? [] : [{ kind, value }]))
  return {
    platform: device.platform,
    identifiers,
    name: titleOf(device.brand, device.model),
    model: device.product,
    modelName: titleOf(device.manufacturer, device.model),
    osVersion: device.osVersion,
  }
}

/** Keeps the key of a certificate, to check proofs by. */
export async function keepKey(
  ctx: Ctx,
  held: string,
  { fingerprint, notAfter }: certificates.IssuedIdentity,
  key: KeyObject,
): Promise<void> {
  const jwk = JSON.stringify(jwkOf(key))
  await store.addIdentity(ctx, { fingerprint, enrollment: held, jwk, not_after: notAfter })
}

/** A certificate is renewed after two thirds of its life. */
export function renewAt(now: number, notAfter: number): number {
  return now + Math.floor(((notAfter - now) * 2) / 3)
}

/** Takes away everything that only makes sense while the enrollment lasts. */
export async function forget(ctx: Ctx, id: Id<'enrollment'>, why = 'enrollment.replaced'): Promise<void> {
  await commands.cancelAll(ctx, id, why)
  await push.removeAddress(ctx, id)
}

/** The invitation that the secret opens, in its org, when it still holds and is for this road. */
export async function admitted(anyCtx: Ctx, token: string): Promise<{ ctx: Ctx; invitation: enrollment.Invitation }> {
  const found = await enrollment.bySecret(anyCtx, token)
  if (found?.invitation.platform !== 'agent') throw new Problem('invitation.unknown')
  const ctx = asEnrolling(anyCtx, found.org)
  const refusal = await enrollment.refusalOf(ctx, found.invitation)
  if (refusal) throw new Problem(refusal)
  return { ctx, invitation: found.invitation }
}

function asEnrolling(ctx: Ctx, org: Id<'org'>): Ctx {
  return as(ctx, { org, actor: { kind: 'system', id: null, what: 'enrollment' }, authority: everything })
}

/** Nobody yet: whoever asks proves who they are in the request itself. */
export function anyone(call: Call): Scope {
  return {
    org: '' as Id<'org'>,
    actor: { kind: 'system', id: null, what: 'contact' },
    authority: nothing,
    request: call.request,
  }
}
