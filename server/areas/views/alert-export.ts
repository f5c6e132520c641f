import type { Scope } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { Base } from '../../base/transact.ts'
import * as alerts from '../alerts/index.ts'
import { type CsvEncoding, csvLine, encodeCsv } from './csv.ts'
import { viewEvents } from './events.ts'

type Row = Awaited<ReturnType<typeof alerts.listAlerts>>['items'][number]

const instant = (at: number | null): string => (at === null ? '' : new Date(at).toISOString())
const rowsAtOnce = 200

/** The columns of the file, named as in the API; instants are ISO 8601 in UTC. */
const columns: Readonly<Record<string, (row: Row) => string>> = {
  id: r => r.id,
  type: r => r.type,
  severity: r => r.severity,
  state: r => r.state,
  openedAt: r => instant(r.openedAt),
  lastAt: r => instant(r.lastAt),
  times: r => String(r.times),
  device: r => r.device?.name ?? '',
  user: r => r.user?.name ?? '',
  unit: r => r.unit.name,
  assignee: r => r.assignee?.name ?? '',
  acknowledgedAt: r => instant(r.acknowledgedAt),
  snoozedUntil: r => instant(r.snoozedUntil),
  resolvedAt: r => instant(r.resolvedAt),
  resolvedHow: r => r.resolvedHow ?? '',
}

/** All alerts the list shows, written a page at a time, so that memory does not grow with them. The export itself is an event. */
export async function* exportAlerts(
  base: Base,
  scope: Scope,
  { filter, encoding }: { filter: string; encoding: CsvEncoding },
): AsyncGenerator<Uint8Array> {
  let text = csvLine(Object.keys(columns))
  let cursor: string | null | undefined
  let first = true
  while (cursor !== null) {
    const at: string | undefined = cursor
    const query = { filter, limit: rowsAtOnce, ...(at === undefined ? {} : { cursor: at }) }
    const page = await base.read(scope, ctx => alerts.listAlerts(ctx, query))
    for (const row of page.items) text += csvLine(Object.values(columns).map(write => write(row)))
    cursor = page.next
    if (first) await base.transact(scope, ctx => record(ctx, viewEvents.alertsExported, null, { filter, encoding }))
    yield encodeCsv(text, encoding, first)
    first = false
    text = ''
  }
}
