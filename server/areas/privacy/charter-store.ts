import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { fixed } from '../../base/fixed.ts'
import { type Rules, rulesShape } from './charter.ts'

/** A version of the charter as it is stored. */
export interface CharterRow {
  org: string
  id: string
  version: number
  rules: string
  cosigners: string
  hash: string
  signatures: string
  why: string
  by_kind: string
  by_id: string | null
  at: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ charters: CharterRow }>(ctx.tx)

// A version never changes once it is written, so reading it once per process is enough.
const read = new Map<string, Rules>()
const mostRead = 50

const newest = fixed<{ charters: CharterRow }, { org: string }>()((from, v) =>
  from.selectFrom('charters').select('id').where('org', '=', v.org).orderBy('version', 'desc').limit(1),
)

/** The id of the charter in force; null while an org has none of its own. */
export async function currentId(ctx: Ctx): Promise<string | null> {
  const [row] = await newest(ctx.tx, { org: ctx.org })
  return row?.id ?? null
}

/** A version. */
export function findCharter(ctx: Ctx, id: string): Promise<CharterRow | undefined> {
  return db(ctx).selectFrom('charters').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** The rules of a version. */
export async function rulesOf(ctx: Ctx, id: string): Promise<Rules | null> {
  const known = read.get(id)
  if (known) return known
  const row = await findCharter(ctx, id)
  if (!row) return null
  const rules = rulesShape.parse(JSON.parse(row.rules))
  // One that a rolled back transaction wrote would be found under an id that nobody has.
  if (read.size >= mostRead) read.clear()
  read.set(id, rules)
  return rules
}

/** Versions, newest first, before one of them. */
export function listCharters(ctx: Ctx, before: number | null, limit: number): Promise<CharterRow[]> {
  const all = db(ctx).selectFrom('charters').selectAll().where('org', '=', ctx.org)
  return (before === null ? all : all.where('version', '<', before)).orderBy('version', 'desc').limit(limit).execute()
}

/** Puts a version into force. */
export async function addCharter(ctx: Ctx, row: Omit<CharterRow, 'org' | 'at'>): Promise<void> {
  await db(ctx)
    .insertInto('charters')
    .values({ ...row, org: ctx.org, at: ctx.now })
    .execute()
}
