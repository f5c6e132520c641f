import { demand, may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { digest, type Id, newId, newSecret } from '../../base/id.ts'
import { Problem, type ProblemCode } from '../../base/problem.ts'
import * as identity from '../identity/index.ts'
import { countPending } from './enrollment-store.ts'
import { invitationEvents } from './events.ts'
import { findPlatform } from './platform.ts'
import * as store from './store.ts'

export type Ownership = 'company' | 'personal' | 'unknown'

/** Where the right comes from: somebody invites, it stands for the promised devices of a setup, or somebody signed in on their device. */
export type Origin = 'person' | 'setup' | 'account'

/** A right to enroll devices into a unit, once or a number of times, until it expires. */
export interface Invitation {
  id: Id<'invitation'>
  platform: string
  name: string | null
  unit: Id<'unit'>
  user: Id<'user'> | null
  ownership: Ownership
  accessRights: number
  uses: number | null
  used: number
  createdAt: number
  openedAt: number | null
  expiresAt: number
  revokedAt: number | null
  origin: Origin
}

/** What whoever invites decides. */
export interface Offer {
  platform: string
  name: string | null
  unit: string
  user: string | null
  ownership: Ownership
  accessRights: number
  uses: number | null
  expiresInHours: number
  /** A person, where nothing is said; only theirs are listed as invitations. */
  origin?: Origin
}

const hourMs = 3_600_000

/** Invites to enroll. The secret is answered here and never again; only its hash is kept. */
export async function invite(ctx: Ctx, offer: Offer): Promise<{ invitation: Invitation; secret: string }> {
  const unit = await identity.unitOf(ctx, offer.unit)
  demand(ctx.authority, 'invitations:write', unit.path, 'units:read')
  const user = offer.user === null ? null : await identity.userOf(ctx, offer.user)
  if (user) demand(ctx.authority, 'invitations:write', user.unitPath, 'users:read')
  const secret = newSecret()
  const invitation: Invitation = {
    id: newId('invitation'),
    platform: offer.platform,
    name: offer.name,
    unit: unit.id,
    user: user?.id ?? null,
    ownership: offer.ownership,
    accessRights: offer.accessRights,
    uses: offer.uses,
    used: 0,
    createdAt: ctx.now,
    openedAt: null,
    expiresAt: ctx.now + offer.expiresInHours * hourMs,
    revokedAt: null,
    origin: offer.origin ?? 'person',
  }
  await store.addInvitation(ctx, invitation, digest(secret))
  const { name, platform, ownership, uses, expiresAt } = invitation
  const about = { kind: 'invitation', id: invitation.id, path: unit.path }
  await record(ctx, invitationEvents.created, about, {
    name,
    platform,
    ownership,
    uses,
    expiresAt,
    user: invitation.user,
  })
  return { invitation, secret }
}

/** How many devices one person enrolls by signing in within a day, and how many tries of theirs may stay unfinished is bounded with it. */
const signedInUses = 20

/**
 * The right of somebody who signed in to enroll the device they hold. It is the same for a day, however often devices ask: what binds each of them
 * is the proof it is given, and nobody knows a secret that opens the right by itself.
 */
export async function signedIn(ctx: Ctx, offer: Omit<Offer, 'uses' | 'expiresInHours' | 'user'> & { user: string }) {
  const known = await store.findSignedIn(ctx, offer, ctx.now + hourMs)
  if (known) return known
  const { invitation } = await invite(ctx, { ...offer, uses: signedInUses, expiresInHours: 24, origin: 'account' })
  return invitation
}

/** The invitation, when the actor may see those of its unit. */
export async function see(
  ctx: Ctx,
  id: string,
  permission = 'invitations:read',
): Promise<{ invitation: Invitation; unit: identity.Unit }> {
  const invitation = await store.findInvitation(ctx, id)
  if (!invitation) throw new Problem('id.unknown')
  const unit = await identity.unitOf(ctx, invitation.unit)
  demand(ctx.authority, permission, unit.path, 'invitations:read')
  return { invitation, unit }
}

/** Newest first: the invitations that people made to units the actor may see, after the one named by `before`. */
export async function list(
  ctx: Ctx,
  before: string | null,
  limit: number,
): Promise<{ items: { invitation: Invitation; unit: identity.Unit }[]; more: boolean }> {
  const units = new Map<string, identity.Unit | null>()
  const items: { invitation: Invitation; unit: identity.Unit }[] = []
  for (let after = before; ; ) {
    const batch = await store.listInvitations(ctx, after, 200)
    for (const invitation of batch) {
      const known = units.get(invitation.unit)
      const unit = known === undefined ? await unitOrNull(ctx, invitation.unit) : known
      units.set(invitation.unit, unit)
      if (!unit || !may(ctx.authority, 'invitations:read', unit.path)) continue
      if (items.length === limit) return { items, more: true }
      items.push({ invitation, unit })
    }
    if (batch.length < 200) return { items, more: false }
    after = batch.at(-1)?.id ?? null
  }
}

/** The unit of an invitation that is over may have been removed since. */
async function unitOrNull(ctx: Ctx, id: string): Promise<identity.Unit | null> {
  try {
    return await identity.unitOf(ctx, id)
  } catch (error) {
    if (error instanceof Problem && error.code === 'id.unknown') return null
    throw error
  }
}

/** Takes the right back; devices that are enrolled already stay. */
export async function revoke(ctx: Ctx, id: string): Promise<void> {
  const { invitation, unit } = await see(ctx, id, 'invitations:write')
  if (invitation.revokedAt !== null) return
  await store.changeInvitation(ctx, { ...invitation, revokedAt: ctx.now })
  const about = { kind: 'invitation', id: invitation.id, path: unit.path }
  await record(ctx, invitationEvents.revoked, about, { name: invitation.name })
  await findPlatform(invitation.platform)?.revoked?.(ctx, invitation.id)
}

/** The invitation that a secret opens, in whatever org it is, or null. Whether it still holds is for `refusalOf`. */
export async function bySecret(
  ctx: Pick<Ctx, 'tx'>,
  secret: string,
): Promise<{ org: Id<'org'>; invitation: Invitation } | null> {
  if (secret.length < 22 || secret.length > 128) return null
  return (await store.findInvitationBySecret(ctx, digest(secret))) ?? null
}

/** The invitation with this id in the org of the transaction, or null. */
export async function findInvitation(ctx: Ctx, id: string): Promise<Invitation | null> {
  return (await store.findInvitation(ctx, id)) ?? null
}

/** Why the invitation no longer lets anyone begin; null when it does. One whose device has not finished yet may be tried again. */
export async function refusalOf(ctx: Ctx, invitation: Invitation): Promise<ProblemCode | null> {
  if (invitation.revokedAt !== null) return 'invitation.revoked'
  if (ctx.now >= invitation.expiresAt) return 'invitation.expired'
  if (invitation.uses === null || invitation.used < invitation.uses) return null
  const finished = invitation.used - (await countPending(ctx, invitation.id))
  return finished >= invitation.uses ? 'invitation.used' : null
}

/** Remembers that someone opened the invitation's page. */
export async function opened(ctx: Ctx, invitation: Invitation): Promise<void> {
  await store.changeInvitation(ctx, { ...invitation, openedAt: ctx.now })
}
