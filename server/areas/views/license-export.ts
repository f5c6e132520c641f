import { z } from 'zod'
import { demandWhole } from '../../base/authority.ts'
import type { Scope } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import { type Route, rawRoute } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import { licensePage, listLicenses, listSeats, seatPage } from '../apps/index.ts'
import { type CsvEncoding, csvEncodings, csvLine, encodeCsv } from './csv.ts'
import { viewEvents } from './events.ts'

const query = z.object({ encoding: z.enum(csvEncodings).default('utf-8') })
const plain = {
  method: ['GET'],
  plane: 'api',
  auth: 'admin',
  permission: 'apps:read',
  bodyLimit: 0,
  accepts: [],
} as const

/** Licenses, and who has a seat of one, as files for spreadsheets. */
export const licenseFileRoutes: readonly Route[] = [
  rawRoute({
    ...plain,
    path: '/api/v1/licenses.csv',
    summary: 'Every license with its numbers, as a file for spreadsheets.',
    query,
    reply: ['text/csv'],
    serve: async (base, { query: { encoding } }, call) => {
      const scope = await begun(base, call.principal && { ...call.principal, request: call.request }, encoding)
      return { ...heads(base, 'licenses', encoding), body: licensesCsv(base, scope, encoding) }
    },
  }),
  rawRoute({
    ...plain,
    path: '/api/v1/licenses/:id/seats.csv',
    summary: 'Who has a seat of a license or waits for one, as a file for spreadsheets.',
    params: z.object({ id: z.string().max(40) }),
    query,
    reply: ['text/csv'],
    serve: async (base, { params: { id }, query: { encoding } }, call) => {
      const scope = await begun(base, call.principal && { ...call.principal, request: call.request }, encoding)
      return { ...heads(base, 'seats', encoding), body: seatsCsv(base, scope, { id, encoding }) }
    },
  }),
]

async function begun(base: Base, scope: Scope | null, encoding: string): Promise<Scope> {
  if (!scope) throw new Problem('session.missing')
  await base.transact(scope, ctx => {
    demandWhole(ctx.authority, 'apps:read')
    return record(ctx, viewEvents.licensesExported, null, { encoding })
  })
  return scope
}

function heads(base: Base, of: string, encoding: string): { type: string; headers: Record<string, string> } {
  const name = `${of}-${new Date(base.clock.now()).toISOString().slice(0, 10)}.csv`
  const headers = { 'content-disposition': `attachment; filename="${name}"` }
  return { type: `text/csv; charset=${encoding}`, headers }
}

const head = [
  'item',
  'storeId',
  'product',
  'program',
  'total',
  'assigned',
  'free',
  'short',
  'wanted',
  'unused',
  'refused',
]

/** The table of licenses as a file, page by page: each a read of its own. */
async function* licensesCsv(base: Base, scope: Scope, encoding: CsvEncoding): AsyncGenerator<Uint8Array> {
  yield encodeCsv(csvLine(head), encoding, true)
  let cursor: string | undefined
  do {
    const page = await base.read(scope, ctx =>
      listLicenses(ctx, {}, licensePage(ctx.org, { cursor, limit: 200, sort: 'name' })),
    )
    const lines = page.items.map(l =>
      csvLine([
        l.name,
        l.storeId,
        l.product,
        l.program.name,
        ...[l.total, l.assigned, l.free, l.short, l.seats.wanted, l.seats.unused, l.seats.refused].map(String),
      ]),
    )
    if (lines.length > 0) yield encodeCsv(lines.join(''), encoding, false)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}

const seatHead = ['kind', 'name', 'known', 'state', 'reason', 'used', 'since']

async function* seatsCsv(
  base: Base,
  scope: Scope,
  { id, encoding }: { id: string; encoding: CsvEncoding },
): AsyncGenerator<Uint8Array> {
  yield encodeCsv(csvLine(seatHead), encoding, true)
  let cursor: string | undefined
  do {
    const page = await base.read(scope, ctx =>
      listSeats(ctx, { license: id }, seatPage(ctx.org, { cursor, limit: 200 })),
    )
    const lines = page.items.map(({ holder, state, reason, wished, since }) =>
      csvLine([
        holder.kind,
        holder.name ?? '',
        holder.known ?? '',
        state,
        reason ?? '',
        wished ? 'yes' : 'no',
        new Date(since).toISOString(),
      ]),
    )
    if (lines.length > 0) yield encodeCsv(lines.join(''), encoding, false)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}
