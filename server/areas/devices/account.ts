import type { Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import * as store from './account-store.ts'

/** An account of the operating system on a device: a Mac user, a Shared iPad user, a Windows or Linux login. */
export interface Account {
  id: Id<'account'>
  device: Id<'device'>
  kind: string
  /** What the platform tells it apart by. */
  key: string
  shortName: string
  longName: string
  seenAt: number
}

/** Remembers an account that was seen on a device; the same key is the same account. */
export async function sightedAccount(
  ctx: Ctx,
  device: Id<'device'>,
  seen: { kind: string; key: string; shortName?: string; longName?: string },
): Promise<Account> {
  const known = await store.findAccount(ctx, device, seen.key)
  const shortName = (seen.shortName || known?.shortName || '').slice(0, 200)
  const longName = (seen.longName || known?.longName || '').slice(0, 200)
  const account = { device, kind: seen.kind, key: seen.key.slice(0, 300), shortName, longName }
  const id = await store.putAccount(ctx, account)
  return { ...account, id, seenAt: ctx.now }
}

/** The accounts seen on a device. */
export function accountsOf(ctx: Ctx, device: Id<'device'>): Promise<Account[]> {
  return store.listAccounts(ctx, device)
}
