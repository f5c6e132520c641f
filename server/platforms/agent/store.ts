import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { fixed } from '../../base/fixed.ts'

export interface KeyRow {
  org: string
  kid: string
  jwk: string
  private_key: Uint8Array
  state: 'current' | 'former'
  made_at: number
}

export interface ChallengeRow {
  org: string
  hash: string
  invitation: string
  expires_at: number
  key_hash: string | null
  enrollment: string | null
}

/** What only the enrollment of an agent has. */
export interface StandingRow {
  org: string
  enrollment: string
  device: string
  mode: string
  instance: string
  boot: string | null
  contacts: number
  cloned_at: number | null
  generation: number
  etag: string
  facts_hash: string
  apps_hash: string
  renew_at: number
  agent_version: string
}

/** The key of a certificate. */
export interface IdentityRow {
  org: string
  fingerprint: string
  enrollment: string
  jwk: string
  not_after: number
}

interface Tables {
  agent_keys: KeyRow
  agent_challenges: ChallengeRow
  agent_enrollments: StandingRow
  agent_identities: IdentityRow
}

const db = (ctx: Ctx) => own<Tables>(ctx.tx)

const keysOf = fixed<Tables, { org: string }>()((from, v) =>
  from.selectFrom('agent_keys').selectAll().where('org', '=', v.org).orderBy('made_at', 'desc'),
)

/** The keys of the org, the current one first. */
export function listKeys(ctx: Ctx): Promise<KeyRow[]> {
  return keysOf(ctx.tx, { org: ctx.org })
}

/** Stores a key as the current one unless there is one; answers whether it was stored. */
export async function addKey(ctx: Ctx, key: Omit<KeyRow, 'org'>): Promise<boolean> {
  const rows = await db(ctx)
    .insertInto('agent_keys')
    .values({ org: ctx.org, ...key })
    .onConflict(c => c.doNothing())
    .returning('kid')
    .execute()
  return rows.length > 0
}

export async function putChallenge(ctx: Ctx, row: Omit<ChallengeRow, 'org'>): Promise<void> {
  await db(ctx)
    .insertInto('agent_challenges')
    .values({ org: ctx.org, ...row })
    .execute()
}

export function findChallenge(ctx: Ctx, hash: string): Promise<ChallengeRow | undefined> {
  return db(ctx)
    .selectFrom('agent_challenges')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('hash', '=', hash)
    .executeTakeFirst()
}

/** How many challenges of an invitation are open. */
export async function countChallenges(ctx: Ctx, invitation: string): Promise<number> {
  const row = await db(ctx)
    .selectFrom('agent_challenges')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('invitation', '=', invitation)
    .where('expires_at', '>', ctx.now)
    .where('enrollment', 'is', null)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

export async function useChallenge(
  ctx: Ctx,
  hash: string,
  change: Pick<ChallengeRow, 'key_hash' | 'enrollment' | 'expires_at'>,
): Promise<void> {
  await db(ctx)
    .updateTable('agent_challenges')
    .set(change)
    .where('org', '=', ctx.org)
    .where('hash', '=', hash)
    .execute()
}

/** Keeps a challenge for the key that came with it while it waits to be let in. */
export async function holdChallenge(
  ctx: Ctx,
  hash: string,
  change: Pick<ChallengeRow, 'key_hash' | 'expires_at'>,
): Promise<void> {
  await db(ctx)
    .updateTable('agent_challenges')
    .set(change)
    .where('org', '=', ctx.org)
    .where('hash', '=', hash)
    .execute()
}

/** Forgets challenges that were over before this instant; answers how many. */
export async function forgetChallenges(ctx: Ctx, before: number): Promise<number> {
  const gone = await db(ctx)
    .deleteFrom('agent_challenges')
    .where('org', '=', ctx.org)
    .where('expires_at', '<', before)
    .returning('hash')
    .execute()
  return gone.length
}

/** Whether there are challenges at all. */
export async function anyChallenge(ctx: Ctx): Promise<boolean> {
  const rows = await db(ctx).selectFrom('agent_challenges').select('hash').where('org', '=', ctx.org).limit(1).execute()
  return rows.length > 0
}

/** The agents of a device are asked to say everything again. */
export async function forgetHashes(ctx: Ctx, device: string): Promise<void> {
  await db(ctx)
    .updateTable('agent_enrollments')
    .set({ facts_hash: '', apps_hash: '' })
    .where('org', '=', ctx.org)
    .where('device', '=', device)
    .execute()
}

export async function addStanding(ctx: Ctx, row: Omit<StandingRow, 'org'>): Promise<void> {
  await db(ctx)
    .insertInto('agent_enrollments')
    .values({ org: ctx.org, ...row })
    .execute()
}

const standingOf = fixed<Tables, { org: string; enrollment: string }>()((from, v) =>
  from.selectFrom('agent_enrollments').selectAll().where('org', '=', v.org).where('enrollment', '=', v.enrollment),
)

export async function findStanding(ctx: Ctx, enrollment: string): Promise<StandingRow | undefined> {
  const [row] = await standingOf(ctx.tx, { org: ctx.org, enrollment })
  return row
}

const counting = fixed<Tables, { org: string; enrollment: string; contacts: number; boot: string }>()((from, v) =>
  from
    .updateTable('agent_enrollments')
    .set({ contacts: v.contacts, boot: v.boot })
    .where('org', '=', v.org)
    .where('enrollment', '=', v.enrollment),
)

/** Notes the count of a contact, and in which start of the device it came. */
export async function countContact(
  ctx: Ctx,
  enrollment: string,
  { contacts, boot }: { contacts: number; boot: string },
): Promise<void> {
  await counting(ctx.tx, { org: ctx.org, enrollment, contacts, boot })
}

export async function changeStanding(
  ctx: Ctx,
  enrollment: string,
  change: Partial<Omit<StandingRow, 'org' | 'enrollment'>>,
): Promise<void> {
  await db(ctx)
    .updateTable('agent_enrollments')
    .set(change)
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .execute()
}

export async function addIdentity(ctx: Ctx, row: Omit<IdentityRow, 'org'>): Promise<void> {
  await db(ctx)
    .insertInto('agent_identities')
    .values({ org: ctx.org, ...row })
    .execute()
}

export function findIdentity(ctx: Ctx, fingerprint: string): Promise<IdentityRow | undefined> {
  return db(ctx)
    .selectFrom('agent_identities')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst()
}
