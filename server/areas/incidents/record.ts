import type { Ctx } from '../../base/ctx.ts'
import { entriesAbout, type LogEntry, type Proof } from '../../base/entries.ts'
import { namesOf } from '../identity/index.ts'
import * as store from './store.ts'

/** The codes of what the record tells; the console and the printed record have the words. */
export const entryCodes = [
  'reported',
  'queued',
  'done',
  'deferred',
  'failed',
  'canceled',
  'expired',
  'located',
  'looked',
  'revealed',
  'work-data',
  'order-set',
  'order-changed',
  'order-canceled',
  'order-due',
  'order-sent',
  'order-held',
  'found',
  'written-off',
  'closed',
  'wiped',
  'left',
  'enrolled',
] as const

/** One thing that happened in an incident. */
export interface Entry {
  id: string
  at: number
  code: (typeof entryCodes)[number]
  facts: Record<string, string | number | boolean | null>
  actor: { kind: string; id: string | null; name: string | null }
  /** Its place in the log and what proves it; null for the second until it is sealed. */
  sealed: Proof | null
}

/** What each type of event is told as. */
const told: Readonly<Record<string, Entry['code']>> = {
  'incident.opened': 'reported',
  'incident.acted': 'work-data',
  'incident.found': 'found',
  'incident.written-off': 'written-off',
  'incident.closed': 'closed',
  'standing-order.set': 'order-set',
  'standing-order.changed': 'order-changed',
  'standing-order.canceled': 'order-canceled',
  'standing-order.due': 'order-due',
  'standing-order.sent': 'order-sent',
  'standing-order.held': 'order-held',
  'command.queued': 'queued',
  'command.done': 'done',
  'command.deferred': 'deferred',
  'command.failed': 'failed',
  'command.canceled': 'canceled',
  'command.superseded': 'canceled',
  'command.expired': 'expired',
  'fix.kept': 'located',
  'privacy.looked': 'looked',
  'secret.revealed': 'revealed',
  'device.wiped': 'wiped',
  'enrollment.ended': 'left',
  'enrollment.activated': 'enrolled',
}

/** What was said of each fact that may be shown with an entry. */
const shownFacts = [
  'kind',
  'by',
  'explained',
  'accuracyM',
  'what',
  'purpose',
  'name',
  'after',
  'until',
  'why',
  'reason',
]

/** One page of what happened in an incident, newest first; `next` is where the one before begins. */
export async function entriesOf(
  ctx: Ctx,
  row: store.IncidentRow,
  { before, limit }: { before: string | null; limit: number },
): Promise<{ items: Entry[]; next: string | null }> {
  const until = row.closed_at
  const query = { about: row.device, types: Object.keys(told), since: row.opened_at, until, before, limit }
  const found = await entriesAbout(ctx, query)
  const commands = found.flatMap(e => (typeof e.data.command === 'string' ? [e.data.command] : []))
  const links = new Map((await store.linksOf(ctx, commands)).map(l => [l.command, l]))
  const mine = found.filter(e => belongs(row, e, links))
  const names = await namesOf(
    ctx,
    mine.flatMap(e => e.actor.id ?? []),
  )
  const items = mine.map(e => entryOf(e, links.get(String(e.data.command))?.what ?? null, names))
  return { items, next: found.length === limit ? (found.at(-1)?.id ?? null) : null }
}

/** Everything that happened, oldest first; an incident that goes on for a year still fits. */
export async function allEntries(ctx: Ctx, row: store.IncidentRow): Promise<Entry[]> {
  const all: Entry[] = []
  let before: string | null = null
  do {
    const page: { items: Entry[]; next: string | null } = await entriesOf(ctx, row, { before, limit: 1000 })
    all.push(...page.items)
    before = page.next
  } while (before !== null && all.length < mostEntries)
  return all.reverse()
}

const mostEntries = 120_000

function belongs(row: store.IncidentRow, e: LogEntry, links: ReadonlyMap<string, store.LinkRow>): boolean {
  if (e.type.startsWith('command.')) {
    const link = links.get(String(e.data.command))
    // Where it is, is told by the fix itself.
    return link?.incident === row.id && !(link.what === 'locate' && e.type === 'command.done')
  }
  // Everything else that was ordered is told by its command.
  if (e.type === 'incident.acted') return e.data.incident === row.id && e.data.command === null && codeOf(e) !== null
  if (e.type === 'fix.kept') return e.data.search === row.id
  if ('incident' in e.data) return e.data.incident === row.id
  return true
}

/** What was done without a command of its own. */
const deeds: Readonly<Record<string, Entry['code']>> = { 'work-data': 'work-data', refused: 'failed' }

const codeOf = (e: LogEntry): Entry['code'] | null =>
  (e.type === 'incident.acted' ? deeds[String(e.data.what)] : told[e.type]) ?? null

function entryOf(e: LogEntry, what: string | null, names: ReadonlyMap<string, string>): Entry {
  const args = e.type === 'command.queued' ? (e.data.args as Record<string, unknown> | undefined) : undefined
  const facts: Entry['facts'] = {}
  for (const key of shownFacts) {
    const value = e.data[key]
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') facts[key] = value
  }
  if (what !== null) facts.what = what
  else if (facts.what === 'refused') facts.what = 'lock'
  if (what === 'message' && typeof args?.message === 'string') facts.message = args.message
  const { id, at, sealed, actor } = e
  return {
    id,
    at,
    code: codeOf(e) ?? 'reported',
    facts,
    actor: { ...actor, name: names.get(actor.id ?? '') ?? null },
    sealed,
  }
}
