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

/** How a demanded secret stands on a device: it is kept, the device has been or is to be told, or something stands against it. */
export const coverStates = ['kept', 'waiting', 'missing'] as const
export type CoverState = (typeof coverStates)[number]

/** Of every kind, on how many devices it is kept, awaited and missing, within what the reader may see. */
export async function countCover(ctx: Ctx): Promise<Map<string, Record<CoverState, number>>> {
  const counts = new Map<string, Record<CoverState, number>>()
  for (const state of coverStates) {
    const rows = await cover(ctx, state)
      .select(e => ['k.kind', e.fn.countAll<number>().as('n')])
      .groupBy('k.kind')
      .execute()
    for (const { kind, n } of rows) {
      const of = counts.get(kind) ?? { kept: 0, waiting: 0, missing: 0 }
      of[state] = Number(n)
      counts.set(kind, of)
    }
  }
  return counts
}

/** The devices on which a kind stands so, by id. */
export async function listCover(
  ctx: Ctx,
  { kind, state, after, limit }: { kind: string; state: CoverState; after: string; limit: number },
): Promise<{ items: (Keyless & { asked_at: number | null })[]; next: string | null }> {
  const rows = await cover(ctx, state)
    .select(['d.id', 'd.name', 'd.serial', 'd.os_version', 'd.unit', 'd.last_seen_at', 'k.problem', 'k.asked_at'])
    .where('k.kind', '=', kind)
    .where('d.id', '>', after)
    .orderBy('d.id')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit)
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** How many devices there are on each of these units and below. */
export async function countBelow(ctx: Ctx, paths: readonly string[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const path of paths) {
    const row = await db(ctx)
      .selectFrom('devices as d')
      .select(e => e.fn.countAll<number>().as('n'))
      .where('d.org', '=', ctx.org)
      .where(within('d.unit_path', ctx.authority.where('devices:read')))
      .where('d.unit_path', 'like', `${path}%`)
      .where('d.state', 'in', ['active', 'silent', 'lost'])
      .executeTakeFirst()
    counts.set(path, Number(row?.n ?? 0))
  }
  return counts
}

interface Standing {
  org: string
  device: string
  kind: string
  problem: string | null
  asked_at: number | null
}

function cover(
  ctx: Ctx,
  state: CoverState,
): SelectQueryBuilder<Tables & { d: Tables['devices']; k: Standing }, 'd' | 'k', object> {
  const against = state === 'missing' ? sql`problem IS NOT NULL` : sql`problem IS NULL`
  const standing =
    state === 'kept'
      ? sql<Standing>`(SELECT org, device, kind, NULL AS problem, NULL AS asked_at FROM escrows WHERE state = 'current')`
      : sql<Standing>`(SELECT org, device, kind, problem, asked_at FROM escrow_turns WHERE why = 'demanded' AND ${against})`
  return db(ctx)
    .selectFrom('devices as d')
    .innerJoin(standing.as('k'), j => j.onRef('k.org', '=', 'd.org').onRef('k.device', '=', 'd.id'))
    .where('d.org', '=', ctx.org)
    .where(within('d.unit_path', ctx.authority.where('devices:read')))
    .where('d.state', 'in', ['active', 'silent', 'lost'])
}
