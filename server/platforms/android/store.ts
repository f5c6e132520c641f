import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { Place } from '../../base/secrets.ts'
import type { EnterpriseRow, Tables, TokenRow } from './rows.ts'

type On = Pick<Ctx, 'tx' | 'org'>
const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Where what came back from a sign-up is sealed. */
export const backPlace = (program: string): Place => ({
  table: 'android_enterprises',
  column: 'came_back',
  row: program,
})

/** Where a token is sealed. */
export const tokenPlace = (id: string): Place => ({ table: 'android_tokens', column: 'content', row: id })

export async function addEnterprise(ctx: On, row: Omit<EnterpriseRow, 'org'>): Promise<void> {
  await db(ctx)
    .insertInto('android_enterprises')
    .values({ org: ctx.org, ...row })
    .execute()
}

export function findEnterprise(ctx: On, program: string): Promise<EnterpriseRow | undefined> {
  return db(ctx)
    .selectFrom('android_enterprises')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .executeTakeFirst()
}

export async function changeEnterprise(
  ctx: On,
  program: string,
  change: Partial<Omit<EnterpriseRow, 'org' | 'program'>>,
): Promise<void> {
  await db(ctx)
    .updateTable('android_enterprises')
    .set(change)
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .execute()
}

/** Whose sign-up this is the mark of, in whatever org. */
export function enterpriseBySignup(ctx: Pick<Ctx, 'tx'>, mark: string): Promise<EnterpriseRow | undefined> {
  return db(ctx).selectFrom('android_enterprises').selectAll().where('signup_mark', '=', mark).executeTakeFirst()
}

/** Whose notices come to this address, in whatever org. */
export function enterpriseByHook(ctx: Pick<Ctx, 'tx'>, hook: string): Promise<EnterpriseRow | undefined> {
  return db(ctx).selectFrom('android_enterprises').selectAll().where('hook', '=', hook).executeTakeFirst()
}

/** Whether an enterprise is another program's already, in whatever org. */
export async function isHeld(ctx: Ctx, enterprise: string, program: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('android_enterprises')
    .select(['org', 'program'])
    .where('enterprise', '=', enterprise)
    .executeTakeFirst()
  return row !== undefined && !(row.org === ctx.org && row.program === program)
}

/** Forgets everything about a program that is gone; its devices stay enrolled from our side until somebody ends them. */
export async function dropProgram(ctx: On, program: string): Promise<void> {
  await db(ctx).deleteFrom('android_enterprises').where('org', '=', ctx.org).where('program', '=', program).execute()
  await db(ctx).deleteFrom('android_tokens').where('org', '=', ctx.org).where('program', '=', program).execute()
  await db(ctx).deleteFrom('android_policies').where('org', '=', ctx.org).where('program', '=', program).execute()
  await db(ctx).deleteFrom('android_notices').where('org', '=', ctx.org).where('program', '=', program).execute()
  await db(ctx).deleteFrom('android_store_apps').where('org', '=', ctx.org).where('program', '=', program).execute()
}

export async function addToken(ctx: On, row: Omit<TokenRow, 'org'>): Promise<void> {
  await db(ctx)
    .insertInto('android_tokens')
    .values({ org: ctx.org, ...row })
    .execute()
}

export function findToken(ctx: On, by: { id: string } | { name: string }): Promise<TokenRow | undefined> {
  const [column, value] = 'id' in by ? (['id', by.id] as const) : (['name', by.name] as const)
  return db(ctx)
    .selectFrom('android_tokens')
    .selectAll()
    .where('org', '=', ctx.org)
    .where(column, '=', value)
    .executeTakeFirst()
}

export async function changeToken(ctx: On, id: string, change: Partial<Omit<TokenRow, 'org' | 'id'>>): Promise<void> {
  await db(ctx).updateTable('android_tokens').set(change).where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Tokens that Google is still to make. */
export function wantedTokens(ctx: On, program: string, most: number): Promise<TokenRow[]> {
  return db(ctx)
    .selectFrom('android_tokens')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('state', '=', 'wanted')
    .where('ending_at', 'is', null)
    .orderBy('id')
    .limit(most)
    .execute()
}

/** Tokens that Google still has and nobody may use any more. */
export function endingTokens(ctx: On, program: string, most: number): Promise<TokenRow[]> {
  return db(ctx)
    .selectFrom('android_tokens')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('ending_at', 'is not', null)
    .where('gone_at', 'is', null)
    .where('name', 'is not', null)
    .orderBy('id')
    .limit(most)
    .execute()
}

/** Says of every token of a program that nobody may use it any more. */
export async function endAllTokens(ctx: Ctx, program: string): Promise<void> {
  await db(ctx)
    .updateTable('android_tokens')
    .set({ ending_at: ctx.now })
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('ending_at', 'is', null)
    .execute()
}

/** A page of a program's tokens, newest first. */
export function tokensOf(ctx: On, program: string, before: string | null, most: number): Promise<TokenRow[]> {
  const all = db(ctx).selectFrom('android_tokens').selectAll().where('org', '=', ctx.org).where('program', '=', program)
  return (before === null ? all : all.where('id', '<', before)).orderBy('id', 'desc').limit(most).execute()
}

/** Forgets tokens that nobody can use any more. */
export async function forgetTokens(ctx: On, before: number): Promise<void> {
  await db(ctx).deleteFrom('android_tokens').where('org', '=', ctx.org).where('expires_at', '<', before).execute()
}

/** Notes that a notice was taken; false when it had been before. */
export async function takeNotice(ctx: Ctx, program: string, message: string): Promise<boolean> {
  const rows = await db(ctx)
    .insertInto('android_notices')
    .values({ org: ctx.org, program, message, at: ctx.now })
    .onConflict(c => c.doNothing())
    .returning('message')
    .execute()
  return rows.length > 0
}

/** Forgets notices that cannot come again. */
export async function forgetNotices(ctx: On, before: number): Promise<void> {
  await db(ctx).deleteFrom('android_notices').where('org', '=', ctx.org).where('at', '<', before).execute()
}

export async function signerOf(ctx: On, kid: string): Promise<{ jwk: string; seen_at: number } | undefined> {
  return db(ctx)
    .selectFrom('android_signers')
    .select(['jwk', 'seen_at'])
    .where('org', '=', ctx.org)
    .where('kid', '=', kid)
    .executeTakeFirst()
}

/** Keeps the keys that are good now, in the place of the former ones. */
export async function putSigners(ctx: Ctx, keys: readonly { kid: string; jwk: string }[]): Promise<void> {
  await db(ctx).deleteFrom('android_signers').where('org', '=', ctx.org).execute()
  for (const { kid, jwk } of keys)
    await db(ctx).insertInto('android_signers').values({ org: ctx.org, kid, jwk, seen_at: ctx.now }).execute()
}

/** What is left of a project's requests, and when that was. */
export interface Share {
  thousandths: number
  at: number
}

export async function shareOf(ctx: Pick<Ctx, 'tx'>, project: string): Promise<Share | undefined> {
  const row = await db(ctx)
    .selectFrom('android_shares')
    .select(['thousandths', 'at'])
    .where('org', '=', '')
    .where('project', '=', project)
    .executeTakeFirst()
  return row && { thousandths: Number(row.thousandths), at: Number(row.at) }
}

export async function putShare(ctx: Pick<Ctx, 'tx'>, project: string, share: Share): Promise<void> {
  await db(ctx)
    .insertInto('android_shares')
    .values({ org: '', project, ...share })
    .onConflict(c => c.columns(['org', 'project']).doUpdateSet({ ...share }))
    .execute()
}
