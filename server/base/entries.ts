import { createHash, sign } from 'node:crypto'
import type { Ctx } from './ctx.ts'
import { own } from './db.ts'
import { chained, genesis } from './chain.ts'
import { type EventTables, signingKey } from './seal.ts'

/** An entry of the log about one thing, with what its hash is made of where it is sealed. */
export interface LogEntry {
  id: string
  at: number
  type: string
  actor: { kind: string; id: string | null }
  data: Record<string, unknown>
  /** Null for the second until it is sealed. */
  sealed: Proof | null
}

/** SHA-256 over `chain` as JSON is `hash`; the first part of `chain` is the hash of the entry before, the third its number. */
export interface Proof {
  seq: number
  hash: string
  chain: readonly unknown[]
}

/** What of the log is asked for. Newest first, before the entry with this id where one is named. */
export interface LogQuery {
  about: string
  types: readonly string[]
  since: number
  until: number | null
  before: string | null
  limit: number
}

/** The entries about one thing, each with its proof. */
export async function entriesAbout(ctx: Pick<Ctx, 'tx' | 'org'>, query: LogQuery): Promise<LogEntry[]> {
  const db = own<EventTables>(ctx.tx)
  let rows = db
    .selectFrom('events')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('about_id', '=', query.about)
    .where('type', 'in', [...query.types])
    .where('at', '>=', query.since)
  if (query.until !== null) rows = rows.where('at', '<=', query.until)
  if (query.before !== null) rows = rows.where('id', '<', query.before)
  const found = await rows.orderBy('id', 'desc').limit(query.limit).execute()
  const before = found.flatMap(r => (typeof r.seq === 'number' && r.seq > 1 ? [r.seq - 1] : []))
  const hashes = await hashesAt(ctx, before)
  return found.map(row => {
    const { id, at, type } = row
    const seq = row.seq ?? null
    const prev = seq === null ? undefined : seq === 1 ? genesis : hashes.get(seq - 1)
    const proof =
      seq === null || !row.hash || prev === undefined ? null : { seq, hash: row.hash, chain: chained(prev, row, seq) }
    const actor = { kind: row.actor_kind, id: row.actor_id }
    return { id, at, type, actor, data: JSON.parse(row.data) as Record<string, unknown>, sealed: proof }
  })
}

const atOnce = 500

async function hashesAt(ctx: Pick<Ctx, 'tx' | 'org'>, places: readonly number[]): Promise<Map<number, string>> {
  const hashes = new Map<number, string>()
  for (let from = 0; from < places.length; from += atOnce) {
    const rows = await own<EventTables>(ctx.tx)
      .selectFrom('events')
      .select(['seq', 'hash'])
      .where('org', '=', ctx.org)
      .where('seq', 'in', places.slice(from, from + atOnce))
      .execute()
    for (const { seq, hash } of rows) if (typeof seq === 'number' && hash) hashes.set(seq, hash)
  }
  return hashes
}

/** A text signed with the key that signs the heads of the log (Ed25519): what is handed out of the log can be told from what was not. */
export async function signedByLog(
  ctx: Ctx,
  what: string,
  text: string,
): Promise<{ digest: string; signature: string; publicKey: string }> {
  const digest = createHash('sha256').update(text).digest('hex')
  const key = await signingKey(ctx)
  const bytes = Buffer.from(`muster ${what}\n${ctx.org}\n${digest}`)
  const row = await own<EventTables>(ctx.tx)
    .selectFrom('event_keys')
    .select('public_key')
    .where('org', '=', ctx.org)
    .executeTakeFirstOrThrow()
  return { digest, signature: sign(null, bytes, key).toString('base64url'), publicKey: row.public_key }
}
