import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { contains } from '../../base/filter.ts'
import type { Id } from '../../base/id.ts'
import type { Grant } from './grant.ts'

/** A row of admins. */
export interface AdminRow {
  org: string
  id: string
  name: string
  email: string
  email_key: string
  state: 'invited' | 'active' | 'disabled'
  password: string | null
  totp: Uint8Array | null
  totp_pending: Uint8Array | null
  totp_step: number | null
  locale: string
  theme: string
  contrast: string | null
  last_sign_in_at: number | null
  zone: string | null
  created_at: number
}

interface GrantRow {
  org: string
  id: string
  admin: string
  role: string
  unit: string
  created_at: number
}

interface Tables {
  admins: AdminRow
  grants: GrantRow
  recovery_codes: { org: string; admin: string; hash: string; used_at: number | null }
  preferences: { org: string; admin: string; name: string; value: string }
  units: { org: string; id: string; name: string; path: string }
}

type On = Pick<Ctx, 'tx' | 'org'>
const db = (on: Pick<Ctx, 'tx'>) => own<Tables>(on.tx)

export async function findAdmin(on: On, id: string): Promise<AdminRow | undefined> {
  return db(on).selectFrom('admins').selectAll().where('org', '=', on.org).where('id', '=', id).executeTakeFirst()
}

/** The admin with this address in any org: a sign-in names no org. */
export async function findByEmail(on: Pick<Ctx, 'tx'>, emailKey: string): Promise<AdminRow | undefined> {
  return db(on).selectFrom('admins').selectAll().where('email_key', '=', emailKey).executeTakeFirst()
}

export async function listAdmins(on: On): Promise<AdminRow[]> {
  return db(on).selectFrom('admins').selectAll().where('org', '=', on.org).orderBy('email_key').execute()
}

export async function putAdmin(on: On, row: AdminRow): Promise<void> {
  await db(on).insertInto('admins').values(row).execute()
}

export async function changeAdmin(on: On, id: string, change: Partial<Omit<AdminRow, 'org' | 'id'>>): Promise<void> {
  await db(on).updateTable('admins').set(change).where('org', '=', on.org).where('id', '=', id).execute()
}

export async function removeAdmin(on: On, id: string): Promise<void> {
  await db(on).deleteFrom('admins').where('org', '=', on.org).where('id', '=', id).execute()
}

/** Grants with their units: of one admin, or of all. */
export async function listGrants(on: On, admin?: string): Promise<Grant[]> {
  const all = db(on)
    .selectFrom('grants')
    .innerJoin('units', j => j.onRef('units.org', '=', 'grants.org').onRef('units.id', '=', 'grants.unit'))
    .select([
      'grants.id',
      'grants.admin',
      'grants.role',
      'grants.unit',
      'grants.created_at',
      'units.name',
      'units.path',
    ])
    .where('grants.org', '=', on.org)
    .orderBy('grants.id')
  const rows = await (admin === undefined ? all : all.where('grants.admin', '=', admin)).execute()
  return rows.map(r => ({
    id: r.id as Id<'grant'>,
    admin: r.admin as Id<'admin'>,
    role: r.role,
    since: r.created_at,
    unit: { id: r.unit as Id<'unit'>, name: r.name, path: r.path },
  }))
}

export async function putGrant(on: On, row: GrantRow): Promise<void> {
  await db(on).insertInto('grants').values(row).execute()
}

export async function removeGrant(on: On, id: string): Promise<void> {
  await db(on).deleteFrom('grants').where('org', '=', on.org).where('id', '=', id).execute()
}

export async function unitHasGrants(on: On, unit: string): Promise<boolean> {
  const row = await db(on)
    .selectFrom('grants')
    .select('id')
    .where('org', '=', on.org)
    .where('unit', '=', unit)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether the admin holds this role on this unit already. */
export async function holdsGrant(on: On, grant: { admin: string; role: string; unit: string }): Promise<boolean> {
  const row = await db(on)
    .selectFrom('grants')
    .select('id')
    .where('org', '=', on.org)
    .where('admin', '=', grant.admin)
    .where('role', '=', grant.role)
    .where('unit', '=', grant.unit)
    .executeTakeFirst()
  return row !== undefined
}

/** Replaces the recovery codes of an admin by these hashes. */
export async function putRecoveryCodes(on: On, admin: string, hashes: readonly string[]): Promise<void> {
  await db(on).deleteFrom('recovery_codes').where('org', '=', on.org).where('admin', '=', admin).execute()
  const rows = hashes.map(hash => ({ org: on.org, admin, hash, used_at: null }))
  if (rows.length > 0) await db(on).insertInto('recovery_codes').values(rows).execute()
}

/** Uses up one recovery code; false when there is no such unused one. */
export async function useRecoveryCode(on: On, admin: string, hash: string, now: number): Promise<boolean> {
  const used = await db(on)
    .updateTable('recovery_codes')
    .set({ used_at: now })
    .where('org', '=', on.org)
    .where('admin', '=', admin)
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .returning('hash')
    .execute()
  return used.length === 1
}

export async function findPreference(on: On, admin: string, name: string): Promise<string | undefined> {
  const row = await db(on)
    .selectFrom('preferences')
    .select('value')
    .where('org', '=', on.org)
    .where('admin', '=', admin)
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.value
}

export async function countPreferences(on: On, admin: string): Promise<number> {
  const row = await db(on)
    .selectFrom('preferences')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', on.org)
    .where('admin', '=', admin)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

export async function putPreference(on: On, admin: string, name: string, value: string): Promise<void> {
  await db(on)
    .insertInto('preferences')
    .values({ org: on.org, admin, name, value })
    .onConflict(c => c.columns(['org', 'admin', 'name']).doUpdateSet({ value }))
    .execute()
}

/** Names of admins among these ids. */
export async function adminNames(on: On, ids: readonly string[]): Promise<[string, string][]> {
  const wanted = ids.filter(i => i.startsWith('adm_'))
  if (wanted.length === 0) return []
  const rows = await db(on)
    .selectFrom('admins')
    .select(['id', 'name'])
    .where('org', '=', on.org)
    .where('id', 'in', wanted)
    .execute()
  return rows.map(r => [r.id, r.name])
}

/** Ids of admins whose name contains the text. */
export async function idsNamed(on: On, text: string): Promise<string[]> {
  const named = db(on)
    .selectFrom('admins')
    .select('id')
    .where('org', '=', on.org)
    .where(contains('name', text, false))
  return (await named.limit(200).execute()).map(r => r.id)
}
