import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { contains } from '../../base/filter.ts'

/** A row of sessions. */
export interface SessionRow {
  org: string
  id: string
  hash: string
  admin: string
  address: string
  agent: string
  created_at: number
  last_seen_at: number
  expires_at: number
  proven_at: number | null
}

/** A row of API keys. */
export interface KeyRow {
  org: string
  id: string
  hash: string
  prefix: string
  name: string
  role: string
  unit: string
  admin: string | null
  created_by_kind: string
  created_by_id: string | null
  created_at: number
  expires_at: number | null
  last_used_at: number | null
  suspended_at: number | null
  waits_for: string | null
}

/** A row of one-time links. */
export interface LinkRow {
  org: string
  hash: string
  purpose: 'setup' | 'sign-in' | 'accept'
  admin: string | null
  made_by: string | null
  created_at: number
  expires_at: number
}

/** A row of counted sign-in attempts. */
export interface AttemptRow {
  org: string
  subject: string
  failures: number
  wait_until: number
  last_at: number
  trusted: number
}

interface Tables {
  sessions: SessionRow
  api_keys: KeyRow
  links: LinkRow
  sign_in_attempts: AttemptRow
  admins: { org: string; id: string; state: string }
  orgs: { org: string; session_idle_ms: number }
  units: { org: string; id: string; name: string; path: string }
}

type On = Pick<Ctx, 'tx' | 'org'>
const db = (on: Pick<Ctx, 'tx'>) => own<Tables>(on.tx)

/** The session a cookie names, in any org, with what decides whether it still holds. */
export async function findSession(
  on: Pick<Ctx, 'tx'>,
  hash: string,
): Promise<(SessionRow & { state: string; session_idle_ms: number }) | undefined> {
  return sessionsWithAdmin(on).where('sessions.hash', '=', hash).executeTakeFirst()
}

const sessionsWithAdmin = (on: Pick<Ctx, 'tx'>) =>
  db(on)
    .selectFrom('sessions')
    .innerJoin('admins', j => j.onRef('admins.org', '=', 'sessions.org').onRef('admins.id', '=', 'sessions.admin'))
    .innerJoin('orgs', j => j.onRef('orgs.org', '=', 'sessions.org'))
    .selectAll('sessions')
    .select(['admins.state', 'orgs.session_idle_ms'])

export async function listSessions(on: On, admin: string): Promise<SessionRow[]> {
  return db(on)
    .selectFrom('sessions')
    .selectAll()
    .where('org', '=', on.org)
    .where('admin', '=', admin)
    .orderBy('last_seen_at', 'desc')
    .execute()
}

export async function putSession(on: On, row: SessionRow): Promise<void> {
  await db(on).insertInto('sessions').values(row).execute()
}

export async function seenSession(on: On, id: string, now: number): Promise<void> {
  await db(on)
    .updateTable('sessions')
    .set({ last_seen_at: now })
    .where('org', '=', on.org)
    .where('id', '=', id)
    .where('last_seen_at', '<', now)
    .execute()
}

/** The session with this id, with what decides whether it still holds. */
export async function findSessionById(
  on: On,
  id: string,
): Promise<(SessionRow & { state: string; session_idle_ms: number }) | undefined> {
  return sessionsWithAdmin(on).where('sessions.org', '=', on.org).where('sessions.id', '=', id).executeTakeFirst()
}

/** A passkey or a code was shown in the session. */
export async function provenSession(on: On, id: string, now: number): Promise<void> {
  await db(on).updateTable('sessions').set({ proven_at: now }).where('org', '=', on.org).where('id', '=', id).execute()
}

/** Changes whether a key opens anything. */
export async function holdKey(
  on: On,
  id: string,
  hold: Partial<Pick<KeyRow, 'suspended_at' | 'waits_for'>>,
): Promise<void> {
  await db(on).updateTable('api_keys').set(hold).where('org', '=', on.org).where('id', '=', id).execute()
}

/** Removes one session of the admin, or all of them; answers the ids removed. */
export async function removeSessions(on: On, admin: string, id?: string): Promise<string[]> {
  const all = db(on).deleteFrom('sessions').where('org', '=', on.org).where('admin', '=', admin).returning('id')
  const rows = await (id === undefined ? all : all.where('id', '=', id)).execute()
  return rows.map(r => r.id)
}

export async function removeEndedSessions(on: Pick<Ctx, 'tx'>, now: number): Promise<void> {
  await db(on).deleteFrom('sessions').where('expires_at', '<', now).execute()
}

const keysWithUnit = (on: Pick<Ctx, 'tx'>) =>
  db(on)
    .selectFrom('api_keys')
    .innerJoin('units', j => j.onRef('units.org', '=', 'api_keys.org').onRef('units.id', '=', 'api_keys.unit'))
    .leftJoin('admins', j => j.onRef('admins.org', '=', 'api_keys.org').onRef('admins.id', '=', 'api_keys.admin'))
    .selectAll('api_keys')
    .select(['units.name as unit_name', 'units.path as unit_path', 'admins.state as admin_state'])

/** An API key with its unit and the state of the admin it descends from. */
export type FullKeyRow = KeyRow & { unit_name: string; unit_path: string; admin_state: string | null }

/** The key with this hash, in any org. */
export async function findKeyByHash(on: Pick<Ctx, 'tx'>, hash: string): Promise<FullKeyRow | undefined> {
  return keysWithUnit(on).where('api_keys.hash', '=', hash).executeTakeFirst()
}

export async function findKey(on: On, id: string): Promise<FullKeyRow | undefined> {
  return keysWithUnit(on).where('api_keys.org', '=', on.org).where('api_keys.id', '=', id).executeTakeFirst()
}

export async function listKeys(on: On): Promise<FullKeyRow[]> {
  return keysWithUnit(on).where('api_keys.org', '=', on.org).orderBy('api_keys.id', 'desc').execute()
}

export async function putKey(on: On, row: KeyRow): Promise<void> {
  await db(on).insertInto('api_keys').values(row).execute()
}

export async function usedKey(on: On, id: string, now: number): Promise<void> {
  await db(on)
    .updateTable('api_keys')
    .set({ last_used_at: now })
    .where('org', '=', on.org)
    .where('id', '=', id)
    .execute()
}

export async function removeKey(on: On, id: string): Promise<void> {
  await db(on).deleteFrom('api_keys').where('org', '=', on.org).where('id', '=', id).execute()
}

export async function unitHasKeys(on: On, unit: string): Promise<boolean> {
  const row = await db(on)
    .selectFrom('api_keys')
    .select('id')
    .where('org', '=', on.org)
    .where('unit', '=', unit)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Names of keys among these ids. */
export async function keyNames(on: On, ids: readonly string[]): Promise<[string, string][]> {
  const wanted = ids.filter(i => i.startsWith('key_'))
  if (wanted.length === 0) return []
  const rows = await db(on)
    .selectFrom('api_keys')
    .select(['id', 'name'])
    .where('org', '=', on.org)
    .where('id', 'in', wanted)
    .execute()
  return rows.map(r => [r.id, r.name])
}

export async function putLink(on: Pick<Ctx, 'tx'>, row: LinkRow): Promise<void> {
  await db(on).insertInto('links').values(row).execute()
}

/** The link with this hash, in any org; reading it does not use it up. */
export async function findLink(on: Pick<Ctx, 'tx'>, hash: string): Promise<LinkRow | undefined> {
  return db(on).selectFrom('links').selectAll().where('hash', '=', hash).executeTakeFirst()
}

/** Uses a link up; false when someone else did so first. */
export async function useLink(on: Pick<Ctx, 'tx'>, hash: string): Promise<boolean> {
  const used = await db(on).deleteFrom('links').where('hash', '=', hash).returning('hash').execute()
  return used.length === 1
}

export async function removeLinksOf(on: On, admin: string): Promise<void> {
  await db(on).deleteFrom('links').where('org', '=', on.org).where('admin', '=', admin).execute()
}

export async function removeSetupLinks(on: Pick<Ctx, 'tx'>): Promise<void> {
  await db(on).deleteFrom('links').where('purpose', '=', 'setup').execute()
}

export async function removeOldLinks(on: Pick<Ctx, 'tx'>, now: number): Promise<void> {
  await db(on).deleteFrom('links').where('expires_at', '<', now).execute()
}

export async function findAttempts(on: Pick<Ctx, 'tx'>, subjects: readonly string[]): Promise<AttemptRow[]> {
  return db(on)
    .selectFrom('sign_in_attempts')
    .selectAll()
    .where('org', '=', '')
    .where('subject', 'in', [...subjects])
    .execute()
}

export async function putAttempt(on: Pick<Ctx, 'tx'>, row: AttemptRow): Promise<void> {
  await db(on)
    .insertInto('sign_in_attempts')
    .values(row)
    .onConflict(c => c.columns(['org', 'subject']).doUpdateSet(row))
    .execute()
}

/** Forgets failures after a day, and who signed in from where after ninety. */
export async function removeOldAttempts(on: Pick<Ctx, 'tx'>, now: number): Promise<void> {
  const dayMs = 86_400_000
  const old = db(on).deleteFrom('sign_in_attempts')
  await old
    .where('last_at', '<', now - dayMs)
    .where('trusted', '=', 0)
    .execute()
  await old.where('last_at', '<', now - 90 * dayMs).execute()
}

/** Ids of keys whose name contains the text. */
export async function idsNamed(on: On, text: string): Promise<string[]> {
  const named = db(on)
    .selectFrom('api_keys')
    .select('id')
    .where('org', '=', on.org)
    .where(contains('name', text, false))
  return (await named.limit(200).execute()).map(r => r.id)
}
