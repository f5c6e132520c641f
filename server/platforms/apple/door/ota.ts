import { randomUUID } from 'node:crypto'
import { encodeProfileService } from '@muster/wire/apple/machine-info.ts'
import { fingerprint } from '@muster/wire/x509/certificate.ts'
import * as certificates from '../../../areas/certificates/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import * as identity from '../../../areas/identity/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { digest, type Id, newId, newSecret } from '../../../base/id.ts'
import { Problem } from '../../../base/problem.ts'
import type { Call, Reply } from '../../../base/route.ts'
import type { Base } from '../../../base/transact.ts'
import { admitted, offer } from '../enroll.ts'
import { buildProfile, buildScepProfile, profileIdentifier, type ProfileTerms } from '../profile.ts'
import * as shared from '../store.ts'
import { anyone, profileReply, profileType } from './auto.ts'
import { isAppleDevice, openSigned } from './device-ca.ts'
import { type Machine, readMachine } from './machine.ts'
import { offerTo } from './offer.ts'
import * as store from './store.ts'
import { atDoor } from './tell.ts'

interface Input {
  params: { token: string }
}

/** What the device is asked about itself. */
const attributes = ['UDID', 'SERIAL', 'PRODUCT', 'VERSION', 'IMEI', 'MEID', 'DEVICE_NAME']
/** A person installs the first answer within this time. */
const lastsMs = 3_600_000

/** Phase 1 of the profile service: what makes the device say who it is, before it is given anything (Apple: over-the-air profile delivery). */
export function serveAsk(base: Base, { params }: Input, call: Call): Promise<Reply<Uint8Array>> {
  return atDoor(base, call, async who => {
    const { org, name, challenge } = await base.transact(anyone(call), async anyCtx => {
      const { ctx, org: own } = await admitted(anyCtx, params.token)
      who.org = own
      await store.removeOver(ctx)
      const secret = newSecret()
      const signIn = { id: newId('visit'), door: 'ota', setup: null, machine: null, user: null } as const
      await store.addSignIn(ctx, { ...signIn, expiresAt: ctx.now + lastsMs }, digest(secret))
      return { org: own, name: (await identity.ownOrg(ctx)).name, challenge: secret }
    })
    const plain = encodeProfileService(
      {
        identifier: `${profileIdentifier(org)}.service`,
        displayName: `${name}: device management`,
        organization: name,
        description: `Asks this device who it is, so that ${name} can manage it.`,
        url: `${base.config.url}/enroll/apple/ota/${encodeURIComponent(params.token)}`,
        attributes,
        challenge,
      },
      randomUUID,
    )
    const body = await certificates.sign(base, org, plain)
    return { status: 200, type: profileType, headers: { 'cache-control': 'no-store' }, body }
  })
}

/** Phases 2 and 3 come to the same address and are told apart by who signed: first Apple's certificate of the device, then the one we gave it. */
export function serveAnswer(base: Base, { params }: Input, call: Call): Promise<Reply<Uint8Array | string>> {
  return atDoor(base, call, async who => {
    const { signer } = openSigned(call.bytes)
    const machine = readMachine(base.config, call.bytes)
    who.serial = machine.info.serial ?? null
    const second = isAppleDevice(base.config, signer)
    const given = await base.transact(anyone(call), async anyCtx => {
      const { ctx, org, invitation } = await admitted(anyCtx, params.token)
      who.org = org
      return second ? identify(ctx, invitation, machine) : finish(ctx, fingerprint(signer.der), machine)
    })
    if (!second) return profileReply(base, given)
    const body = await buildScepProfile(base, given.org, given.terms)
    return { status: 200, type: profileType, headers: { 'cache-control': 'no-store' }, body }
  })
}

interface Given {
  org: Id<'org'>
  terms: ProfileTerms
}

/** Phase 2: the device proved itself and that the question was ours. It may ask for a certificate. */
async function identify(ctx: Ctx, invitation: enrollment.Invitation, machine: Machine): Promise<Given> {
  const asked = await store.findSignIn(ctx, digest(machine.info.challenge ?? ''))
  if (!asked || asked.org !== ctx.org || asked.signIn.door !== 'ota' || asked.signIn.expiresAt <= ctx.now)
    throw new Problem('device.challenge-unknown')
  return offerTo(ctx, { door: 'ota', invitation, machine })
}

/** Phase 3: it holds the certificate that phase 2 led to, and is still the same device. Now it gets its profile. */
async function finish(ctx: Ctx, print: string, { info }: Machine): Promise<Given> {
  const certificate = await certificates.byFingerprint(ctx, print)
  if (certificate?.org !== ctx.org || certificate.owner.kind !== 'invitation' || certificate.state !== 'pending')
    throw new Problem('device.not-apple')
  const arrival = await enrollment.findArrival(ctx, certificate.owner.id)
  const proven = arrival && (await store.findProven(ctx, arrival.id))
  const terms = arrival && (await shared.findOffer(ctx, arrival.id))
  if (!arrival || !proven || !terms || arrival.enrollment !== null) throw new Problem('device.replayed')
  if ((proven.serial ?? info.serial) !== info.serial || (proven.udid ?? info.udid) !== info.udid)
    throw new Problem('device.identity-changed')
  const invitation = await enrollment.findInvitation(ctx, arrival.invitation)
  const path = invitation ? (await identity.unitOf(ctx, invitation.unit)).path : '/'
  const challenge = await certificates.challenge(ctx, {
    for: { kind: 'invitation', id: arrival.id, path },
    ttlMs: lastsMs,
  })
  return { org: ctx.org, terms: { ...terms, challenge, subject: arrival.id } }
}

/**
 * The profile of an invitation to Apple Configurator and to the devices it prepares, which say who they are. Whoever says it is believed only
 * when Apple vouches; Configurator itself says nothing.
 */
export function serveConfigurator(base: Base, { params }: Input, call: Call): Promise<Reply<Uint8Array | string>> {
  return atDoor(base, call, async who => {
    const machine = call.bytes.length === 0 ? null : readMachine(base.config, call.bytes)
    if (machine && !machine.vouched) throw new Problem('device.not-apple')
    who.serial = machine?.info.serial ?? null
    const given = await base.transact(anyone(call), async anyCtx => {
      const { ctx, org, invitation } = await admitted(anyCtx, params.token)
      who.org = org
      return machine ? offerTo(ctx, { door: 'ota', invitation, machine }) : offer(anyCtx, params.token)
    })
    const body = await buildProfile(base, given.org, given.terms)
    return { status: 200, type: profileType, headers: { 'cache-control': 'no-store' }, body }
  })
}
