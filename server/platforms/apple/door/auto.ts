import { compareVersions, isVersion } from '@muster/wire/apple/catalog/version.ts'
import type { MachineInfo } from '@muster/wire/apple/machine-info.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import * as identity from '../../../areas/identity/index.ts'
import * as roster from '../../../areas/roster/index.ts'
import { everything, nothing } from '../../../base/authority.ts'
import { as, type Ctx, type Scope } from '../../../base/ctx.ts'
import type { Id } from '../../../base/id.ts'
import { Problem } from '../../../base/problem.ts'
import type { Call, Reply } from '../../../base/route.ts'
import type { Base } from '../../../base/transact.ts'
import { buildProfile, type ProfileTerms } from '../profile.ts'
import { type Machine, provenMachine } from './machine.ts'
import { offerTo } from './offer.ts'
import { type AtDoor, atDoor } from './tell.ts'

/** A device that is expected, at the door it was promised through. */
export interface Expected {
  readonly ctx: Ctx
  readonly setup: roster.Setup
  readonly entry: roster.Entry
  readonly invitation: enrollment.Invitation
}

/** What a profile is sent as. */
export const profileType = 'application/x-apple-aspen-config'

/** The profile of a promised device that Apple vouches for, in Setup Assistant (Apple: ADE profile, key url). */
export function serveAuto(
  base: Base,
  { params }: { params: { secret: string } },
  call: Call,
): Promise<Reply<Uint8Array | string>> {
  return atDoor(base, call, async who => {
    const given = await base.transact(anyone(call), async anyCtx => {
      const { org, setup } = await doorOf(anyCtx, params.secret, who)
      return enter(anyCtx, { org, setup }, provenMachine(anyCtx.config, call.bytes), who)
    })
    return answerOf(base, given)
  })
}

/** The same for a device that does not know its address, as Apple Configurator prepares it: whoever is promised its serial receives it. */
export function serveAutoKnown(base: Base, call: Call): Promise<Reply<Uint8Array | string>> {
  return atDoor(base, call, async who => {
    const machine = provenMachine(base.config, call.bytes)
    for (const org of await identity.orgs(base)) {
      const given = await base.transact(anyone(call), async anyCtx => {
        const actor = { kind: 'system', id: null, what: 'enrollment door' } as const
        const ctx = as(anyCtx, { org, actor, authority: everything })
        const entry = await roster.expected(ctx, machine.info.serial ?? '')
        const setup = entry && (await roster.setupOf(ctx, entry))
        if (!entry || entry.state === 'gone' || !setup) return null
        who.org = org
        return enter(anyCtx, { org, setup }, machine, who)
      })
      if (given) return answerOf(base, given)
    }
    throw new Problem('setup.not-expected', { serial: machine.info.serial ?? '' })
  })
}

/** Lets a device in that nobody must sign in on, or has it update first. */
async function enter(
  anyCtx: Ctx,
  door: { org: Id<'org'>; setup: roster.Setup },
  machine: Machine,
  who: AtDoor,
): Promise<Entered> {
  const known = await expectedAt(anyCtx, door, machine, who)
  // Whoever should sign in does so on the page; a device that posts has not been there.
  if (known.setup.signIn === 'web') throw new Problem('setup.sign-in-needed')
  const older = updateFirst(known.setup, machine.info)
  return older ? { older } : { offer: await admit(known, machine, null) }
}

type Entered = { older: Reply<string> } | { offer: { org: Id<'org'>; terms: ProfileTerms } }

function answerOf(base: Base, given: Entered): Reply<string> | Promise<Reply<Uint8Array>> {
  return 'older' in given ? given.older : profileReply(base, given.offer)
}

/** The setup whose address this is. */
export async function doorOf(
  anyCtx: Ctx,
  secret: string,
  who: AtDoor,
): Promise<{ org: Id<'org'>; setup: roster.Setup }> {
  const found = await roster.setupBySecret(anyCtx, secret)
  if (found?.setup.platform !== 'apple') throw new Problem('invitation.unknown')
  who.org = found.org
  who.about = { kind: 'setup', id: found.setup.id, path: found.setup.unitPath }
  return found
}

/** The promise of this device to the org of this address. Refuses one that nobody promised, or that is promised elsewhere. */
export async function expectedAt(
  anyCtx: Ctx,
  { org, setup }: { org: Id<'org'>; setup: roster.Setup },
  { info }: Pick<Machine, 'info'>,
  who: AtDoor,
): Promise<Expected> {
  who.serial = info.serial ?? null
  const actor = { kind: 'system', id: null, what: 'enrollment door' } as const
  const ctx = as(anyCtx, { org, actor, authority: everything })
  if (info.serial === undefined || info.udid === undefined) throw new Problem('setup.serial-missing')
  const entry = await roster.expected(ctx, info.serial)
  if (!entry || entry.state === 'gone') throw new Problem('setup.not-expected', { serial: info.serial })
  const wanted = await roster.setupOf(ctx, entry)
  // An address that was handed out before the wish changed still belongs to the org that the device is promised to.
  const counts = wanted ?? setup
  const invitation = await enrollment.findInvitation(ctx, counts.invitation)
  if (!invitation) throw new Problem('invitation.unknown')
  const refusal = await enrollment.refusalOf(ctx, invitation)
  if (refusal) throw new Problem(refusal)
  return { ctx, setup: counts, entry, invitation }
}

/** Lets the expected device in: the terms of its profile. */
export async function admit(
  { ctx, setup, entry, invitation }: Expected,
  machine: Machine,
  user: Id<'user'> | null,
): Promise<{ org: Id<'org'>; terms: ProfileTerms }> {
  const whose = user ?? entry.user
  return offerTo(ctx, {
    door: 'auto',
    invitation,
    machine,
    setup: setup.id,
    ...(whose === null ? {} : { user: whose }),
  })
}

/** The answer that makes a device update before it goes on, when its system is older than the setup allows (Apple: softwareupdate.required). */
export function updateFirst(
  { minimumOs }: Pick<roster.Setup, 'minimumOs'>,
  info: Pick<MachineInfo, 'osVersion' | 'supplementalExtra' | 'canUpdate'>,
): Reply<string> | null {
  if (minimumOs === null) return null
  const has = info.osVersion === undefined ? null : `${info.osVersion} ${info.supplementalExtra ?? ''}`.trim()
  const enough = has !== null && isVersion(has) && compareVersions(has, minimumOs.version) >= 0
  if (enough) return null
  if (!info.canUpdate && minimumOs.mode === 'when-possible') return null
  const said = {
    code: 'com.apple.softwareupdate.required',
    description: `Version ${minimumOs.version} of the system is needed.`,
    message: `Version ${minimumOs.version} of the system is needed.`,
    details: { OSVersion: minimumOs.version },
  }
  return {
    status: 403,
    type: 'application/json',
    headers: { 'cache-control': 'no-store' },
    body: JSON.stringify(said),
  }
}

/** The signed profile as an answer. */
export async function profileReply(
  base: Base,
  { org, terms }: { org: Id<'org'>; terms: ProfileTerms },
): Promise<Reply<Uint8Array>> {
  return {
    status: 200,
    type: profileType,
    headers: { 'cache-control': 'no-store' },
    body: await buildProfile(base, org, terms),
  }
}

/** Nobody is known yet. */
export function anyone(call: Call): Scope {
  return {
    org: '' as Id<'org'>,
    actor: { kind: 'system', id: null, what: 'enrollment door' },
    authority: nothing,
    request: call.request,
  }
}
