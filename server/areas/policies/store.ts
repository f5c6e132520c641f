import type { Expression, SqlBool } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { contains, within, movedPath } from '../../base/filter.ts'
import type { Page } from '../../base/page.ts'
import type { Json } from './kind.ts'

/** A row of policies as it is written. */
export interface PolicyRow {
  org: string
  id: string
  kind: string
  name: string
  name_key: string
  description: string
  unit: string
  unit_path: string
  version: number
  search: string
  created_at: number
  updated_at: number
  updated_by_kind: string
  updated_by_id: string | null
  archived_at: number | null
}

/** A row of policy_versions as it is written. */
export interface VersionRow {
  org: string
  policy: string
  version: number
  value: string
  note: string
  by_kind: string
  by_id: string | null
  at: number
}

interface Tables {
  policies: PolicyRow
  policy_versions: VersionRow
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** The policy with this id, archived or not, if it is there. */
export async function findPolicy(ctx: Ctx, id: string): Promise<PolicyRow | undefined> {
  return db(ctx).selectFrom('policies').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** The policies among these ids. */
export async function policiesAmong(ctx: Ctx, ids: readonly string[]): Promise<PolicyRow[]> {
  if (ids.length === 0) return []
  return db(ctx)
    .selectFrom('policies')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', 'in', [...ids])
    .execute()
}

/** Who bears this folded name among those not archived. */
export async function policyNamed(ctx: Ctx, nameKey: string): Promise<string | undefined> {
  const row = await db(ctx)
    .selectFrom('policies')
    .select('id')
    .where('org', '=', ctx.org)
    .where('name_key', '=', nameKey)
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  return row?.id
}

/** Stores a policy. */
export async function putPolicy(ctx: Ctx, row: PolicyRow): Promise<void> {
  const { org: _, id: __, created_at: ___, ...change } = row
  await db(ctx)
    .insertInto('policies')
    .values(row)
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet(change))
    .execute()
}

/** Adds a version, which is never changed afterwards. */
export async function addVersion(ctx: Ctx, row: VersionRow): Promise<void> {
  await db(ctx).insertInto('policy_versions').values(row).execute()
}

/** One version of a policy, if there is one of this number. */
export async function findVersion(ctx: Ctx, policy: string, version: number): Promise<VersionRow | undefined> {
  return db(ctx)
    .selectFrom('policy_versions')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('policy', '=', policy)
    .where('version', '=', version)
    .executeTakeFirst()
}

/** The versions of a policy without their values, newest first, a page at a time. */
export async function listVersions(
  ctx: Ctx,
  policy: string,
  page: Page,
): Promise<{ items: Omit<VersionRow, 'value'>[]; next: string | null }> {
  const rows = await page
    .apply(
      db(ctx)
        .selectFrom('policy_versions')
        .select(['org', 'policy', 'version', 'note', 'by_kind', 'by_id', 'at'])
        .where('org', '=', ctx.org)
        .where('policy', '=', policy),
    )
    .execute()
  return page.finish(rows)
}

/** Values of versions, by policy; numbers beyond those asked for do not occur. */
export async function valuesOf(
  ctx: Pick<Ctx, 'tx' | 'org'>,
  wanted: readonly { policy: string; version: number }[],
): Promise<{ policy: string; version: number; value: Json }[]> {
  const found: { policy: string; version: number; value: Json }[] = []
  for (let from = 0; from < wanted.length; from += 200) {
    const some = wanted.slice(from, from + 200)
    const rows = await db(ctx)
      .selectFrom('policy_versions')
      .select(['policy', 'version', 'value'])
      .where('org', '=', ctx.org)
      .where(e => e.or(some.map(w => e.and([e('policy', '=', w.policy), e('version', '=', w.version)]))))
      .execute()
    found.push(...rows.map(r => ({ policy: r.policy, version: r.version, value: JSON.parse(r.value) as Json })))
  }
  return found
}

/** Every policy that is not archived, without values: what a state of the org is made of. */
export async function allPolicies(
  ctx: Pick<Ctx, 'tx' | 'org'>,
): Promise<Pick<PolicyRow, 'id' | 'kind' | 'name' | 'unit_path' | 'version'>[]> {
  return db(ctx)
    .selectFrom('policies')
    .select(['id', 'kind', 'name', 'unit_path', 'version'])
    .where('org', '=', ctx.org)
    .where('archived_at', 'is', null)
    .orderBy('id')
    .execute()
}

/** One page of the policies in these subtrees that match. */
export async function listPolicies(
  ctx: Ctx,
  paths: readonly string[],
  page: Page,
  filter: Expression<SqlBool>,
): Promise<{ items: PolicyRow[]; next: string | null }> {
  const rows = await page.apply(visible(ctx, paths, filter).selectAll()).execute()
  return page.finish(rows)
}

/** How many policies in these subtrees match. */
export async function countPolicies(ctx: Ctx, paths: readonly string[], filter: Expression<SqlBool>): Promise<number> {
  const row = await visible(ctx, paths, filter)
    .select(e => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

function visible(ctx: Ctx, paths: readonly string[], filter: Expression<SqlBool>) {
  return db(ctx)
    .selectFrom('policies')
    .where('org', '=', ctx.org)
    .where('archived_at', 'is', null)
    .where(within('unit_path', paths))
    .where(filter)
}

/** Rewrites the paths of policies below a unit that moved. */
export async function movePaths(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('policies')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}

/** Whether a policy hangs on this unit. */
export async function anyOnUnit(ctx: Ctx, unit: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('policies')
    .select('id')
    .where('org', '=', ctx.org)
    .where('unit', '=', unit)
    .where('archived_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Ids of policies whose name contains the text. */
export async function idsNamed(ctx: Ctx, text: string, most: number): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('policies')
    .select('id')
    .where('org', '=', ctx.org)
    .where(contains('search', text, true))
    .limit(most)
    .execute()
  return rows.map(r => r.id)
}

/** Whether a version of a policy that is not archived names this secret. */
export async function anyNaming(ctx: Ctx, secret: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('policy_versions')
    .innerJoin('policies', j =>
      j.onRef('policies.org', '=', 'policy_versions.org').onRef('policies.id', '=', 'policy_versions.policy'),
    )
    .select('policies.id')
    .where('policies.org', '=', ctx.org)
    .where('policies.archived_at', 'is', null)
    .where('policy_versions.value', 'like', `%"${secret}"%`)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Policies that are not archived whose newest version names this id. */
export async function policiesNaming(ctx: Ctx, id: string): Promise<{ id: string; name: string; kind: string }[]> {
  return db(ctx)
    .selectFrom('policy_versions')
    .innerJoin('policies', j =>
      j
        .onRef('policies.org', '=', 'policy_versions.org')
        .onRef('policies.id', '=', 'policy_versions.policy')
        .onRef('policies.version', '=', 'policy_versions.version'),
    )
    .select(['policies.id', 'policies.name', 'policies.kind'])
    .where('policies.org', '=', ctx.org)
    .where('policies.archived_at', 'is', null)
    .where('policy_versions.value', 'like', `%"${id}"%`)
    .orderBy('policies.id')
    .limit(200)
    .execute()
}

/** The policies of these kinds in these subtrees that are not archived, each with its newest value; so many at most. */
export async function policiesOfKinds(
  ctx: Ctx,
  { kinds, paths, most }: { kinds: readonly string[]; paths: readonly string[]; most: number },
): Promise<{ id: string; name: string; kind: string; value: Json }[]> {
  const rows = await db(ctx)
    .selectFrom('policies')
    .innerJoin('policy_versions', j =>
      j
        .onRef('policy_versions.org', '=', 'policies.org')
        .onRef('policy_versions.policy', '=', 'policies.id')
        .onRef('policy_versions.version', '=', 'policies.version'),
    )
    .select(['policies.id', 'policies.name', 'policies.kind', 'policy_versions.value'])
    .where('policies.org', '=', ctx.org)
    .where('policies.archived_at', 'is', null)
    .where('policies.kind', 'in', [...kinds])
    .where(within('policies.unit_path', paths))
    .orderBy('policies.name_key')
    .orderBy('policies.id')
    .limit(most)
    .execute()
  return rows.map(r => ({ ...r, value: JSON.parse(r.value) as Json }))
}
