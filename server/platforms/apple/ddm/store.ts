import type { StatusReason } from '@muster/wire/apple/status.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { own } from '../../../base/db.ts'

/** One channel of an enrollment. */
export interface Channel {
  readonly enrollment: string
  /** '' for the device itself. */
  readonly account: string
}

/** Where declarative management and delivery stand on a channel. */
export interface ChannelRow extends Channel {
  org: string
  device: string
  epoch: number
  token: string
  changed_at: number
  given: string
  given_at: number | null
  items_token: string
  items_at: number | null
  status_at: number | null
  full_at: number | null
  capabilities: string | null
  enabled_at: number | null
  stalled_at: number | null
  refused_os: string | null
}

/** What a device said about one declaration. */
export interface SaidRow {
  identifier: string
  token: string
  class: string
  active: number | null
  valid: string
  reasons: readonly StatusReason[]
  at: number
}

/** What an item needs on a channel beyond its value. */
export interface ItemRow {
  item: string
  version: string
  epoch: number
  proof: Uint8Array | null
  renew_at: number | null
}

type Keyed<T> = T & { org: string; enrollment: string; account: string }

interface Tables {
  apple_channels: ChannelRow
  apple_declarations: Keyed<Omit<SaidRow, 'reasons'> & { reasons: string }>
  apple_items: Keyed<ItemRow>
}

const db = (ctx: Ctx) => own<Tables>(ctx.tx)
const rowsAtOnce = 80

export async function findChannel(ctx: Ctx, { enrollment, account }: Channel): Promise<ChannelRow | undefined> {
  return db(ctx)
    .selectFrom('apple_channels')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .where('account', '=', account)
    .executeTakeFirst()
}

export async function listChannels(ctx: Ctx, enrollment: string): Promise<ChannelRow[]> {
  return db(ctx)
    .selectFrom('apple_channels')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .orderBy('account')
    .execute()
}

/** The row of the channel, made when there is none yet. */
export async function channelOf(ctx: Ctx, { enrollment, account }: Channel, device: string): Promise<ChannelRow> {
  const known = await findChannel(ctx, { enrollment, account })
  if (known) return known
  const row = newChannel(ctx, { enrollment, account }, device)
  await db(ctx)
    .insertInto('apple_channels')
    .values(row)
    .onConflict(c => c.columns(['org', 'enrollment', 'account']).doNothing())
    .execute()
  return row
}

/** A channel on which nothing has been said yet. */
export function newChannel(ctx: Ctx, { enrollment, account }: Channel, device: string): ChannelRow {
  return {
    org: ctx.org,
    enrollment,
    account,
    device,
    epoch: 0,
    token: '',
    changed_at: ctx.now,
    given: '',
    given_at: null,
    items_token: '',
    items_at: null,
    status_at: null,
    full_at: null,
    capabilities: null,
    enabled_at: null,
    stalled_at: null,
    refused_os: null,
  }
}

export type ChannelChange = Partial<Omit<ChannelRow, 'org' | 'enrollment' | 'account' | 'device'>>

export async function changeChannel(ctx: Ctx, { enrollment, account }: Channel, change: ChannelChange): Promise<void> {
  await db(ctx)
    .updateTable('apple_channels')
    .set(change)
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .where('account', '=', account)
    .execute()
}

/** Devices with a channel that stalled, longest first. */
export async function stalledChannels(ctx: Ctx, most: number): Promise<{ device: string; since: number }[]> {
  const rows = await db(ctx)
    .selectFrom('apple_channels')
    .select(['device', 'stalled_at'])
    .where('org', '=', ctx.org)
    .where('stalled_at', 'is not', null)
    .orderBy('stalled_at')
    .limit(most)
    .execute()
  return rows.map(r => ({ device: r.device, since: r.stalled_at ?? 0 }))
}

/** Forgets everything of the enrollment, or of one of its accounts: it has ended or begun anew. */
export async function forget(ctx: Ctx, enrollment: string, account: string | null): Promise<void> {
  for (const table of ['apple_channels', 'apple_declarations', 'apple_items'] as const) {
    const of = db(ctx).deleteFrom(table).where('org', '=', ctx.org).where('enrollment', '=', enrollment)
    await (account === null ? of : of.where('account', '=', account)).execute()
  }
}

export async function listSaid(ctx: Ctx, { enrollment, account }: Channel): Promise<SaidRow[]> {
  const rows = await db(ctx)
    .selectFrom('apple_declarations')
    .select(['identifier', 'token', 'class', 'active', 'valid', 'reasons', 'at'])
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .where('account', '=', account)
    .orderBy('identifier')
    .orderBy('token')
    .execute()
  return rows.map(r => ({ ...r, reasons: JSON.parse(r.reasons) as StatusReason[] }))
}

/** Takes the device's own words out of what it said about declarations; what they come to stays. Answers where there were some. */
export async function forgetWords(ctx: Ctx, enrollment: string): Promise<string[]> {
  const rows = await db(ctx)
    .selectFrom('apple_declarations')
    .select(['account', 'identifier', 'token', 'reasons'])
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .where('reasons', '<>', '[]')
    .execute()
  const gone: string[] = []
  for (const row of rows) {
    const reasons = (JSON.parse(row.reasons) as StatusReason[]).map(r => ({
      code: r.code,
      description: null,
      details: null,
    }))
    if (JSON.stringify(reasons) === row.reasons) continue
    await db(ctx)
      .updateTable('apple_declarations')
      .set({ reasons: JSON.stringify(reasons) })
      .where('org', '=', ctx.org)
      .where('enrollment', '=', enrollment)
      .where('account', '=', row.account)
      .where('identifier', '=', row.identifier)
      .where('token', '=', row.token)
      .execute()
    gone.push(`apple_declarations ${enrollment} ${row.identifier}`)
  }
  return gone
}

/** Puts what was said in place of what was said before about the same identifiers; with `identifiers` null, about all. */
export async function replaceSaid(
  ctx: Ctx,
  { enrollment, account }: Channel,
  identifiers: readonly string[] | null,
  said: readonly SaidRow[],
): Promise<void> {
  const of = () =>
    db(ctx)
      .deleteFrom('apple_declarations')
      .where('org', '=', ctx.org)
      .where('enrollment', '=', enrollment)
      .where('account', '=', account)
  if (identifiers === null) await of().execute()
  else
    for (let i = 0; i < identifiers.length; i += rowsAtOnce)
      await of()
        .where('identifier', 'in', identifiers.slice(i, i + rowsAtOnce))
        .execute()
  const rows = said.map(r => ({ org: ctx.org, enrollment, account, ...r, reasons: JSON.stringify(r.reasons) }))
  for (let i = 0; i < rows.length; i += rowsAtOnce)
    await db(ctx)
      .insertInto('apple_declarations')
      .values(rows.slice(i, i + rowsAtOnce))
      .execute()
}

export async function listItems(ctx: Ctx, { enrollment, account }: Channel): Promise<ItemRow[]> {
  return db(ctx)
    .selectFrom('apple_items')
    .select(['item', 'version', 'epoch', 'proof', 'renew_at'])
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .where('account', '=', account)
    .execute()
}

export async function putItem(ctx: Ctx, { enrollment, account }: Channel, item: ItemRow): Promise<void> {
  const row = { org: ctx.org, enrollment, account, ...item }
  await db(ctx)
    .insertInto('apple_items')
    .values(row)
    .onConflict(c => c.columns(['org', 'enrollment', 'account', 'item']).doUpdateSet(row))
    .execute()
}

/** Begins the item anew on the channel: the same version is another one for the device. Its proof, if it has one, is not for that. */
export async function begun(ctx: Ctx, on: Channel, item: string, version: string): Promise<void> {
  const known = (await listItems(ctx, on)).find(row => row.item === item)
  const epoch = known?.version === version ? known.epoch + 1 : 1
  await putItem(ctx, on, { item, version, epoch, proof: null, renew_at: null })
}

export async function removeItem(ctx: Ctx, { enrollment, account }: Channel, item: string): Promise<void> {
  await db(ctx)
    .deleteFrom('apple_items')
    .where('org', '=', ctx.org)
    .where('enrollment', '=', enrollment)
    .where('account', '=', account)
    .where('item', '=', item)
    .execute()
}

/** Items whose certificates are to be replaced by now, oldest first. */
export async function renewing(ctx: Ctx, most: number): Promise<Keyed<ItemRow>[]> {
  return db(ctx)
    .selectFrom('apple_items')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('renew_at', '<=', ctx.now)
    .orderBy('renew_at')
    .limit(most)
    .execute()
}
