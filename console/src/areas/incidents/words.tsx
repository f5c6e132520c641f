import type { ReactNode } from 'react'
import type { Voice } from '../../i18n/index.tsx'
import type { IconName } from '../../kit/Icon.tsx'
import { type ToneName, toneOf } from '../../kit/State.tsx'
import type { Entry, Incident, IncidentRow, IncidentState } from './queries.ts'

/** A number as people say it: 0047. */
export const said = (number: number): string => String(number).padStart(4, '0')

/** How each state looks. */
export const incidentStates: Record<IncidentState, { tone: ToneName; icon: IconName }> = {
  open: { tone: 'danger', icon: 'flag' },
  found: { tone: 'ok', icon: 'ok' },
  'written-off': { tone: 'none', icon: 'canceled' },
  closed: { tone: 'none', icon: 'check' },
}

/** The first half of the sentence: how it stands. */
export function standsAs({ t, f, has }: Voice, row: IncidentRow): string {
  const { code, facts } = row.sentence
  const key = `incident.is.${code}`
  const at = typeof facts.at === 'number' ? f.seconds(facts.at) : ''
  return has(key) ? t(key, { at, outcome: facts.outcome === 'found' ? 'found' : 'other' }) : code
}

const freshMs = 15 * 60_000

/** The second half: what else is known now. */
export function restOf({ t, f }: Voice, incident: Incident, now: number): string {
  const { state, device, battery, action, sentence } = incident
  if (state === 'found') {
    if (action === 'lost-mode') return t('incident.rest.unlocking')
    if (action === 'none') return ''
    return t(device.platform === 'macos' ? 'incident.rest.pin' : 'incident.rest.passcode')
  }
  if (state === 'written-off') return t('incident.rest.stays')
  if (state === 'closed' || sentence.code === 'erased' || sentence.code === 'work-removed') return ''
  const seen = device.lastSeenAt
  const level = battery && now - battery.at < 24 * 3_600_000 ? f.percent(battery.level) : 'none'
  const contact =
    seen === null
      ? t('incident.rest.never')
      : now - seen < freshMs
        ? t('incident.rest.answers', { ago: f.relative(seen, now), battery: level })
        : t('incident.rest.silent', { ago: f.relative(seen, now) })
  return `${contact} ${t('incident.rest.missing')}`
}

/** The drawing of the sentence. */
export function standingIcon({ sentence }: IncidentRow): { tone: ToneName; icon?: IconName } {
  const tone = toneOf(sentence.tone)
  if (sentence.code === 'locked') return { tone, icon: 'lock' }
  if (sentence.code === 'erased') return { tone, icon: 'erase' }
  if (sentence.code.endsWith('-held')) return { tone, icon: 'held' }
  return { tone }
}

const icons: Record<string, IconName> = {
  reported: 'flag',
  queued: 'queued',
  done: 'ok',
  deferred: 'pending',
  failed: 'danger',
  canceled: 'canceled',
  expired: 'pending',
  located: 'pin',
  looked: 'eye',
  revealed: 'key',
  'work-data': 'erase',
  'order-set': 'pending',
  'order-changed': 'edit',
  'order-canceled': 'undo',
  'order-due': 'pending',
  'order-sent': 'send',
  'order-held': 'held',
  found: 'check',
  'written-off': 'canceled',
  closed: 'check',
  wiped: 'erase',
  left: 'logout',
  enrolled: 'link',
}

/** The drawing of an entry, and its tone where it has one. */
export function entryIcon({ code, facts }: Entry): { icon: IconName; tone?: 'ok' | 'danger' | 'pending' } {
  const icon = code === 'done' && facts.what === 'message' ? 'message' : (icons[code] ?? 'activity')
  if (code === 'done' || code === 'found') return { icon, tone: 'ok' }
  if (code === 'failed') return { icon, tone: 'danger' }
  return code === 'queued' ? { icon, tone: 'pending' } : { icon }
}

/** An entry in words, and what is said beneath it. */
export function entryWords(voice: Voice, entry: Entry, incident: Incident): { text: string; sub: ReactNode } {
  const { t, tell, f, has } = voice
  const key = `incident.entry.${entry.code}`
  const facts = Object.fromEntries(Object.entries(entry.facts).map(([k, v]) => [k, String(v)]))
  const spoken = { what: 'other', kind: 'lost', by: 'admin', after: 'erase', accuracyM: '0', ...facts }
  const text = has(key) ? tell(key, spoken) : entry.code
  const { message, purpose, explained } = entry.facts
  if (typeof message === 'string') return { text, sub: `“${message}”` }
  if (entry.code === 'looked' && typeof purpose === 'string')
    return { text, sub: purpose.startsWith('#') ? null : purpose }
  if (entry.code === 'failed' && typeof explained === 'string') {
    const why = [`explained.${explained}`, `problem.${explained}`].find(has)
    return { text, sub: why && has(why) ? t(why) : explained }
  }
  if (entry.code === 'done' && entry.facts.what === 'lock')
    return { text, sub: t('incident.after', { span: f.span(Math.max(0, entry.at - incident.openedAt)) }) }
  return { text, sub: null }
}
