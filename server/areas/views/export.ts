import type { Scope } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import type { Base } from '../../base/transact.ts'
import { type CsvEncoding, csvLine, encodeCsv } from './csv.ts'
import { pageOfDevices } from './device-list.ts'
import type { DeviceRow } from './device-row.ts'
import { viewEvents } from './events.ts'
import { columnTitles, type TitleLocale } from './titles.ts'

const instant = (at: number | null): string => (at === null ? '' : new Date(at).toISOString())
const yesNo = (value: boolean | null): string => (value === null ? '' : value ? 'yes' : 'no')

function standing(policy: DeviceRow['policy']): string {
  if (policy === null || policy.items === 0) return ''
  const parts = (['failed', 'waiting'] as const).filter(p => policy[p] > 0).map(p => `${policy[p]} ${p}`)
  return parts.length === 0 ? 'ok' : parts.join('; ')
}

/** The columns a list of devices may be exported with, and how each is written; named as in filters. Instants are ISO 8601 in UTC. */
export const deviceColumns: Readonly<Record<string, (row: DeviceRow) => string>> = {
  id: r => r.id,
  name: r => r.name,
  state: r => r.state,
  user: r => r.user?.displayName ?? '',
  unit: r => r.unit.path,
  ownership: r => r.ownership,
  platform: r => r.platform,
  formFactor: r => r.formFactor,
  model: r => r.modelName ?? r.model ?? '',
  modelIdentifier: r => r.model ?? '',
  os: r => r.osVersion ?? '',
  serial: r => r.serial ?? '',
  udid: r => r.udid ?? '',
  imei: r => r.imei ?? '',
  supervised: r => yesNo(r.supervised),
  asset: r => r.assetTag ?? '',
  tags: r => r.tags.join('; '),
  waiting: r => String(r.waiting),
  policy: r => standing(r.policy),
  compliance: r => r.compliance?.state ?? '',
  violations: r => (r.compliance === null ? '' : String(r.compliance.violating)),
  enrolled: r => instant(r.enrolledAt),
  seen: r => instant(r.lastSeenAt),
}

const usual = ['name', 'state', 'user', 'unit', 'ownership', 'platform', 'model', 'os', 'serial', 'seen']
const rowsAtOnce = 200

/** What an export is asked for: the list as it is shown, and how to write it. */
export interface ExportWish {
  filter: string
  sort: string | undefined
  columns: readonly string[]
  encoding: CsvEncoding
  /** The language of the head line; null writes the names the API uses. */
  titles: TitleLocale | null
}

/** The columns by name; refuses one that does not exist. */
export function columnsOf(text: string | undefined): string[] {
  const names = text === undefined || text === '' ? usual : text.split(',')
  const unknown = names.find(n => !Object.hasOwn(deviceColumns, n))
  if (unknown !== undefined)
    throw new Problem(
      'request.malformed',
      { known: Object.keys(deviceColumns) },
      { fields: [{ path: 'query.columns', message: `there is no column ${unknown.slice(0, 60)}` }] },
    )
  return names
}

/** All devices the list shows, written a page at a time, so that memory does not grow with them. The export itself is an event. */
export async function* exportDevices(base: Base, scope: Scope, wish: ExportWish): AsyncGenerator<Uint8Array> {
  const { filter, sort, columns, encoding } = wish
  const titles = wish.titles === null ? columns : columns.map(c => columnTitles(wish.titles as TitleLocale)[c] ?? c)
  let text = csvLine(titles)
  let first = true
  let cursor: string | null | undefined
  while (cursor !== null) {
    const at: string | undefined = cursor
    const page = await base.read(scope, ctx => pageOfDevices(ctx, { filter, sort, cursor: at, limit: rowsAtOnce }))
    for (const row of page.items) text += csvLine(columns.map(c => deviceColumns[c]?.(row) ?? ''))
    cursor = page.next
    if (first)
      await base.transact(scope, ctx =>
        record(ctx, viewEvents.exported, null, { filter, columns: [...columns], encoding }),
      )
    yield encodeCsv(text, encoding, first)
    first = false
    text = ''
  }
}
