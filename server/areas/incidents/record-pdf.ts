import { type PdfBlock, pdfBytes } from '../../base/pdf.ts'
import type { Language } from '../../base/say.ts'
import { said } from './incident.ts'
import type { Entry } from './record.ts'
import type { recordOf } from './record-json.ts'
import { say as print } from './record-texts.ts'
import { type Said, say } from './texts.ts'

type Document = Awaited<ReturnType<typeof recordOf>>

/** How a record is printed. */
export interface Printing {
  language: Language
  /** IANA name of the zone its times are in. */
  zone: string
  now: number
}

/** The record as a PDF. */
export function printRecord(record: Document, how: Printing): Promise<Uint8Array> {
  const { language, now } = how
  const { number, device } = record.incident
  const title = print(language, 'title', { number: said(number), device: device.model || device.name })
  const footer = `${title} · ${record.proof.digest.slice(0, 16)}`
  return pdfBytes({ title, language, at: now, footer, blocks: blocksOf(record, how, title) })
}

function* blocksOf(record: Document, how: Printing, title: string): Generator<PdfBlock> {
  const p = (key: Parameters<typeof print>[1], values?: Parameters<typeof print>[2]) => print(how.language, key, values)
  const { incident, proof } = record
  yield { kind: 'heading', text: title, level: 1 }
  yield { kind: 'paragraph', text: p('made', { at: instant(how.now, how) }), muted: true }
  yield { kind: 'keyValues', pairs: aboutOf(record, how) }
  yield { kind: 'heading', text: p('first'), level: 2 }
  yield { kind: 'paragraph', text: say(how.language, whyKey(incident.why)) }
  if (incident.message !== '') yield { kind: 'keyValues', pairs: [[p('message'), incident.message]] }
  if (incident.note !== '') {
    yield { kind: 'heading', text: p('note'), level: 2 }
    yield { kind: 'paragraph', text: incident.note }
  }
  yield { kind: 'heading', text: p('entries'), level: 2 }
  yield entriesTable(record.entries, how)
  yield { kind: 'heading', text: p('looks'), level: 2 }
  if (record.looks.length === 0) yield { kind: 'paragraph', text: p('noLooks') }
  else yield looksTable(record.looks, how)
  yield { kind: 'keyValues', pairs: [[p('fixes'), String(incident.positions)]] }
  yield { kind: 'paragraph', text: p('fixes.text'), muted: true }
  yield { kind: 'heading', text: p('proof'), level: 2 }
  yield { kind: 'paragraph', text: p('proof.text'), muted: true }
  const key = [p('key'), proof.publicKey] as const
  yield { kind: 'keyValues', pairs: [[p('digest'), proof.digest], [p('signature'), proof.signature], key] }
}

function aboutOf({ incident }: Document, how: Printing): [string, string][] {
  const p = (key: Parameters<typeof print>[1], values?: Parameters<typeof print>[2]) => print(how.language, key, values)
  const { device, user, unit } = incident
  const plain = (text: string | null): string => (text === 'written-off' ? 'writtenOff' : (text ?? ''))
  const outcome = incident.state === 'closed' ? plain(incident.outcome) : ''
  const rows: [string, string | null][] = [
    [p('kind'), p('kind.value', { kind: incident.kind })],
    [p('state'), p('state.value', { state: plain(incident.state), outcome })],
    [p('device'), [device.name, device.model].filter(t => t !== '').join(', ')],
    [p('serial'), device.serial],
    [p('asset'), device.assetTag],
    [p('ownership'), p('ownership.value', { ownership: device.ownership })],
    [p('person'), user?.name ?? null],
    [p('unit'), unit.join(' / ')],
    [p('reported'), instant(incident.openedAt, how)],
    [p('ended'), incident.endedAt === null ? null : instant(incident.endedAt, how)],
    [p('closed'), incident.closedAt === null ? null : instant(incident.closedAt, how)],
  ]
  return rows.filter((row): row is [string, string] => row[1] !== null && row[1] !== '')
}

function entriesTable(entries: readonly Entry[], how: Printing): PdfBlock {
  const p = (key: Parameters<typeof print>[1], values?: Parameters<typeof print>[2]) => print(how.language, key, values)
  return {
    kind: 'table',
    columns: [
      { title: p('time', { zone: how.zone }), weight: 24 },
      { title: p('what'), weight: 44 },
      { title: p('who'), weight: 18 },
      { title: p('entry'), weight: 10, align: 'right' },
      { title: p('hash'), weight: 22 },
    ],
    rows: entries.map(e => [
      instant(e.at, how),
      [say(how.language, entryKey(e.code), e.facts as Record<string, string>), e.facts.message]
        .filter(Boolean)
        .join(' '),
      e.actor.name ?? (e.actor.kind === 'device' ? p('deviceSaid') : p('server')),
      String(e.sealed?.seq ?? ''),
      e.sealed?.hash.slice(0, 16) ?? p('notSealed'),
    ]),
  }
}

function looksTable(looks: Document['looks'], how: Printing): PdfBlock {
  const p = (key: Parameters<typeof print>[1], values?: Parameters<typeof print>[2]) => print(how.language, key, values)
  return {
    kind: 'table',
    columns: [
      { title: p('time', { zone: how.zone }), weight: 24 },
      { title: p('who'), weight: 30 },
      { title: p('purpose'), weight: 60 },
    ],
    rows: looks.map(l => [instant(l.at, how), l.by ?? '', l.purpose ?? '']),
  }
}

const entryKey = (code: Entry['code']): Said => `entry.${code}`

const reasons: Readonly<Record<string, Said>> = {
  'lost-mode': 'why.lost-mode',
  'lock-screen': 'why.lock-screen',
  'lock-pin': 'why.lock-pin',
  'lock-personal': 'why.lock-personal',
  'none-personal': 'why.none-personal',
  'none-work-only': 'why.none-work-only',
  'none-platform': 'why.none-platform',
  'none-charter': 'why.none-charter',
}

const whyKey = (why: string): Said => reasons[why] ?? 'why.none-not-managed'

function instant(at: number, { language, zone }: Printing): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', timeZone: zone }).format(at)
}
