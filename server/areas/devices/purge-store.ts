import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

interface Tables {
  facts: { org: string; device: string; fact: string; value: string; at: number }
  fact_history: { org: string; device: string; fact: string; at: number; value: string }
  reports: { org: string; device: string; source: string; at: number; value: Uint8Array }
  identifiers: {
    org: string
    device: string
    kind: string
    slot: number
    match_key: string
    current: number
    seen_at: number
  }
  accounts: { org: string; id: string; device: string; short_name: string; long_name: string }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)
const atOnce = 200

/** The keys a device has facts under, now or before. */
export async function factKeys(ctx: Ctx, device: string): Promise<string[]> {
  const now = await db(ctx)
    .selectFrom('facts')
    .select('fact')
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .execute()
  const past = await db(ctx)
    .selectFrom('fact_history')
    .select('fact')
    .distinct()
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .execute()
  return [...new Set([...now, ...past].map(r => r.fact))]
}

/** Deletes facts and what they were, as far as they were told before an instant. Answers the keys and instants of what went. */
export async function removeFacts(
  ctx: Ctx,
  device: string,
  keys: readonly string[],
  before: number,
): Promise<string[]> {
  const gone: string[] = []
  for (let i = 0; i < keys.length; i += atOnce)
    for (const table of ['facts', 'fact_history'] as const) {
      const rows = await db(ctx)
        .deleteFrom(table)
        .where('org', '=', ctx.org)
        .where('device', '=', device)
        .where('fact', 'in', keys.slice(i, i + atOnce))
        .where('at', '<', before)
        .returning(['fact', 'at'])
        .execute()
      gone.push(...rows.map(r => `${table} ${r.fact} ${r.at}`))
    }
  return gone
}

/** Deletes one report. */
export async function removeReport(ctx: Ctx, device: string, source: string): Promise<void> {
  await db(ctx)
    .deleteFrom('reports')
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('source', '=', source)
    .execute()
}

/** Deletes identifiers of a kind that were last shown before an instant; with `past` only those the device shows no more. */
export async function removeIdentifiers(
  ctx: Ctx,
  device: string,
  { kind, before, past }: { kind: string; before: number; past: boolean },
): Promise<string[]> {
  const all = db(ctx)
    .deleteFrom('identifiers')
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where('kind', '=', kind)
    .where('seen_at', '<', before)
  const rows = await (past ? all.where('current', '=', 0) : all).returning(['kind', 'slot', 'seen_at']).execute()
  return rows.map(r => `identifiers ${r.kind} ${r.slot} ${r.seen_at}`)
}

/** Takes the names of people off the accounts of a device. */
export async function blankAccounts(ctx: Ctx, device: string): Promise<string[]> {
  const rows = await db(ctx)
    .updateTable('accounts')
    .set({ short_name: '', long_name: '' })
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .where(e => e.or([e('short_name', '<>', ''), e('long_name', '<>', '')]))
    .returning('id')
    .execute()
  return rows.map(r => `accounts ${r.id}`)
}
