import type { Ctx } from '../../base/ctx.ts'
import { type PdfBlock, pdfBytes } from '../../base/pdf.ts'
import type { Language } from '../../base/say.ts'
import { namesOf, ownOrg } from '../identity/index.ts'
import {
  type Action,
  actions,
  collectFloor,
  collectingBy,
  commandingBy,
  forbiddenOrder,
  type Rules,
} from './charter.ts'
import { signaturesOf, termsNow } from './change.ts'
import { findCharter } from './charter-store.ts'
import { say } from './texts.ts'
import { dataTypes, type Owned, owned } from './type.ts'

/** The charter in force, ready to be printed for those who agreed to it. */
export interface Annex {
  org: string
  version: number
  hash: string
  rules: Rules
  cosigners: string[]
  signatures: { name: string; at: number; passkey: string }[]
  units: Map<string, string>
}

/** Gathers what the annex says. */
export async function annexOf(ctx: Ctx): Promise<Annex> {
  const { id, version, hash, rules, cosigners } = await termsNow(ctx)
  const row = id === null ? undefined : await findCharter(ctx, id)
  const signatures = row ? signaturesOf(row) : []
  const units = [...new Set([...rules.collect, ...rules.command].flatMap(r => (r.unit === null ? [] : [r.unit])))]
  const names = await namesOf(ctx, [...cosigners, ...signatures.map(s => s.admin), ...units])
  return {
    org: (await ownOrg(ctx)).name,
    version,
    hash,
    rules,
    cosigners: cosigners.map(c => names.get(c) ?? c),
    signatures: signatures.map(s => ({ name: names.get(s.admin) ?? s.admin, at: s.at, passkey: s.passkey })),
    units: new Map(units.map(u => [u, names.get(u) ?? u])),
  }
}

/** Sets the annex as a PDF in a language. */
export function printAnnex(annex: Annex, language: Language, at: number): Promise<Uint8Array> {
  return pdfBytes({ title: say(language, 'annexTitle'), language, blocks: blocksOf(annex, language), at })
}

function* blocksOf(annex: Annex, language: Language): Iterable<PdfBlock> {
  const { org, version, rules } = annex
  yield { kind: 'heading', level: 1, text: say(language, 'annexTitle') }
  yield { kind: 'paragraph', text: say(language, 'annexIn', { version, org }) }
  yield { kind: 'paragraph', text: `SHA-256 ${annex.hash}`, muted: true }
  yield { kind: 'heading', level: 2, text: say(language, 'collected') }
  yield {
    kind: 'keyValues',
    pairs: (['never', 'sealed', 'hidden', 'shown'] as const).map(c => [
      say(language, `collect.${c}`),
      say(language, `collectMeans.${c}`),
    ]),
  }
  yield collectedTable(rules, language)
  yield { kind: 'paragraph', text: `* ${say(language, 'floorWord')}`, muted: true }
  yield { kind: 'heading', level: 2, text: say(language, 'ordered') }
  yield orderedTable(rules, language)
  const exceptions = exceptionsOf(annex, language)
  if (exceptions.length > 0) yield { kind: 'heading', level: 2, text: say(language, 'exceptions') }
  for (const text of exceptions) yield { kind: 'paragraph', text }
  if (rules.apps.length > 0) yield { kind: 'heading', level: 2, text: say(language, 'apps') }
  for (const text of rules.apps) yield { kind: 'paragraph', text }
  yield { kind: 'heading', level: 2, text: say(language, 'cosigners') }
  yield { kind: 'paragraph', text: annex.cosigners.join(', ') || say(language, 'nobodySigns') }
  for (const s of annex.signatures)
    yield {
      kind: 'paragraph',
      text: `${say(language, 'signed')}: ${s.name}, ${new Date(s.at).toISOString()} (${s.passkey})`,
    }
  yield { kind: 'rule' }
  yield { kind: 'paragraph', text: say(language, 'notVerified'), muted: true }
}

const place = (ownership: Owned) => ({ ownership, mode: null, unitPath: '/' })

function collectedTable(rules: Rules, language: Language): PdfBlock {
  const cell = (type: (typeof dataTypes)[number], as: Owned): string =>
    `${say(language, `collect.${collectingBy(rules, place(as))(type)}`)}${collectFloor(type, as) === 'shown' ? '' : ' *'}`
  return table(
    language,
    'collected',
    say(language, 'kept'),
    dataTypes.map(type => {
      const days = rules.retention[type]
      const kept = days === null ? say(language, 'keptAlways') : say(language, 'days', { n: days })
      return [say(language, `type.${type}`), ...owned.map(o => cell(type, o)), kept]
    }),
  )
}

function orderedTable(rules: Rules, language: Language): PdfBlock {
  const cell = (action: Action, as: Owned): string =>
    `${say(language, `commanding.${commandingBy(rules, place(as))(action)}`)}${forbiddenOrder(action, as) ? ' *' : ''}`
  return table(
    language,
    'ordered',
    null,
    actions.map(a => [say(language, `action.${a}`), ...owned.map(o => cell(a, o))]),
  )
}

function table(language: Language, first: 'collected' | 'ordered', last: string | null, rows: string[][]): PdfBlock {
  const heads = [say(language, first), ...owned.map(o => say(language, `owned.${o}`)), ...(last === null ? [] : [last])]
  return { kind: 'table', columns: heads.map((title, i) => ({ title, weight: i === 0 ? 3 : 1.6 })), rows }
}

function exceptionsOf({ rules, units }: Annex, language: Language): string[] {
  const where = (r: { unit: string | null; mode: string | null; ownership: Owned }): string =>
    [
      say(language, `owned.${r.ownership}`),
      ...(r.unit === null ? [] : [say(language, 'exceptUnit', { unit: units.get(r.unit) ?? r.unit })]),
      ...(r.mode === null ? [] : [r.mode]),
    ].join(', ')
  const some = <R extends { unit: string | null; mode: string | null }>(all: readonly R[]): R[] =>
    all.filter(r => r.unit !== null || r.mode !== null)
  return [
    ...some(rules.collect).map(
      r => `${say(language, `type.${r.type}`)} (${where(r)}): ${say(language, `collect.${r.collect}`)}`,
    ),
    ...some(rules.command).map(
      r => `${say(language, `action.${r.action}`)} (${where(r)}): ${say(language, `commanding.${r.commanding}`)}`,
    ),
  ]
}
