import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { within, movedPath } from '../../base/filter.ts'
import type { Page } from '../../base/page.ts'

/** A row of policy_secrets as it is written. */
export interface SecretRow {
  org: string
  id: string
  name: string
  unit: string
  unit_path: string
  version: number
  sealed: Uint8Array
  created_at: number
  rotated_at: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ policy_secrets: SecretRow }>(ctx.tx)

/** Where the sealed value of a secret lives. */
export const placeOf = (id: string) => ({ table: 'policy_secrets', column: 'sealed', row: id })

/** Stores a secret. */
export async function putSecret(ctx: Ctx, row: SecretRow): Promise<void> {
  const { sealed, version, rotated_at } = row
  await db(ctx)
    .insertInto('policy_secrets')
    .values(row)
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet({ sealed, version, rotated_at }))
    .execute()
}

/** The secret with this id, if it is there. */
export async function findSecret(ctx: Ctx, id: string): Promise<SecretRow | undefined> {
  return db(ctx)
    .selectFrom('policy_secrets')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The secrets among these ids, without their values. */
export async function secretsAmong(
  ctx: Pick<Ctx, 'tx' | 'org'>,
  ids: readonly string[],
): Promise<Omit<SecretRow, 'sealed'>[]> {
  const found: Omit<SecretRow, 'sealed'>[] = []
  for (let from = 0; from < ids.length; from += 500)
    found.push(
      ...(await bare(ctx)
        .where('id', 'in', ids.slice(from, from + 500))
        .execute()),
    )
  return found
}

/** One page of the secrets in these subtrees. */
export async function listSecrets(
  ctx: Ctx,
  paths: readonly string[],
  page: Page,
): Promise<{ items: Omit<SecretRow, 'sealed'>[]; next: string | null }> {
  return page.finish(await page.apply(bare(ctx).where(within('unit_path', paths))).execute())
}

/** Forgets a secret. */
export async function removeSecret(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('policy_secrets').where('org', '=', ctx.org).where('id', '=', id).execute()
}

function bare(ctx: Pick<Ctx, 'tx' | 'org'>) {
  return db(ctx)
    .selectFrom('policy_secrets')
    .select(['org', 'id', 'name', 'unit', 'unit_path', 'version', 'created_at', 'rotated_at'])
    .where('org', '=', ctx.org)
}

/** Rewrites the paths of secrets below a unit that moved. */
export async function moveSecrets(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('policy_secrets')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}

/** Whether a secret hangs on this unit. */
export async function anySecretOnUnit(ctx: Ctx, unit: string): Promise<boolean> {
  const row = await db(ctx)
    .selectFrom('policy_secrets')
    .select('id')
    .where('org', '=', ctx.org)
    .where('unit', '=', unit)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
