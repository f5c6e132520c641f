import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** The rule that holds after the date of a campaign. */
export interface GateRow {
  org: string
  campaign: string
  rule: string
  /** 1: made for the campaign, follows it and goes with it. */
  made: number
  at: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ campaign_gates: GateRow }>(ctx.tx)

/** The gate of a campaign, if it has one. */
export async function findGate(ctx: Ctx, campaign: string): Promise<GateRow | undefined> {
  return db(ctx)
    .selectFrom('campaign_gates')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('campaign', '=', campaign)
    .executeTakeFirst()
}

/** Stores a gate. */
export async function addGate(ctx: Ctx, row: GateRow): Promise<void> {
  await db(ctx).insertInto('campaign_gates').values(row).execute()
}

/** Forgets the gate of a campaign. */
export async function removeGate(ctx: Ctx, campaign: string): Promise<void> {
  await db(ctx).deleteFrom('campaign_gates').where('org', '=', ctx.org).where('campaign', '=', campaign).execute()
}
