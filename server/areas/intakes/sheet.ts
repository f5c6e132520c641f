import type { Ctx } from '../../base/ctx.ts'
import type { PdfBlock } from '../../base/pdf.ts'
import type { Language } from '../../base/say.ts'
import { namesOf, ownOrg, unitRefs } from '../identity/index.ts'
import * as lines from './line-store.ts'
import type { IntakeRow } from './store.ts'
import { type Said, say } from './texts.ts'

/** What a page of hand-over sheets is made of. */
export interface Sheet {
  serial: string
  assetTag: string
  person: string | null
  unit: string
}

/** What stands on every sheet. */
export interface Frame {
  language: Language
  intake: IntakeRow
  org: string
  portal: string
}

const pageOf = 100

/** The sheets of one page of lines, and the number to go on after; null: there are no more. */
export async function sheetsAfter(
  ctx: Ctx,
  intake: string,
  after: number,
): Promise<{ sheets: Sheet[]; next: number | null }> {
  const rows = await lines.listAfter(ctx, intake, after, pageOf)
  const names = await namesOf(
    ctx,
    rows.flatMap(r => r.user_id ?? []),
  )
  const people = ctx.authority.where('users:read').length > 0
  const refOf = await unitRefs(ctx)
  const sheets = rows.map(row => ({
    serial: row.serial,
    assetTag: row.asset_tag,
    person: people && row.user_id !== null ? (names.get(row.user_id) ?? null) : null,
    unit: refOf(row.unit).path,
  }))
  return { sheets, next: rows.length === pageOf ? (rows.at(-1)?.n ?? null) : null }
}

/** The name of the org and the address of the page on which people see what is theirs. */
export async function frameOf(ctx: Ctx, intake: IntakeRow, language: Language): Promise<Frame> {
  return { language, intake, org: (await ownOrg(ctx)).name, portal: `${ctx.config.url}/my` }
}

/** One sheet: whose device it is, what to do with it, and the way to one's own page. */
export function* sheetBlocks({ language, intake, org, portal }: Frame, sheet: Sheet): Generator<PdfBlock> {
  const p = (key: Said, values?: Record<string, string>): string => say(language, key, values)
  yield { kind: 'heading', text: sheet.person === null ? p('for') : p('forPerson', { person: sheet.person }), level: 1 }
  const pairs: (readonly [string, string])[] = [
    [p('org'), org],
    [p('serial'), sheet.serial],
    [p('asset'), sheet.assetTag],
    [p('unit'), sheet.unit],
    [p('day'), intake.day],
  ]
  yield { kind: 'keyValues', pairs: pairs.filter(([, value]) => value !== '') }
  yield { kind: 'heading', text: p('steps'), level: 2 }
  for (const step of ['step1', 'step2', 'step3', 'step4'] as const) yield { kind: 'paragraph', text: p(step, { org }) }
  yield { kind: 'heading', text: p('portal'), level: 2 }
  yield { kind: 'qr', text: portal, label: `${p('portal')}: ${portal}`, side: 150 }
  yield { kind: 'paragraph', text: portal }
  yield { kind: 'paragraph', text: p('help'), muted: true }
}
