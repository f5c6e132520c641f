import type { ItemError, ItemStatus } from './item.ts'
import { afterFailure, afterSending, repair, waitsMs } from './pace.ts'

/** What became of an item on a channel, as a platform tells it. `version` is the one it is about; null: about its removal. */
export type Word =
  | {
      readonly did: 'sent'
      readonly version: string | null
      readonly via?: string
      readonly handle?: string | null
    }
  | { readonly did: 'installed'; readonly version: string; readonly via?: string; readonly handle?: string | null }
  /** `final`: trying again cannot help. */
  | { readonly did: 'failed'; readonly version: string | null; readonly error: ItemError; readonly final?: boolean }
  /** It is not on the device any more, as was asked or not. `timely`: the device took it back because its time was over. */
  | { readonly did: 'gone'; readonly timely?: boolean }
  /** The device has it otherwise than it had said: another version, or null for not at all. */
  | { readonly did: 'drifted'; readonly has: string | null }
  | { readonly did: 'unsupported' | 'blocked' | 'waiting'; readonly version: string; readonly error: ItemError }

/** What the log should say about it. */
export type Told =
  | { readonly told: 'failed'; readonly error: ItemError; readonly final: boolean }
  | { readonly told: 'drifted'; readonly missing: boolean }
  | { readonly told: 'repaired' }

/** An item after a word about it; null: neither wanted nor there any more. */
export interface Graded {
  readonly after: ItemStatus | null
  readonly told: readonly Told[]
}

/**
 * How a word changes what is known of an item; pure. A word about a version that is not wanted any more is noted but does not grade the wanted one.
 * The same word twice changes nothing but when it was heard.
 */
export function grade(row: ItemStatus, word: Word, now: number): Graded {
  switch (word.did) {
    case 'sent':
      return sent(row, word, now)
    case 'installed':
      return installed(row, word, now)
    case 'failed':
      return word.version === row.wanted ? failed(row, word, now) : only(row, { reportedAt: now })
    case 'gone':
      if (row.wanted === null) return { after: null, told: [] }
      // Its own clock was ahead of our computation by a moment: no drift, and about to be unwanted here too.
      if (word.timely === true)
        return only(row, { ...state(row, 'wanted', now), sent: null, has: null, reportedAt: now })
      return missing(row, now)
    case 'drifted':
      return drifted(row, word.has, now)
    default:
      return word.version === row.wanted
        ? only(row, { ...state(row, word.did, now), error: word.error, notBefore: null, reportedAt: now })
        : only(row, {})
  }
}

function only(row: ItemStatus, change: Partial<ItemStatus>, told: readonly Told[] = []): Graded {
  return { after: { ...row, ...change }, told }
}

function state(row: ItemStatus, to: ItemStatus['state'], now: number): Pick<ItemStatus, 'state' | 'changedAt'> {
  return { state: to, changedAt: row.state === to ? row.changedAt : now }
}

function sent(row: ItemStatus, word: Word & { did: 'sent' }, now: number): Graded {
  const handed = {
    sent: word.version ?? '',
    sentAt: now,
    ...(word.via === undefined ? {} : { via: word.via }),
    ...(word.handle === undefined ? {} : { handle: word.handle }),
  }
  // Whoever hands over an older plan has put something on the device all the same: `sent` says so.
  if (word.version !== row.wanted) return only(row, handed)
  // A device may fetch again what it has.
  if (row.state === 'installed') return only(row, handed)
  const next = word.version === null ? state(row, 'removing', now) : state(row, 'sent', now)
  return only(row, { ...handed, ...next, attempts: row.attempts + 1, notBefore: afterSending(now), error: null })
}

function installed(row: ItemStatus, word: Word & { did: 'installed' }, now: number): Graded {
  const seen = {
    has: word.version,
    reportedAt: now,
    ...(word.via === undefined ? {} : { via: word.via }),
    ...(word.handle === undefined ? {} : { handle: word.handle }),
  }
  if (word.version !== row.wanted) return row.state === 'installed' ? drifted(row, word.version, now) : only(row, seen)
  const told: Told[] = row.driftedAt === null ? [] : [{ told: 'repaired' }]
  const well = { ...state(row, 'installed', now), attempts: 0, notBefore: null, error: null, driftedAt: null }
  return only(row, { ...seen, ...well, sent: row.sent ?? word.version }, told)
}

function failed(row: ItemStatus, word: Word & { did: 'failed' }, now: number): Graded {
  if (row.state === 'failed') return only(row, { error: word.error, reportedAt: now })
  const attempts = Math.max(1, row.attempts)
  const notBefore = word.final === true ? null : afterFailure(attempts, now)
  const next = { ...state(row, 'failed', now), attempts, notBefore, error: word.error, reportedAt: now }
  const final = notBefore === null
  // The first time and the last are worth a line in the log.
  return only(row, next, attempts === 1 || final ? [{ told: 'failed', error: word.error, final }] : [])
}

/** The device lost something that it should have. */
function missing(row: ItemStatus, now: number): Graded {
  return row.state === 'installed' ? drifted(row, null, now) : only(row, { has: null, reportedAt: now })
}

function drifted(row: ItemStatus, has: string | null, now: number): Graded {
  if (row.state !== 'installed') return only(row, { has, reportedAt: now })
  const { until, ...counted } = repair(row, now)
  const seen = { has, reportedAt: now, driftedAt: row.driftedAt ?? now, attempts: 0, ...counted }
  if (until === null)
    return only(row, { ...seen, ...state(row, 'wanted', now), notBefore: null }, [
      { told: 'drifted', missing: has === null },
    ])
  const error = { code: 'item.flapping', facts: { repairs: row.repairs } }
  return only(row, { ...seen, ...state(row, 'failed', now), notBefore: until, error }, [
    { told: 'failed', error, final: true },
  ])
}

/** An item that was handed over and never answered, when its last wait is over: it has failed. */
export function unanswered(row: ItemStatus, now: number): Graded {
  const open = row.state === 'sent' || row.state === 'removing'
  const due = row.notBefore !== null && row.notBefore <= now
  if (!open || !due || row.attempts <= waitsMs.length) return only(row, {})
  return failed(row, { did: 'failed', version: row.wanted, error: { code: 'item.unanswered' }, final: true }, now)
}

/** Whether its platform holds it back, rather than the computation: then only its platform can say that it may go. */
export function isHeld({ state, error }: Pick<ItemStatus, 'state' | 'error'>): boolean {
  return (state === 'blocked' || state === 'waiting') && error !== null && !error.code.startsWith('item.')
}

/** An item that someone asks to be tried again: as if it had never been. */
export function again(row: ItemStatus, now: number): ItemStatus {
  if (row.state !== 'failed' && row.state !== 'unsupported' && !isHeld(row)) return row
  const next = state(row, row.wanted === null ? 'removing' : 'wanted', now)
  return { ...row, ...next, attempts: 0, notBefore: null, error: null, repairs: 0, repairsSince: null }
}

/** What an item should be, for those that are wanted: as `compute` found it. */
export interface WantedItem {
  readonly account: string
  readonly item: string
  readonly kind: string
  readonly policy: string
  readonly policyVersion: number
  readonly version: string
  readonly claims: readonly string[]
  readonly needs: readonly string[]
  /** `wanted` unless something stands in the way before it is even handed over. */
  readonly state: 'wanted' | 'unsupported' | 'blocked' | 'waiting'
  readonly error: ItemError | null
}

/** Whether the row says something else than is wanted now; who asks for it does not count. What the platform found unsupported stays so. */
export function differs(row: ItemStatus, wish: WantedItem): boolean {
  if (row.wanted !== wish.version) return true
  if (wish.state !== 'wanted') return row.state !== wish.state
  return row.state === 'blocked' || row.state === 'waiting'
}

/** The row of an item that is wanted now, whether it was known before or not. */
export function want(
  of: { device: string; enrollment: string },
  row: ItemStatus | undefined,
  wish: WantedItem,
  now: number,
): ItemStatus {
  const { account, item, kind, policy, policyVersion, claims, needs } = wish
  const { device, enrollment } = of
  const named = { device, enrollment, account, item, kind, policy, policyVersion, claims, needs }
  if (row && !differs(row, wish)) return { ...row, ...named }
  const there = row !== undefined && row.has === wish.version && (row.sent === wish.version || row.sent === null)
  const next = wish.state === 'wanted' && there ? 'installed' : wish.state
  const fresh = { wanted: wish.version, error: wish.error, ...start }
  return { ...(row ?? unknown), ...named, ...fresh, state: next, changedAt: now }
}

const start = { attempts: 0, notBefore: null, driftedAt: null, repairs: 0, repairsSince: null } as const

const unknown = { sent: null, has: null, sentAt: null, reportedAt: null, via: null, handle: null } as const

/** The row of an item that is not wanted any more; null when it can never have reached the device. */
export function drop(row: ItemStatus, now: number): ItemStatus | null {
  if (row.wanted === null) return row
  if (row.sent === null && row.has === null) return null
  return { ...row, ...start, error: null, wanted: null, ...state(row, 'removing', now) }
}
