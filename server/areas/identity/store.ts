import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { fixed } from '../../base/fixed.ts'
import { contains } from '../../base/filter.ts'
import type { Id } from '../../base/id.ts'
import type { Base } from '../../base/transact.ts'
import type { Org } from './org.ts'
import type { Unit } from './unit.ts'
import type { GroupRow } from './group-store.ts'
import type { UserRow } from './user-store.ts'

interface UnitRow {
  org: string
  id: string
  parent: string | null
  name: string
  name_key: string
  path: string
  created_at: number
}

interface OrgRow {
  org: string
  name: string
  language: string
  session_idle_ms: number
  session_max_ms: number
  created_at: number
}

interface Tables {
  orgs: OrgRow
  units: UnitRow
  users: UserRow
  groups: GroupRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

export async function putOrg(ctx: Ctx, row: OrgRow): Promise<void> {
  await db(ctx).insertInto('orgs').values(row).execute()
}

const orgOf = fixed<Tables, { org: string }>()((from, v) =>
  from.selectFrom('orgs').selectAll().where('org', '=', v.org),
)

export async function getOrg(ctx: Pick<Ctx, 'tx' | 'org'>): Promise<Org> {
  const [row] = await orgOf(ctx.tx, { org: ctx.org })
  if (!row) throw new Error(`there is no org ${ctx.org}`)
  return {
    id: ctx.org,
    name: row.name,
    language: row.language as Org['language'],
    sessionIdleMs: row.session_idle_ms,
    sessionMaxMs: row.session_max_ms,
  }
}

export async function changeOrg(ctx: Ctx, { id, ...org }: Org): Promise<void> {
  const { name, language, sessionIdleMs, sessionMaxMs } = org
  await db(ctx)
    .updateTable('orgs')
    .set({ name, language, session_idle_ms: sessionIdleMs, session_max_ms: sessionMaxMs })
    .where('org', '=', id)
    .execute()
}

export async function listOrgs(base: Pick<Base, 'engine'>): Promise<Id<'org'>[]> {
  const rows = await base.engine.read(tx => db({ tx }).selectFrom('orgs').select('org').orderBy('org').execute())
  return rows.map(r => r.org as Id<'org'>)
}

export async function anyOrg(ctx: Ctx): Promise<boolean> {
  return (await db(ctx).selectFrom('orgs').select('org').limit(1).executeTakeFirst()) !== undefined
}

export async function findUnit(ctx: Ctx, id: string): Promise<Unit | undefined> {
  const row = await db(ctx)
    .selectFrom('units')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toUnit(row)
}

export async function getRoot(ctx: Ctx): Promise<Unit> {
  const row = await db(ctx)
    .selectFrom('units')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('parent', 'is', null)
    .executeTakeFirstOrThrow()
  return toUnit(row)
}

/** Every unit of the org, parents before children; an org has at most a few thousand. */
export async function listUnits(ctx: Ctx): Promise<Unit[]> {
  const rows = await db(ctx)
    .selectFrom('units')
    .selectAll()
    .where('org', '=', ctx.org)
    .orderBy(sql`length(path)`)
    .orderBy('name_key')
    .execute()
  return rows.map(toUnit)
}

export async function sisterNamed(ctx: Ctx, parent: string, nameKey: string): Promise<string | undefined> {
  const row = await db(ctx)
    .selectFrom('units')
    .select('id')
    .where('org', '=', ctx.org)
    .where('parent', '=', parent)
    .where('name_key', '=', nameKey)
    .executeTakeFirst()
  return row?.id
}

export async function putUnit(ctx: Ctx, unit: Unit, nameKey: string): Promise<void> {
  const row = { name: unit.name, name_key: nameKey, parent: unit.parent, path: unit.path }
  await db(ctx)
    .insertInto('units')
    .values({ org: ctx.org, id: unit.id, created_at: ctx.now, ...row })
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet(row))
    .execute()
}

export async function removeUnit(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('units').where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** A unit as it is stored, with when it was made. */
export async function storedUnit(
  ctx: Ctx,
  id: string,
): Promise<(Pick<Unit, 'id' | 'parent' | 'name'> & { createdAt: number }) | undefined> {
  const row = await db(ctx)
    .selectFrom('units')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { ...toUnit(row), createdAt: row.created_at }
}

/** Rewrites the paths of units, users and groups below a unit that moved. */
export async function movePaths(ctx: Ctx, from: string, to: string): Promise<void> {
  const moved = (column: 'path' | 'unit_path') => sql<string>`${to} || substr(${sql.ref(column)}, ${from.length + 1})`
  await db(ctx)
    .updateTable('units')
    .set({ path: moved('path') })
    .where('org', '=', ctx.org)
    .where('path', 'like', `${from}%`)
    .execute()
  await db(ctx)
    .updateTable('users')
    .set({ unit_path: moved('unit_path') })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
  await db(ctx)
    .updateTable('groups')
    .set({ unit_path: moved('unit_path') })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}

export async function hasChildUnits(ctx: Ctx, id: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('units')
    .select('id')
    .where('org', '=', ctx.org)
    .where('parent', '=', id)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Names of units, users and groups among these ids. */
export async function namesIn(ctx: Ctx, ids: readonly string[]): Promise<[string, string][]> {
  const units = ids.filter(i => i.startsWith('unt_'))
  const users = ids.filter(i => i.startsWith('usr_'))
  const found: [string, string][] = []
  if (units.length > 0) {
    const rows = await db(ctx)
      .selectFrom('units')
      .select(['id', 'name'])
      .where('org', '=', ctx.org)
      .where('id', 'in', units)
      .execute()
    found.push(...rows.map((r): [string, string] => [r.id, r.name]))
  }
  if (users.length > 0) {
    const rows = await db(ctx)
      .selectFrom('users')
      .select(['id', 'display_name'])
      .where('org', '=', ctx.org)
      .where('id', 'in', users)
      .execute()
    found.push(...rows.map((r): [string, string] => [r.id, r.display_name]))
  }
  const groups = ids.filter(i => i.startsWith('grp_'))
  if (groups.length > 0) {
    const rows = await db(ctx)
      .selectFrom('groups')
      .select(['id', 'name'])
      .where('org', '=', ctx.org)
      .where('id', 'in', groups)
      .execute()
    found.push(...rows.map((r): [string, string] => [r.id, r.name]))
  }
  return found
}

/** Ids of units, users and groups whose name contains the text. */
export async function idsNamed(ctx: Ctx, text: string): Promise<string[]> {
  const units = await db(ctx)
    .selectFrom('units')
    .select('id')
    .where('org', '=', ctx.org)
    .where(contains('name_key', text, true))
    .limit(200)
    .execute()
  const users = await db(ctx)
    .selectFrom('users')
    .select('id')
    .where('org', '=', ctx.org)
    .where(contains('search', text, true))
    .limit(200)
    .execute()
  const groups = await db(ctx)
    .selectFrom('groups')
    .select('id')
    .where('org', '=', ctx.org)
    .where(contains('name_key', text, true))
    .limit(200)
    .execute()
  return [...units, ...users, ...groups].map(r => r.id)
}

function toUnit(row: UnitRow): Unit {
  return { id: row.id as Id<'unit'>, parent: row.parent as Id<'unit'> | null, name: row.name, path: row.path }
}
