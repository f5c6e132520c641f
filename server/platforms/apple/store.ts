import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** What an enrollment profile promised the device and cannot be taken back. */
export interface Terms {
  topic: string
  url: string
  accessRights: number
  /** How account-driven enrollment binds the profile to a person; null where it does not. */
  account?: { mode: 'BYOD' | 'ADDE'; id: string } | null
}

/** What only an Apple enrollment has. */
export interface Standing extends Terms {
  awaitingConfiguration: boolean
  renewAt: number | null
  renewalCommand: string | null
  renewalAt: number | null
  renewalTries: number
  /** The setup that received the device, if it was promised. */
  setup: string | null
  /** Whether the first accounts of a Mac are still to be made; null: nothing was decided about them. */
  firstAccount: string | null
}

interface TermsRow {
  org: string
  topic: string
  url: string
  access_rights: number
  mode: string | null
  managed_account: string | null
}

interface StandingRow extends TermsRow {
  enrollment: string
  unlock_token: Uint8Array | null
  unlock_at: number | null
  bootstrap_token: Uint8Array | null
  bootstrap_at: number | null
  awaiting_configuration: number
  renew_at: number | null
  renewal_command: string | null
  renewal_at: number | null
  renewal_tries: number
  setup: string | null
  first_account: string | null
}

interface Tables {
  apple_offers: TermsRow & { arrival: string }
  apple_enrollments: StandingRow
  apple_status: { org: string; enrollment: string; account: string; at: number; size: number; value: Uint8Array }
  apple_settings: { org: string; network_accounts: number }
}

const db = (ctx: Ctx) => own<Tables>(ctx.tx)
const ofOne = (ctx: Ctx, enrollment: string) =>
  db(ctx).selectFrom('apple_enrollments').where('org', '=', ctx.org).where('enrollment', '=', enrollment)

export async function addOffer(ctx: Ctx, arrival: string, terms: Terms): Promise<void> {
  await db(ctx)
    .insertInto('apple_offers')
    .values({ org: ctx.org, arrival, ...fromTerms(terms) })
    .execute()
}

export async function findOffer(ctx: Ctx, arrival: string): Promise<Terms | undefined> {
  const row = await db(ctx)
    .selectFrom('apple_offers')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('arrival', '=', arrival)
    .executeTakeFirst()
  return row && toTerms(row)
}

export async function addStanding(ctx: Ctx, enrollment: string, terms: Terms, setup: string | null): Promise<void> {
  await db(ctx)
    .insertInto('apple_enrollments')
    .values({ org: ctx.org, enrollment, ...fromTerms(terms), awaiting_configuration: 0, renewal_tries: 0, setup })
    .execute()
}

export async function findStanding(ctx: Ctx, enrollment: string): Promise<Standing | undefined> {
  const row = await ofOne(ctx, enrollment).selectAll().executeTakeFirst()
  if (!row) return undefined
  return {
    ...toTerms(row),
    awaitingConfiguration: row.awaiting_configuration === 1,
    renewAt: row.renew_at,
    renewalCommand: row.renewal_command,
    renewalAt: row.renewal_at,
    renewalTries: row.renewal_tries,
    setup: row.setup,
    firstAccount: row.first_account,
  }
}

type Change = Partial<Omit<StandingRow, 'org' | 'enrollment' | keyof TermsRow>>

export async function changeStanding(ctx: Ctx, enrollment: string, change: Change): Promise<void> {
  await db(ctx)
    .updateTable('apple_enrollments')
    .set(change)
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .execute()
}

export async function tokensOf(
  ctx: Ctx,
  enrollment: string,
): Promise<Pick<StandingRow, 'unlock_token' | 'bootstrap_token'> | undefined> {
  return ofOne(ctx, enrollment).select(['unlock_token', 'bootstrap_token']).executeTakeFirst()
}

export async function findStatus(
  ctx: Ctx,
  enrollment: string,
  account: string,
): Promise<{ at: number; value: Uint8Array } | undefined> {
  return db(ctx)
    .selectFrom('apple_status')
    .select(['at', 'value'])
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .where('account', '=', account)
    .executeTakeFirst()
}

/** The channels of an enrollment that have told their status. */
export async function listStatusAccounts(ctx: Ctx, enrollment: string): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('apple_status')
    .select('account')
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .execute()
  return rows.map(r => r.account)
}

export async function putStatus(
  ctx: Ctx,
  of: { enrollment: string; account: string; size: number; value: Uint8Array },
): Promise<void> {
  const row = { org: ctx.org, at: ctx.now, ...of }
  await db(ctx)
    .insertInto('apple_status')
    .values(row)
    .onConflict(c => c.columns(['org', 'enrollment', 'account']).doUpdateSet(row))
    .execute()
}

/** Whether network accounts of Macs are managed; they are unless the org decided otherwise. */
export async function networkAccounts(ctx: Ctx): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('apple_settings')
    .select('network_accounts')
    .where('org', '=', ctx.org)
    .executeTakeFirst()
  return row?.network_accounts !== 0
}

export async function putNetworkAccounts(ctx: Ctx, managed: boolean): Promise<void> {
  const row = { org: ctx.org, network_accounts: managed ? 1 : 0 }
  await db(ctx)
    .insertInto('apple_settings')
    .values(row)
    .onConflict(c => c.column('org').doUpdateSet(row))
    .execute()
}

function fromTerms({ topic, url, accessRights, account }: Terms): Omit<TermsRow, 'org'> {
  return {
    topic,
    url,
    access_rights: accessRights,
    mode: account?.mode ?? null,
    managed_account: account?.id ?? null,
  }
}

function toTerms(row: TermsRow): Terms {
  const { topic, url, access_rights: accessRights, mode, managed_account: id } = row
  const bound = mode === 'BYOD' || mode === 'ADDE'
  return { topic, url, accessRights, account: bound && id !== null ? { mode, id } : null }
}
