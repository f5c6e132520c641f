import type { Ctx } from '../../../base/ctx.ts'
import { own } from '../../../base/db.ts'
import type { Choices } from './choices.ts'

interface Tables {
  apple_setups: { org: string; setup: string; choices: string; wifi: Uint8Array | null }
}

type On = Pick<Ctx, 'tx' | 'org'>
const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

export async function findChoices(
  ctx: On,
  setup: string,
): Promise<{ choices: Choices; wifi: Uint8Array | null } | undefined> {
  const row = await db(ctx)
    .selectFrom('apple_setups')
    .select(['choices', 'wifi'])
    .where('org', '=', ctx.org)
    .where('setup', '=', setup)
    .executeTakeFirst()
  return row && { choices: JSON.parse(row.choices) as Choices, wifi: row.wifi }
}

export async function putChoices(
  ctx: On,
  of: { setup: string; choices: Choices; wifi: Uint8Array | null },
): Promise<void> {
  const row = { org: ctx.org, setup: of.setup, choices: JSON.stringify(of.choices), wifi: of.wifi }
  await db(ctx)
    .insertInto('apple_setups')
    .values(row)
    .onConflict(c => c.columns(['org', 'setup']).doUpdateSet(row))
    .execute()
}

/** The setups that have a network for devices that come back. */
export async function setupsWithWifi(ctx: On): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('apple_setups')
    .select('setup')
    .where('org', '=', ctx.org)
    .where('wifi', 'is not', null)
    .orderBy('setup')
    .execute()
  return rows.map(r => r.setup)
}
