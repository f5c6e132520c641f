import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

interface Tables {
  devices: { org: string; id: string; ownership: string; imei: string }
  facts: { org: string; device: string; fact: string }
  identifiers: { org: string; device: string; kind: string }
  accounts: { org: string; device: string; short_name: string; long_name: string }
  reports: { org: string; device: string; source: string }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** The newest devices that are somebody's own. */
export async function newestPersonal(ctx: Ctx, limit: number): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('devices')
    .select('id')
    .where('org', '=', ctx.org)
    .where('ownership', '=', 'personal')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(r => r.id)
}

/** The keys of facts these devices have, each once. */
export async function factKeysOf(ctx: Ctx, devices: readonly string[]): Promise<string[]> {
  if (devices.length === 0) return []
  const rows = await db(ctx)
    .selectFrom('facts')
    .select('fact')
    .distinct()
    .where('org', '=', ctx.org)
    .where('device', 'in', [...devices])
    .execute()
  return rows.map(r => r.fact)
}

/** Kinds of identifiers these devices have, each once. */
export async function identifierKindsOf(ctx: Ctx, devices: readonly string[]): Promise<string[]> {
  if (devices.length === 0) return []
  const rows = await db(ctx)
    .selectFrom('identifiers')
    .select('kind')
    .distinct()
    .where('org', '=', ctx.org)
    .where('device', 'in', [...devices])
    .execute()
  return rows.map(r => r.kind)
}

/** One of these devices that has an account with a name. */
export async function namedAccount(ctx: Ctx, devices: readonly string[]): Promise<string | null> {
  if (devices.length === 0) return null
  const row = await db(ctx)
    .selectFrom('accounts')
    .select('device')
    .where('org', '=', ctx.org)
    .where('device', 'in', [...devices])
    .where(e => e.or([e('short_name', '<>', ''), e('long_name', '<>', '')]))
    .limit(1)
    .executeTakeFirst()
  return row?.device ?? null
}
