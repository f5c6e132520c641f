import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { sql } from 'kysely'
import { everything } from './authority.ts'
import { entryHash, genesis, headBytes, signatureHolds } from './chain.ts'
import type { Ctx } from './ctx.ts'
import { own, type Tx } from './db.ts'
import { type Event, onRecorded } from './events.ts'
import type { Id } from './id.ts'
import type { Base } from './transact.ts'

interface EventRow {
  org: string
  id: string
  seq: number | null
  at: number
  type: string
  actor_kind: string
  actor_id: string | null
  about_kind: string | null
  about_id: string | null
  unit_path: string
  data: string
  request: string
  hash: string | null
}

/** The tables of the log. */
export interface EventTables {
  events: { seq?: number | null | undefined; hash?: string | null | undefined } & Omit<EventRow, 'seq' | 'hash'>
  event_heads: { org: string; seq: number; hash: string; signature: string; at: number }
  event_keys: { org: string; public_key: string; private_key: Uint8Array }
  leases: { org: string; name: string; holder: string; held_until: number; fence: number }
}

const batch = 500
const leaseMs = 5000
/** So soon after something was recorded it is sealed; but a log that keeps growing in larger batches, each of which costs a signature and a look of every reader. */
const soonMs = 40
const restMs = 250

/** The end of the sealed log. */
export interface Head {
  seq: number
  hash: string
  signature: string
  at: number
}

/**
 * Keeps sealing what was recorded: gives sequence numbers without gaps, chains hashes and signs the head, in batches, one process per org at a time.
 * `sealed` is called after each batch, and the next is not begun before it is done. Stop it before the database is closed.
 */
export function startSealing(
  base: Base,
  process: string,
  sealed: (events: readonly Event[]) => Promise<void>,
  still = false,
): { stop(): Promise<void>; settle(): Promise<void> } {
  let stopped = false
  let running: Promise<void> = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | null = null
  let endedAt = -Infinity
  const round = async (): Promise<void> => {
    try {
      for (const org of await orgsWithUnsealed(base)) {
        while (!stopped) {
          const events = await base.transact(
            { org, actor: { kind: 'system', id: null, what: 'events.seal' }, authority: everything },
            ctx => sealBatch(ctx, process),
          )
          if (events.length > 0) await sealed(events)
          if (events.length < batch) break
        }
      }
    } catch (error) {
      base.log.warn({ error: String(error) }, 'sealing waits')
    }
    endedAt = performance.now()
  }
  const soon = (ms: number): void => {
    if (stopped || timer !== null) return
    timer = setTimeout(() => {
      timer = null
      running = running.then(round)
    }, ms)
  }
  if (!still) onRecorded(base.secrets, () => soon(Math.max(soonMs, endedAt + restMs - performance.now())))
  // Another process may have recorded what this one holds the lease for.
  const poll = still ? null : setInterval(() => soon(0), base.engine.kind === 'postgres' ? 500 : 2000)
  return {
    settle: async () => {
      running = running.then(round)
      await running
    },
    stop: async () => {
      stopped = true
      if (poll) clearInterval(poll)
      if (timer) clearTimeout(timer)
      await running
    },
  }
}

/** Checks every hash up to the newest signed head, and its signature, in pages; answers where it is broken first. What is sealed meanwhile is not looked at. */
export async function verifySealed(ctx: Ctx): Promise<{ sealed: number; brokenAt: number | null }> {
  const db = own<EventTables>(ctx.tx)
  const key = await db.selectFrom('event_keys').select('public_key').where('org', '=', ctx.org).executeTakeFirst()
  const head = await headOf(ctx.tx, ctx.org)
  const end = head?.seq ?? Number.MAX_SAFE_INTEGER
  let prev = genesis
  let seq = 0
  for (;;) {
    const rows = (await db
      .selectFrom('events')
      .selectAll()
      .where('org', '=', ctx.org)
      .where('seq', '>', seq)
      .where('seq', '<=', end)
      .orderBy('seq')
      .limit(1000)
      .execute()) as EventRow[]
    for (const row of rows) {
      if (row.seq !== seq + 1 || row.hash !== entryHash(prev, row, row.seq)) return { sealed: seq, brokenAt: seq + 1 }
      prev = row.hash
      seq = row.seq
    }
    if (rows.length < 1000) break
    // A long log must not hold up everyone else.
    await new Promise<void>(resolve => setImmediate(resolve))
  }
  if (seq === 0 && !head) return { sealed: 0, brokenAt: null }
  const whole =
    head !== null &&
    key !== undefined &&
    head.seq === seq &&
    head.hash === prev &&
    signatureHolds(key.public_key, headBytes(ctx.org, head.seq, head.hash), head.signature)
  return { sealed: seq, brokenAt: whole ? null : seq + 1 }
}

/** The newest signed head, or null before the first batch. */
export async function headOf(tx: Tx, org: string): Promise<Head | null> {
  const row = await own<EventTables>(tx)
    .selectFrom('event_heads')
    .select(['seq', 'hash', 'signature', 'at'])
    .where('org', '=', org)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** Signs bytes with the key that signs heads of the org's log. Answers the signature in base64url, and the public key (SPKI in base64). */
export async function signAsLog(ctx: Ctx, bytes: Uint8Array): Promise<{ signature: string; publicKey: string }> {
  const signature = sign(null, bytes, await signingKey(ctx)).toString('base64url')
  const row = await own<EventTables>(ctx.tx)
    .selectFrom('event_keys')
    .select('public_key')
    .where('org', '=', ctx.org)
    .executeTakeFirstOrThrow()
  return { signature, publicKey: row.public_key }
}

/** One page of the sealed log in its order, after this place. */
export async function sealedPage(ctx: Pick<Ctx, 'tx' | 'org'>, after: number, limit: number): Promise<Event[]> {
  const rows = await own<EventTables>(ctx.tx)
    .selectFrom('events')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map(toEvent)
}

/** What was recorded about something and is sealed after this place, or not sealed yet; at most 200. */
export async function recordedSince(ctx: Pick<Ctx, 'tx' | 'org'>, about: string, after: number): Promise<Event[]> {
  const rows = await own<EventTables>(ctx.tx)
    .selectFrom('events')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('about_id', '=', about)
    .where(e => e.or([e('seq', 'is', null), e('seq', '>', after)]))
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
  return rows.map(toEvent)
}

/** A row of the log as an event. */
export function toEvent(row: EventTables['events']): Event {
  return {
    id: row.id,
    org: row.org,
    seq: row.seq ?? 0,
    at: row.at,
    type: row.type,
    actor: { kind: row.actor_kind as Event['actor']['kind'], id: row.actor_id },
    about: row.about_kind !== null && row.about_id !== null ? { kind: row.about_kind, id: row.about_id } : null,
    path: row.unit_path,
    data: JSON.parse(row.data) as Record<string, unknown>,
    request: row.request,
  }
}

async function sealBatch(ctx: Ctx, process: string): Promise<Event[]> {
  if (!(await hold(ctx, process))) return []
  const db = own<EventTables>(ctx.tx)
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('seq', 'is', null)
    .orderBy('id')
    .limit(batch)
    .execute()
  if (rows.length === 0) return []
  const head = await headOf(ctx.tx, ctx.org)
  let { seq, hash } = head ?? { seq: 0, hash: genesis }
  const sealed = rows.map(row => {
    seq += 1
    hash = entryHash(hash, row, seq)
    return { ...row, seq, hash }
  })
  const values = sql.join(sealed.map(r => sql`(${r.id}, ${String(r.seq)}, ${r.hash})`))
  await sql`UPDATE events SET seq = CAST(v.column2 AS BIGINT), hash = v.column3 FROM (VALUES ${values}) AS v WHERE events.org = ${ctx.org} AND events.id = v.column1`.execute(
    ctx.tx,
  )
  const signature = sign(null, headBytes(ctx.org, seq, hash), await signingKey(ctx)).toString('base64url')
  await db.insertInto('event_heads').values({ org: ctx.org, seq, hash, signature, at: ctx.now }).execute()
  return sealed.map(toEvent)
}

/** Takes or keeps the lease; false while another process holds it. */
async function hold(ctx: Ctx, holder: string): Promise<boolean> {
  const db = own<EventTables>(ctx.tx)
  const lease = await db
    .selectFrom('leases')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('name', '=', 'events.seal')
    .executeTakeFirst()
  if (lease && lease.holder !== holder && lease.held_until > ctx.now) return false
  const next = {
    org: ctx.org,
    name: 'events.seal',
    holder,
    held_until: ctx.now + leaseMs,
    fence: (lease?.fence ?? 0) + (lease?.holder === holder ? 0 : 1),
  }
  if (lease?.holder === holder && lease.held_until > ctx.now + leaseMs / 2) return true
  await db
    .insertInto('leases')
    .values(next)
    .onConflict(c => c.columns(['org', 'name']).doUpdateSet(next))
    .execute()
  return true
}

/** The key that signs for the log of the org, made at its first batch. */
export async function signingKey(ctx: Ctx): Promise<ReturnType<typeof createPrivateKey>> {
  const db = own<EventTables>(ctx.tx)
  const place = { table: 'event_keys', column: 'private_key', row: ctx.org }
  const row = await db.selectFrom('event_keys').select('private_key').where('org', '=', ctx.org).executeTakeFirst()
  if (row)
    return createPrivateKey({
      key: Buffer.from(await ctx.secrets.open(ctx, place, row.private_key)),
      format: 'der',
      type: 'pkcs8',
    })
  const pair = generateKeyPairSync('ed25519')
  const private_key = await ctx.secrets.seal(ctx, place, pair.privateKey.export({ format: 'der', type: 'pkcs8' }))
  const public_key = pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  await db.insertInto('event_keys').values({ org: ctx.org, public_key, private_key }).execute()
  return pair.privateKey
}

async function orgsWithUnsealed(base: Base): Promise<Id<'org'>[]> {
  const rows = await base.engine.read(tx =>
    own<EventTables>(tx).selectFrom('events').select('org').distinct().where('seq', 'is', null).execute(),
  )
  return rows.map(r => r.org as Id<'org'>)
}
