import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { Id } from '../../base/id.ts'
import type { Arrival } from './arrival.ts'
import type { Invitation, Origin, Ownership } from './invitation.ts'

interface InvitationRow {
  org: string
  id: string
  secret_hash: string
  platform: string
  name: string | null
  unit: string
  user_id: string | null
  ownership: string
  access_rights: number
  uses: number | null
  used: number
  created_at: number
  created_by_kind: string
  created_by: string | null
  opened_at: number | null
  expires_at: number
  revoked_at: number | null
  origin: string
}

interface ArrivalRow {
  org: string
  id: string
  invitation: string
  opened_at: number | null
  downloaded_at: number
  certificate_at: number | null
  authenticated_at: number | null
  addressed_at: number | null
  enrollment: string | null
  refused_at: number | null
  refused_code: string | null
}

interface Tables {
  invitations: InvitationRow
  arrivals: ArrivalRow
}

type On = Pick<Ctx, 'tx' | 'org'>
const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

export async function addInvitation(ctx: Ctx, invitation: Invitation, secretHash: string): Promise<void> {
  const created = { created_by_kind: ctx.actor.kind, created_by: ctx.actor.id }
  await db(ctx)
    .insertInto('invitations')
    .values({ ...fromInvitation(ctx, invitation), ...created, secret_hash: secretHash })
    .execute()
}

export async function changeInvitation(ctx: Ctx, { used, openedAt, revokedAt, ...rest }: Invitation): Promise<void> {
  await db(ctx)
    .updateTable('invitations')
    .set({ used, opened_at: openedAt, revoked_at: revokedAt })
    .where('org', '=', ctx.org)
    .where('id', '=', rest.id)
    .execute()
}

export async function findInvitation(ctx: On, id: string): Promise<Invitation | undefined> {
  const row = await db(ctx)
    .selectFrom('invitations')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toInvitation(row)
}

/** In any org: the secret is the proof. */
export async function findInvitationBySecret(
  ctx: Pick<Ctx, 'tx'>,
  secretHash: string,
): Promise<{ org: Id<'org'>; invitation: Invitation } | undefined> {
  const row = await db(ctx)
    .selectFrom('invitations')
    .selectAll()
    .where('secret_hash', '=', secretHash)
    .executeTakeFirst()
  return row && { org: row.org as Id<'org'>, invitation: toInvitation(row) }
}

/** Those that people made, newest first, before this id. */
export async function listInvitations(ctx: On, before: string | null, limit: number): Promise<Invitation[]> {
  let rows = db(ctx).selectFrom('invitations').selectAll().where('org', '=', ctx.org).where('origin', '=', 'person')
  if (before !== null) rows = rows.where('id', '<', before)
  return (await rows.orderBy('id', 'desc').limit(limit).execute()).map(toInvitation)
}

/** The newest that this person brought about by signing in and that still holds for one more device. */
export async function findSignedIn(
  ctx: Ctx,
  of: { user: string; unit: string; ownership: Ownership },
  until: number,
): Promise<Invitation | undefined> {
  const row = await db(ctx)
    .selectFrom('invitations')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('user_id', '=', of.user)
    .where('origin', '=', 'account')
    .where('unit', '=', of.unit)
    .where('ownership', '=', of.ownership)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', until)
    .whereRef('used', '<', 'uses')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && toInvitation(row)
}

/** Whether an invitation to this unit still holds or might be looked at by who watches it. */
export async function anyOnUnit(ctx: Ctx, unit: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('invitations')
    .select('id')
    .where('org', '=', ctx.org)
    .where('unit', '=', unit)
    // Whoever signed in is of the unit themselves, and comes to another with it.
    .where('origin', '<>', 'account')
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', ctx.now)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Invitations for a user stay, for nobody in particular. */
export async function dropUser(ctx: Ctx, user: string): Promise<void> {
  await db(ctx)
    .updateTable('invitations')
    .set({ user_id: null })
    .where('org', '=', ctx.org)
    .where('user_id', '=', user)
    .execute()
}

/** Those of these users that an invitation is for. */
export async function invitedAmong(ctx: Ctx, users: readonly string[]): Promise<Set<string>> {
  if (users.length === 0) return new Set()
  const rows = await db(ctx)
    .selectFrom('invitations')
    .select('user_id')
    .where('org', '=', ctx.org)
    .where('origin', '=', 'person')
    .where('user_id', 'in', [...users])
    .execute()
  return new Set(rows.flatMap(r => r.user_id ?? []))
}

export async function putArrival(ctx: On, arrival: Arrival): Promise<void> {
  const row = fromArrival(ctx, arrival)
  await db(ctx)
    .insertInto('arrivals')
    .values(row)
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet(row))
    .execute()
}

export async function findArrival(ctx: On, id: string): Promise<Arrival | undefined> {
  const row = await db(ctx)
    .selectFrom('arrivals')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toArrival(row)
}

/** Newest first, at most 200. */
export async function listArrivals(ctx: On, invitation: string): Promise<Arrival[]> {
  const rows = await db(ctx)
    .selectFrom('arrivals')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('invitation', '=', invitation)
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
  return rows.map(toArrival)
}

/** How many tries of the invitation have not begun an enrollment. */
export async function countUnfinished(ctx: On, invitation: string): Promise<number> {
  const row = await db(ctx)
    .selectFrom('arrivals')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('invitation', '=', invitation)
    .where('enrollment', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

function fromInvitation(ctx: On, i: Invitation): Omit<InvitationRow, 'secret_hash' | 'created_by_kind' | 'created_by'> {
  return {
    org: ctx.org,
    id: i.id,
    platform: i.platform,
    name: i.name,
    unit: i.unit,
    user_id: i.user,
    ownership: i.ownership,
    access_rights: i.accessRights,
    uses: i.uses,
    used: i.used,
    created_at: i.createdAt,
    opened_at: i.openedAt,
    expires_at: i.expiresAt,
    revoked_at: i.revokedAt,
    origin: i.origin,
  }
}

function toInvitation(row: InvitationRow): Invitation {
  return {
    id: row.id as Id<'invitation'>,
    platform: row.platform,
    name: row.name,
    unit: row.unit as Id<'unit'>,
    user: row.user_id as Id<'user'> | null,
    ownership: row.ownership as Ownership,
    accessRights: row.access_rights,
    uses: row.uses,
    used: row.used,
    createdAt: row.created_at,
    openedAt: row.opened_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    origin: row.origin as Origin,
  }
}

function fromArrival(ctx: On, a: Arrival): ArrivalRow {
  return {
    org: ctx.org,
    id: a.id,
    invitation: a.invitation,
    opened_at: a.openedAt,
    downloaded_at: a.downloadedAt,
    certificate_at: a.certificateAt,
    authenticated_at: a.authenticatedAt,
    addressed_at: a.addressedAt,
    enrollment: a.enrollment,
    refused_at: a.refusedAt,
    refused_code: a.refusedCode,
  }
}

function toArrival(row: ArrivalRow): Arrival {
  return {
    id: row.id as Id<'arrival'>,
    invitation: row.invitation as Id<'invitation'>,
    openedAt: row.opened_at,
    downloadedAt: row.downloaded_at,
    certificateAt: row.certificate_at,
    authenticatedAt: row.authenticated_at,
    addressedAt: row.addressed_at,
    enrollment: row.enrollment as Id<'enrollment'> | null,
    refusedAt: row.refused_at,
    refusedCode: row.refused_code,
  }
}
