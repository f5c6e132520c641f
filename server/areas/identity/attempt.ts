import type { Ctx } from '../../base/ctx.ts'
import { digest } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import * as store from './access-store.ts'

const dayMs = 86_400_000
const longestMs = 15 * 60_000
/** Wrong attempts that cost nothing but themselves: of an account, and of an address, behind which many people may sit. */
const free = { account: 5, address: 30 }

/** The counters one attempt was booked on. */
export interface Booking {
  pair: string
  account: string
  address: string
  /** This account has signed in from this address before: only their common counter is asked, so that nobody elsewhere can lock them out. */
  trusted: boolean
}

/**
 * Books an attempt before it is examined, so that many at once cannot outrun the count. Throws `sign-in.wait` while a counter waits.
 * Waits double from one second to a quarter of an hour and are forgotten after a day: an account is slowed, never locked.
 */
export async function book(ctx: Ctx, account: string, address: string): Promise<Booking> {
  const near = network(address)
  const subjects = {
    pair: digest(`pair\n${account}\n${near}`),
    account: digest(`account\n${account}`),
    address: digest(`address\n${near}`),
  }
  const rows = await store.findAttempts(ctx, Object.values(subjects))
  const trusted = rows.some(r => r.subject === subjects.pair && r.trusted === 1)
  const asked = trusted ? (['pair'] as const) : (['account', 'address'] as const)
  const known = rows.filter(r => asked.some(a => subjects[a] === r.subject))
  const until = Math.max(0, ...known.map(r => r.wait_until))
  if (until > ctx.now) {
    const retryAfterMs = until - ctx.now
    throw new Problem('sign-in.wait', { retryAfter: Math.ceil(retryAfterMs / 1000), retryAfterMs })
  }
  for (const name of asked) {
    const row = known.find(r => r.subject === subjects[name])
    const failures = (row && ctx.now - row.last_at < dayMs ? row.failures : 0) + 1
    const over = failures - (name === 'address' ? free.address : free.account)
    const wait_until = over > 0 ? ctx.now + Math.min(longestMs, 1000 * 2 ** Math.min(over, 12)) : 0
    const counted = { failures, wait_until, last_at: ctx.now, trusted: row?.trusted ?? 0 }
    await store.putAttempt(ctx, { org: '', subject: subjects[name], ...counted })
  }
  return { ...subjects, trusted }
}

/** The attempt succeeded: the account's counters are cleared, the address is given its attempt back, and the pair is trusted from now on. */
export async function clear(ctx: Ctx, booking: Booking): Promise<void> {
  const none = { org: '', failures: 0, wait_until: 0, last_at: ctx.now }
  await store.putAttempt(ctx, { ...none, subject: booking.pair, trusted: 1 })
  if (booking.trusted) return
  await store.putAttempt(ctx, { ...none, subject: booking.account, trusted: 0 })
  await giveBack(ctx, booking, 'address')
}

/** The attempt was no guess (the password was right, only a code is still asked for): it does not count. */
export async function unbook(ctx: Ctx, booking: Booking): Promise<void> {
  for (const name of booking.trusted ? (['pair'] as const) : (['account', 'address'] as const))
    await giveBack(ctx, booking, name)
}

async function giveBack(ctx: Ctx, booking: Booking, name: 'pair' | 'account' | 'address'): Promise<void> {
  const [row] = await store.findAttempts(ctx, [booking[name]])
  if (row) await store.putAttempt(ctx, { ...row, failures: Math.max(0, row.failures - 1), wait_until: 0 })
}

/** Who counts as one place: an IPv4 address, or the /64 that one IPv6 customer holds. */
export function network(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase()
  if (!plain.includes(':')) return plain
  const [head = '', tail = ''] = plain.replace(/%.*$/, '').split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === '' ? [] : tail.split(':')
  const gap = plain.includes('::') ? Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0') : []
  return [...front, ...gap, ...back]
    .slice(0, 4)
    .map(g => g.replace(/^0+(?=.)/, ''))
    .join(':')
}
