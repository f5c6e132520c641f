import { sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { contains, within } from '../../base/filter.ts'
import { isTop } from './device-store.ts'
import { seen } from './home-store.ts'

interface Tables {
  policies: {
    org: string
    id: string
    kind: string
    name: string
    name_key: string
    unit_path: string
    search: string
    archived_at: number | null
  }
  blueprints: { org: string; id: string; name: string; name_key: string; unit_path: string }
  groups: { org: string; id: string; name: string; name_key: string; unit_path: string }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Policies the reader may see whose name, kind and description hold every word. */
export async function policiesHolding(
  ctx: Ctx,
  words: readonly string[],
  most: number,
): Promise<{ id: string; name: string; kind: string }[]> {
  const rows = db(ctx)
    .selectFrom('policies')
    .select(['id', 'name', 'kind'])
    .where('org', '=', ctx.org)
    .where('archived_at', 'is', null)
    .where(seen(ctx, 'policies:read', 'unit_path'))
  return words
    .reduce((all, word) => all.where(contains('search', word, true)), rows)
    .orderBy('name_key')
    .limit(most)
    .execute()
}

/** Blueprints, or groups, the reader may see whose name holds every word. */
export async function named(
  ctx: Ctx,
  what: 'blueprints' | 'groups',
  words: readonly string[],
  most: number,
): Promise<{ id: string; name: string }[]> {
  const permission = what === 'groups' ? 'users:read' : 'policies:read'
  const rows = db(ctx)
    .selectFrom(what)
    .select(['id', 'name'])
    .where('org', '=', ctx.org)
    .where(seen(ctx, permission, 'unit_path'))
  return words
    .reduce((all, word) => all.where(contains('name_key', word, true)), rows)
    .orderBy('name_key')
    .limit(most)
    .execute()
}

/** Tags of devices the reader may see that hold the folded text. From one tag to the next along their index, however many devices bear each. */
export async function tagsHolding(ctx: Ctx, text: string, most: number): Promise<string[]> {
  const paths = ctx.authority.where('devices:read')
  const borne = isTop(paths)
    ? sql`1 = 1`
    : sql`EXISTS (SELECT 1 FROM tags JOIN devices ON devices.org = tags.org AND devices.id = tags.device
        WHERE tags.org = ${ctx.org} AND tags.tag_key = known.tag_key AND ${within('devices.unit_path', paths)})`
  const { rows } = await sql<{ tag: string }>`
    WITH RECURSIVE known (tag_key) AS (
      SELECT MIN(tag_key) FROM tags WHERE org = ${ctx.org}
      UNION ALL
      SELECT (SELECT MIN(tag_key) FROM tags WHERE org = ${ctx.org} AND tag_key > known.tag_key)
      FROM known WHERE known.tag_key IS NOT NULL
    )
    SELECT (SELECT tag FROM tags WHERE org = ${ctx.org} AND tag_key = known.tag_key LIMIT 1) AS tag
    FROM known WHERE ${contains('tag_key', text, true)} AND ${borne} LIMIT ${most}`.execute(ctx.tx)
  return rows.map(r => r.tag)
}
