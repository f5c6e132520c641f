import type { Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import { dropped } from '../privacy/index.ts'
import * as store from './account-store.ts'
import { get } from './device.ts'
import { mayStore } from './keeping.ts'

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

/** Remembers an account that was seen on a device; the same key is the same account. Its names are left out where the charter does not let them be stored. */
export async function sightedAccount(
  ctx: Ctx,
  device: Id<'device'>,
  seen: { kind: string; key: string; shortName?: string; longName?: string },
): Promise<Account> {
  const known = await store.findAccount(ctx, device, seen.key)
  const may = (await mayStore(ctx, await get(ctx, device)))('accounts')
  if (!may && (seen.shortName || seen.longName)) await dropped(ctx, device, ['accounts'])
  const named = (said: string | undefined, before: string | undefined): string =>
    may ? (said || before || '').slice(0, 200) : ''
  const shortName = named(seen.shortName, known?.shortName)
  const longName = named(seen.longName, known?.longName)
  const account = { device, kind: seen.kind, key: seen.key.slice(0, 300), shortName, longName }
  const id = await store.putAccount(ctx, account)
  return { ...account, id, seenAt: ctx.now }
}

/** The accounts seen on a device. */
export function accountsOf(ctx: Ctx, device: Id<'device'>): Promise<Account[]> {
  return store.listAccounts(ctx, device)
}
