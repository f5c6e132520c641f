import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { Id } from '../../base/id.ts'
import * as devices from '../devices/index.ts'
import type { Enrollment } from './enrollment.ts'
import * as rows from './account-store.ts'
import { enrollmentEvents } from './events.ts'

/** An account of the device that is managed on a channel of its own, within one enrollment. */
export interface Account {
  id: Id<'account'>
  enrollment: Id<'enrollment'>
  /** How the platform tells this account from others of the device. */
  accountKey: string
  shortName: string | null
  longName: string | null
  state: 'active' | 'ended'
  /** It sits at the console of the device: work that shows itself makes sense. */
  present: boolean
  joinedAt: number
  endedAt: number | null
}

/** What a platform says of an account that calls. */
export interface Joining {
  kind: string
  accountKey: string
  shortName: string | null
  longName: string | null
  present: boolean
}

/** The account can be reached: it joins, comes back, or only has its names refreshed. Answers whether it was not managed before. */
export async function join(
  ctx: Ctx,
  enrollment: Pick<Enrollment, 'id' | 'device'>,
  joining: Joining,
): Promise<{ account: Account; joined: boolean }> {
  const seen = await devices.sightedAccount(ctx, enrollment.device, {
    kind: joining.kind,
    key: joining.accountKey,
    ...(joining.shortName === null ? {} : { shortName: joining.shortName }),
    ...(joining.longName === null ? {} : { longName: joining.longName }),
  })
  const known = await rows.findAccount(ctx, enrollment.id, joining.accountKey)
  const joined = known?.state !== 'active'
  const account: Account = {
    id: seen.id,
    enrollment: enrollment.id,
    accountKey: joining.accountKey,
    // As the devices' room kept them, which leaves out what the charter does not let be stored.
    shortName: seen.shortName || null,
    longName: seen.longName || null,
    state: 'active',
    present: joining.present,
    joinedAt: joined ? ctx.now : known.joinedAt,
    endedAt: null,
  }
  await rows.putAccount(ctx, account)
  if (joined)
    await record(ctx, enrollmentEvents.joined, await aboutIts(ctx, enrollment), {
      enrollment: enrollment.id,
      account: account.id,
      shortName: account.shortName,
    })
  return { account, joined }
}

/** The account's management is over; the device's goes on. */
export async function leave(
  ctx: Ctx,
  enrollment: Pick<Enrollment, 'id' | 'device'>,
  accountKey: string,
): Promise<void> {
  const account = await rows.findAccount(ctx, enrollment.id, accountKey)
  if (account?.state === 'active') await leaveOne(ctx, enrollment, account)
}

/** Ends the management of every account of the enrollment. */
export async function leaveAll(ctx: Ctx, enrollment: Pick<Enrollment, 'id' | 'device'>): Promise<void> {
  for (const account of await rows.listAccounts(ctx, enrollment.id))
    if (account.state === 'active') await leaveOne(ctx, enrollment, account)
}

/** The accounts that are managed now, by enrollment; those without are absent. */
export async function activeAccounts(ctx: Ctx, enrollments: readonly string[]): Promise<Map<string, Account[]>> {
  return Map.groupBy(await rows.activeAccounts(ctx, enrollments), a => a.enrollment)
}

/** The accounts an enrollment has had. */
export function accountsOf(ctx: Ctx, enrollment: string): Promise<Account[]> {
  return rows.listAccounts(ctx, enrollment)
}

async function leaveOne(ctx: Ctx, enrollment: Pick<Enrollment, 'id' | 'device'>, account: Account): Promise<void> {
  await rows.putAccount(ctx, { ...account, state: 'ended', endedAt: ctx.now })
  await record(ctx, enrollmentEvents.left, await aboutIts(ctx, enrollment), {
    enrollment: enrollment.id,
    account: account.id,
    shortName: account.shortName,
  })
}

async function aboutIts(ctx: Ctx, enrollment: Pick<Enrollment, 'device'>): Promise<ReturnType<typeof devices.about>> {
  return devices.about(await devices.get(ctx, enrollment.device))
}
