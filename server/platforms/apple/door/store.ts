import type { MachineInfo } from '@muster/wire/apple/machine-info.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { own } from '../../../base/db.ts'
import type { Id } from '../../../base/id.ts'

/** Through which door a device came. */
export type Door = 'auto' | 'ota' | 'byod' | 'adde'

/** What a device proved of itself before it was given its profile. */
export interface Proven {
  arrival: string
  door: Door
  setup: string | null
  serial: string | null
  udid: string | null
  digest: string
  signedAt: number | null
  user: Id<'user'> | null
  at: number
}

/** Someone who is signing in on a device. */
export interface SignIn {
  id: string
  door: Door
  setup: string | null
  /** What the device proved of itself; null where it has proved nothing yet. */
  machine: { info: MachineInfo; digest: string; signedAt: number | null } | null
  user: Id<'user'> | null
  expiresAt: number
}

interface ProvenRow {
  org: string
  arrival: string
  door: string
  setup: string | null
  serial: string | null
  udid: string | null
  digest: string
  signed_at: number | null
  user_id: string | null
  at: number
}

interface SignInRow {
  org: string
  id: string
  hash: string
  door: string
  setup: string | null
  machine: string | null
  user_id: string | null
  created_at: number
  expires_at: number
}

interface Tables {
  apple_arrivals: ProvenRow
  apple_signins: SignInRow
  apple_bearers: { hash: string; org: string; user_id: string; mode: string; expires_at: number }
}

type On = Pick<Ctx, 'tx' | 'org'>
const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

export async function addProven(ctx: Ctx, proven: Omit<Proven, 'at'>): Promise<void> {
  const { signedAt, user, ...rest } = proven
  await db(ctx)
    .insertInto('apple_arrivals')
    .values({ org: ctx.org, ...rest, signed_at: signedAt, user_id: user, at: ctx.now })
    .execute()
}

export async function findProven(ctx: On, arrival: string): Promise<Proven | undefined> {
  const row = await db(ctx)
    .selectFrom('apple_arrivals')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('arrival', '=', arrival)
    .executeTakeFirst()
  return row && toProven(row)
}

/** What was given for exactly these signed bytes before, newest first. */
export async function provenBy(ctx: On, digest: string): Promise<Proven[]> {
  const rows = await db(ctx)
    .selectFrom('apple_arrivals')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('digest', '=', digest)
    .orderBy('at', 'desc')
    .orderBy('arrival', 'desc')
    .limit(20)
    .execute()
  return rows.map(toProven)
}

export async function addSignIn(ctx: Ctx, signIn: SignIn, hash: string): Promise<void> {
  const { machine, user, expiresAt, ...rest } = signIn
  await db(ctx)
    .insertInto('apple_signins')
    .values({
      org: ctx.org,
      ...rest,
      hash,
      machine: machine === null ? null : JSON.stringify(machine),
      user_id: user,
      created_at: ctx.now,
      expires_at: expiresAt,
    })
    .execute()
}

/** In any org: the secret is the proof. */
export async function findSignIn(
  ctx: Pick<Ctx, 'tx'>,
  hash: string,
): Promise<{ org: Id<'org'>; signIn: SignIn } | undefined> {
  const row = await db(ctx).selectFrom('apple_signins').selectAll().where('hash', '=', hash).executeTakeFirst()
  if (!row) return undefined
  const signIn: SignIn = {
    id: row.id,
    door: row.door as Door,
    setup: row.setup,
    machine: row.machine === null ? null : (JSON.parse(row.machine) as SignIn['machine']),
    user: row.user_id as Id<'user'> | null,
    expiresAt: row.expires_at,
  }
  return { org: row.org as Id<'org'>, signIn }
}

export async function nameSignIn(ctx: On, id: string, user: string | null): Promise<void> {
  await db(ctx)
    .updateTable('apple_signins')
    .set({ user_id: user })
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .execute()
}

/** Forgets a sign-in that is done; answers whether it was there. */
export async function useSignIn(ctx: On, id: string): Promise<boolean> {
  const gone = await db(ctx)
    .deleteFrom('apple_signins')
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .returning('id')
    .execute()
  return gone.length === 1
}

/** Forgets what is over. */
export async function removeOver(ctx: Pick<Ctx, 'tx' | 'now'>): Promise<void> {
  await db(ctx).deleteFrom('apple_signins').where('expires_at', '<', ctx.now).execute()
  await db(ctx).deleteFrom('apple_bearers').where('expires_at', '<', ctx.now).execute()
}

export async function addBearer(
  ctx: On,
  bearer: { hash: string; user: string; mode: string; expiresAt: number },
): Promise<void> {
  const { hash, user, mode, expiresAt } = bearer
  await db(ctx)
    .insertInto('apple_bearers')
    .values({ hash, org: ctx.org, user_id: user, mode, expires_at: expiresAt })
    .execute()
}

/** In any org: the token is the proof. */
export async function findBearer(
  ctx: Pick<Ctx, 'tx'>,
  hash: string,
): Promise<{ org: Id<'org'>; user: Id<'user'>; mode: string; expiresAt: number } | undefined> {
  const row = await db(ctx).selectFrom('apple_bearers').selectAll().where('hash', '=', hash).executeTakeFirst()
  if (!row) return undefined
  return { org: row.org as Id<'org'>, user: row.user_id as Id<'user'>, mode: row.mode, expiresAt: row.expires_at }
}

/** What was given to a user who signed in ends with them. */
export async function removeOfUser(ctx: On, user: string): Promise<void> {
  await db(ctx).deleteFrom('apple_bearers').where('org', '=', ctx.org).where('user_id', '=', user).execute()
  await db(ctx).deleteFrom('apple_signins').where('org', '=', ctx.org).where('user_id', '=', user).execute()
}

function toProven(row: ProvenRow): Proven {
  const { arrival, setup, serial, udid, digest, at } = row
  return {
    arrival,
    door: row.door as Door,
    setup,
    serial,
    udid,
    digest,
    signedAt: row.signed_at,
    user: row.user_id as Id<'user'> | null,
    at,
  }
}
