import type { Mail } from '../../base/mail.ts'
import type { Language } from '../../base/say.ts'
import { alertType, kinds, personTypes } from './kinds.ts'
import { factsOf, nextOf, say, severityOf, titleOf } from './say.ts'
import type { Facts } from './effect.ts'
import type { AlertRow } from './store.ts'

/** Who a mail is for and from, as its words need it. */
export interface Frame {
  language: Language
  zone: string
  org: string
  /** Base address of the console. */
  url: string
}

type Words = Pick<Mail, 'subject' | 'text'>

const shown = 20

/** What an admin reads of one alert or several at once, the gravest first. */
export function newsLetter(alerts: readonly AlertRow[], frame: Frame): Words {
  const { language, org, url } = frame
  const sorted = alerts.toSorted((a, b) => b.severity - a.severity || b.last_at - a.last_at)
  const [first] = sorted
  if (!first) throw new Error('a letter is about something')
  const title = titleOf(first, language)
  const subject =
    sorted.length === 1
      ? say(language, 'subject.one', { severity: severityOf(first, language), title })
      : say(language, 'subject.many', { count: sorted.length, org, title })
  const rest = sorted.length - shown
  const parts = [
    ...sorted.slice(0, shown).map(a => paragraph(a, frame)),
    ...(rest > 0 ? [`${say(language, 'more', { count: rest })}\n${url}/alerts`] : []),
    sorted.some(a => isForEveryone(a))
      ? say(language, 'everyone', { org })
      : say(language, 'why', { url: `${url}/settings/notifications` }),
  ]
  return { subject, text: parts.join('\n\n') }
}

const isForEveryone = (alert: AlertRow): boolean => {
  const type = alertType(alert.type)
  return type !== undefined && kinds[type].everyone
}

function paragraph(alert: AlertRow, { language, zone, url }: Frame): string {
  const type = alertType(alert.type)
  const since = say(language, 'since', { at: new Date(alert.opened_at), zone }, zone)
  const times = alert.times > 1 ? ` · ${say(language, 'repeated', { times: alert.times })}` : ''
  return [
    `${severityOf(alert, language)} — ${titleOf(alert, language)}`,
    ...(type === undefined ? [] : [nextOf(type, language)]),
    `${since}${times}`,
    `${url}/alerts/${alert.id}`,
  ].join('\n')
}

/** One line of a digest. */
function line(alert: AlertRow, { language, url }: Frame): string {
  return `• ${severityOf(alert, language)} — ${titleOf(alert, language)}\n  ${url}/alerts/${alert.id}`
}

/** What a digest says. */
export interface Digest {
  at: number
  fresh: readonly AlertRow[]
  freshCount: number
  open: readonly AlertRow[]
  openCount: number
  ended: number
  /** The end of the sealed log, as proof that nothing before it is altered later. */
  anchor: { seq: number; hash: string } | null
}

/** The daily summary of an admin. */
export function digestLetter(digest: Digest, frame: Frame): Words {
  const { language, org, url, zone } = frame
  const { fresh, freshCount, open, openCount, ended, anchor } = digest
  const list = (title: 'digest.fresh' | 'digest.open', all: readonly AlertRow[], count: number): string[] => {
    if (count === 0) return []
    const more = count - all.length
    const lines = all.map(a => line(a, frame))
    const rest = more > 0 ? [say(language, 'more', { count: more })] : []
    return [`${say(language, title)} (${count})\n${[...lines, ...rest].join('\n')}`]
  }
  const parts = [
    ...list('digest.fresh', fresh, freshCount),
    ...list('digest.open', open, openCount),
    ...(ended > 0 ? [say(language, 'digest.ended', { count: ended })] : []),
    `${url}/alerts`,
    ...(anchor === null ? [] : [say(language, 'digest.anchor', { seq: anchor.seq, hash: anchor.hash })]),
    say(language, 'why', { url: `${url}/settings/notifications` }),
  ]
  const facts = { org, fresh: freshCount, open: freshCount + openCount, at: new Date(digest.at) }
  return { subject: say(language, 'digest.subject', facts, zone), text: parts.join('\n\n') }
}

/** What the person of a device reads of what is the matter with it, and how to put it right; null when none of it is theirs to read. */
export function personLetter(
  alerts: readonly Pick<AlertRow, 'type' | 'facts'>[],
  { name, language, org, url }: Frame & { name: string },
): Words | null {
  const own = alerts.flatMap(alert => {
    const type = personTypes.find(t => t === alert.type)
    return type === undefined ? [] : [{ type: type as PersonType, facts: { ...factsOf(alert), org }, raw: alert.facts }]
  })
  const [first] = own
  if (!first) return null
  const parts = own.map(({ type, facts, raw }) => {
    const fix = (JSON.parse(raw) as Facts)['fix']
    const more = fix ? `\n\n${say(language, 'person.fix', { fix: String(fix) })}` : ''
    return `${say(language, `person.${type}.text`, facts)}${more}`
  })
  const text = [
    say(language, 'person.hello', { name }),
    ...new Set(parts),
    say(language, 'person.my', { org, url: `${url}/my` }),
    say(language, 'person.end', { org }),
  ].join('\n\n')
  return { subject: say(language, `person.${first.type}.subject`, first.facts), text }
}

type PersonType =
  | 'left-management'
  | 'integrity'
  | 'violation'
  | 'malware'
  | 'no-contact'
  | 'enrollment-stuck'
  | 'push-address'
