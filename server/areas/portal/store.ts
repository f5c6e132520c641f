import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** How a link came to its person. */
export type Sent = 'mail' | 'show'

/** A row of personal links. */
export interface LinkRow {
  org: string
  hash: string
  user_id: string
  sent: Sent
  made_by_kind: string
  made_by_id: string | null
  created_at: number
  expires_at: number
}

/** A row of visits. */
export interface VisitRow {
  org: string
  id: string
  hash: string
  user_id: string
  sent: Sent
  address: string
  agent: string
  created_at: number
  last_seen_at: number
  expires_at: number
  proven_at: number | null
}

/** A row of mailed codes. */
export interface CodeRow {
  org: string
  user_id: string
  visit: string
  hash: string | null
  tries: number
  expires_at: number
  sent_since: number
  sent_times: number
  sent_at: number
  wrong_since: number
  wrong_times: number
}

interface Tables {
  portal_links: LinkRow
  portal_visits: VisitRow
  portal_codes: CodeRow
}

type On = Pick<Ctx, 'tx' | 'org'>
const db = (on: Pick<Ctx, 'tx'>) => own<Tables>(on.tx)

/** Keeps a link in place of all older ones of its person. */
export async function putLink(on: On, row: LinkRow): Promise<void> {
  await db(on).deleteFrom('portal_links').where('org', '=', on.org).where('user_id', '=', row.user_id).execute()
  await db(on).insertInto('portal_links').values(row).execute()
}

/** The link with this hash, in any org. */
export async function findLink(on: Pick<Ctx, 'tx'>, hash: string): Promise<LinkRow | undefined> {
  return db(on).selectFrom('portal_links').selectAll().where('hash', '=', hash).executeTakeFirst()
}

/** Uses a link up; false when someone else did so first. */
export async function useLink(on: On, hash: string): Promise<boolean> {
  const used = await db(on)
    .deleteFrom('portal_links')
    .where('org', '=', on.org)
    .where('hash', '=', hash)
    .returning('hash')
    .execute()
  return used.length === 1
}

/** The link of a user that waits to be opened. */
export async function linkOf(on: On, user: string): Promise<LinkRow | undefined> {
  const of = db(on).selectFrom('portal_links').selectAll().where('org', '=', on.org).where('user_id', '=', user)
  return of.executeTakeFirst()
}

export async function removeLinks(on: On, user: string): Promise<void> {
  await db(on).deleteFrom('portal_links').where('org', '=', on.org).where('user_id', '=', user).execute()
}

export async function putVisit(on: Pick<Ctx, 'tx'>, row: VisitRow): Promise<void> {
  await db(on).insertInto('portal_visits').values(row).execute()
}

/** The visit a cookie names, in any org. */
export async function findVisitByHash(on: Pick<Ctx, 'tx'>, hash: string): Promise<VisitRow | undefined> {
  return db(on).selectFrom('portal_visits').selectAll().where('hash', '=', hash).executeTakeFirst()
}

export async function findVisit(on: On, id: string): Promise<VisitRow | undefined> {
  const by = db(on).selectFrom('portal_visits').selectAll().where('org', '=', on.org).where('id', '=', id)
  return by.executeTakeFirst()
}

/** The visits of a user, newest first. */
export async function listVisits(on: On, user: string): Promise<VisitRow[]> {
  const of = db(on).selectFrom('portal_visits').selectAll().where('org', '=', on.org).where('user_id', '=', user)
  return of.orderBy('id', 'desc').execute()
}

export async function changeVisit(
  on: On,
  id: string,
  change: Partial<Pick<VisitRow, 'last_seen_at' | 'proven_at'>>,
): Promise<void> {
  await db(on).updateTable('portal_visits').set(change).where('org', '=', on.org).where('id', '=', id).execute()
}

/** Removes one visit of a user, or all; answers how many. */
export async function removeVisits(on: On, user: string, id?: string): Promise<number> {
  const all = db(on).deleteFrom('portal_visits').where('org', '=', on.org).where('user_id', '=', user).returning('id')
  return (await (id === undefined ? all : all.where('id', '=', id)).execute()).length
}

/** Forgets links and visits that are over. */
export async function removeEnded(on: Pick<Ctx, 'tx'>, now: number): Promise<void> {
  await db(on).deleteFrom('portal_links').where('expires_at', '<', now).execute()
  await db(on).deleteFrom('portal_visits').where('expires_at', '<', now).execute()
}

export async function findCode(on: On, user: string): Promise<CodeRow | undefined> {
  const of = db(on).selectFrom('portal_codes').selectAll().where('org', '=', on.org).where('user_id', '=', user)
  return of.executeTakeFirst()
}

export async function putCode(on: Pick<Ctx, 'tx'>, row: CodeRow): Promise<void> {
  await db(on)
    .insertInto('portal_codes')
    .values(row)
    .onConflict(c => c.columns(['org', 'user_id']).doUpdateSet(row))
    .execute()
}
