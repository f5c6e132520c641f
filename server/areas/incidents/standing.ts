import type * as commands from '../commands/index.ts'
import type { IncidentRow } from './store.ts'

/** How an incident stands, in one sentence: the code names it, the facts fill it. */
export interface Sentence {
  tone: 'ok' | 'attention' | 'danger' | 'pending' | 'unknown'
  code: (typeof sentences)[number]
  facts: Record<string, string | number | boolean | null>
}

/** The codes of the sentences; the console and the record have the words. */
export const sentences = [
  'closed',
  'found',
  'written-off',
  'erased',
  'work-removed',
  'erase-held',
  'erase-waiting',
  'nothing-can',
  'lock-held',
  'lock-queued',
  'lock-sent',
  'lock-failed',
  'locked',
] as const

/** What the sentence of an incident is made of. */
export interface Standing {
  row: Pick<IncidentRow, 'state' | 'outcome' | 'action' | 'why' | 'ended_at' | 'closed_at' | 'erase_scope'>
  lock: commands.Fate | null
  erase: commands.Fate | null
  /** The device has ended its management since. */
  gone: boolean
  lastSeenAt: number | null
}

/** The one sentence about an incident: the most telling thing first. Pure. */
export function sentenceOf({ row, lock, erase, gone, lastSeenAt }: Standing): Sentence {
  const say = (tone: Sentence['tone'], code: Sentence['code'], facts: Sentence['facts'] = {}): Sentence => ({
    tone,
    code,
    facts: { lastSeenAt, ...facts },
  })
  if (row.state === 'closed') return say('unknown', 'closed', { at: row.closed_at, outcome: row.outcome })
  if (row.state === 'found') return say('ok', 'found', { at: row.ended_at })
  if (erase?.state === 'done') return say('ok', 'erased', { at: erase.endedAt })
  if (row.erase_scope === 'work' && gone) return say('ok', 'work-removed')
  if (erase?.state === 'held') return say('pending', 'erase-held', { at: erase.createdAt })
  if (erase && erase.endedAt === null) return say('pending', 'erase-waiting', { at: erase.createdAt })
  if (row.erase_scope === 'work') return say('pending', 'erase-waiting', { at: row.ended_at })
  if (row.state === 'written-off') return say('unknown', 'written-off', { at: row.ended_at })
  if (row.action === 'none' || lock === null) return say('attention', 'nothing-can', { why: row.why })
  switch (lock.state) {
    case 'held':
      return say('pending', 'lock-held', { at: lock.createdAt })
    case 'queued':
      return say('pending', 'lock-queued', { at: lock.createdAt, deferred: lock.deferrals > 0 })
    case 'sent':
      return say('pending', 'lock-sent', { at: lock.sentAt })
    case 'done':
      return say('ok', 'locked', { at: lock.endedAt })
    default:
      return say('danger', 'lock-failed', { at: lock.endedAt, explained: lock.explained, state: lock.state })
  }
}
