import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** A row of passkeys. */
export interface PasskeyRow {
  org: string
  id: string
  admin: string
  name: string
  credential: string
  public_key: Uint8Array
  counter: number
  transports: string
  synced: number
  created_at: number
  last_used_at: number | null
  suspect_at: number | null
}

/** A row of challenges. */
export interface ChallengeRow {
  org: string
  purpose: string
  subject: string
  hash: string
  expires_at: number
}

interface Tables {
  passkeys: PasskeyRow
  passkey_challenges: ChallengeRow
  admin_makers: { org: string; admin: string; maker: string; how: string; at: number }
}

type On = Pick<Ctx, 'tx' | 'org'>
const db = (on: Pick<Ctx, 'tx'>) => own<Tables>(on.tx)

/** The passkeys of an admin, oldest first. */
export async function listPasskeys(on: On, admin: string): Promise<PasskeyRow[]> {
  const all = db(on).selectFrom('passkeys').selectAll().where('org', '=', on.org).where('admin', '=', admin)
  return all.orderBy('id').execute()
}

/** How many passkeys each admin has that are believed. */
export async function countPasskeys(on: On): Promise<Map<string, number>> {
  const rows = await db(on)
    .selectFrom('passkeys')
    .select(e => ['admin', e.fn.countAll<number>().as('n')])
    .where('org', '=', on.org)
    .where('suspect_at', 'is', null)
    .groupBy('admin')
    .execute()
  return new Map(rows.map(r => [r.admin, Number(r.n)]))
}

/** The passkey with this credential id, in any org: a sign-in names none. */
export async function findByCredential(on: Pick<Ctx, 'tx'>, credential: string): Promise<PasskeyRow | undefined> {
  return db(on).selectFrom('passkeys').selectAll().where('credential', '=', credential).executeTakeFirst()
}

export async function putPasskey(on: Pick<Ctx, 'tx'>, row: PasskeyRow): Promise<void> {
  await db(on).insertInto('passkeys').values(row).execute()
}

export async function changePasskey(
  on: On,
  id: string,
  change: Partial<Omit<PasskeyRow, 'org' | 'id'>>,
): Promise<void> {
  await db(on).updateTable('passkeys').set(change).where('org', '=', on.org).where('id', '=', id).execute()
}

/** Removes one passkey of an admin, or all. */
export async function removePasskeys(on: On, admin: string, id?: string): Promise<PasskeyRow[]> {
  const all = db(on).deleteFrom('passkeys').where('org', '=', on.org).where('admin', '=', admin).returningAll()
  return (id === undefined ? all : all.where('id', '=', id)).execute()
}

/** Keeps a challenge; the same one asked again lasts anew. */
export async function putChallenge(on: Pick<Ctx, 'tx'>, row: ChallengeRow): Promise<void> {
  await db(on)
    .insertInto('passkey_challenges')
    .values(row)
    .onConflict(c => c.columns(['org', 'purpose', 'subject', 'hash']).doUpdateSet({ expires_at: row.expires_at }))
    .execute()
}

/** Uses a challenge up; undefined when there is none. */
export async function takeChallenge(
  on: Pick<Ctx, 'tx'>,
  { org, purpose, subject, hash }: Omit<ChallengeRow, 'expires_at'>,
): Promise<ChallengeRow | undefined> {
  const taken = await db(on)
    .deleteFrom('passkey_challenges')
    .where('org', '=', org)
    .where('purpose', '=', purpose)
    .where('subject', '=', subject)
    .where('hash', '=', hash)
    .returningAll()
    .execute()
  return taken[0]
}

export async function removeOldChallenges(on: Pick<Ctx, 'tx'>, now: number): Promise<void> {
  await db(on).deleteFrom('passkey_challenges').where('expires_at', '<', now).execute()
}

export async function putMaker(on: On, row: { admin: string; maker: string; how: string; at: number }): Promise<void> {
  await db(on)
    .insertInto('admin_makers')
    .values({ org: on.org, ...row })
    .onConflict(c => c.columns(['org', 'admin', 'maker', 'how']).doUpdateSet({ at: row.at }))
    .execute()
}

/** Who invited these admins ever, or let them in by a link since then. */
export async function listMakers(on: On, admins: readonly string[], linkedSince: number): Promise<string[]> {
  if (admins.length === 0) return []
  const rows = await db(on)
    .selectFrom('admin_makers')
    .select('maker')
    .distinct()
    .where('org', '=', on.org)
    .where('admin', 'in', [...admins])
    .where(e => e.or([e('how', '=', 'invited'), e('at', '>', linkedSince)]))
    .execute()
  return rows.map(r => r.maker)
}
