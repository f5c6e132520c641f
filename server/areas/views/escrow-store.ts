import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { within } from '../../base/filter.ts'

interface Tables {
  devices: {
    org: string
    id: string
    name: string
    serial: string | null
    os_version: string | null
    unit: string
    unit_path: string
    state: string
    ownership: string
    platform: string
    last_seen_at: number | null
  }
  escrow_turns: { org: string; device: string; kind: string; problem: string | null }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** A device whose disk is encrypted and whose key nobody keeps. */
export interface Keyless {
  id: string
  name: string
  serial: string | null
  os_version: string | null
  unit: string
  last_seen_at: number | null
  problem: string | null
}

/** Encrypted devices of the org whose recovery key is not kept, within what the reader may see, by id. */
export async function listKeyless(
  ctx: Ctx,
  { after, limit }: { after: string; limit: number },
): Promise<{ items: Keyless[]; next: string | null }> {
  const rows = await encrypted(ctx, false)
    .leftJoin('escrow_turns as t', j =>
      j.onRef('t.org', '=', 'd.org').onRef('t.device', '=', 'd.id').on('t.kind', '=', 'filevault'),
    )
    .select(['d.id', 'd.name', 'd.serial', 'd.os_version', 'd.unit', 'd.last_seen_at', 't.problem'])
    .where('d.id', '>', after)
    .orderBy('d.id')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit)
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** Of how many encrypted devices the key is kept, and of how many it is not. */
export async function countKeys(ctx: Ctx): Promise<{ kept: number; missing: number }> {
  const count = async (kept: boolean): Promise<number> => {
    const row = await encrypted(ctx, kept)
      .select(e => e.fn.countAll<number>().as('n'))
      .executeTakeFirst()
    return Number(row?.n ?? 0)
  }
  return { kept: await count(true), missing: await count(false) }
}

function encrypted(ctx: Ctx, kept: boolean): SelectQueryBuilder<Tables & { d: Tables['devices'] }, 'd', object> {
  const there = sql<SqlBool>`EXISTS (SELECT 1 FROM escrows WHERE escrows.org = d.org AND escrows.device = d.id
    AND escrows.kind = 'filevault' AND escrows.state = 'current')`
  return db(ctx)
    .selectFrom('devices as d')
    .where('d.org', '=', ctx.org)
    .where(within('d.unit_path', ctx.authority.where('devices:read')))
    .where('d.state', 'in', ['active', 'silent', 'lost'])
    .where('d.ownership', '!=', 'personal')
    .where('d.platform', '=', 'macos')
    .where(
      sql<SqlBool>`d.id IN (SELECT device FROM facts WHERE org = ${ctx.org} AND fact = 'security.encrypted' AND value = 'true')`,
    )
    .where(kept ? there : sql<SqlBool>`NOT ${there}`)
}
