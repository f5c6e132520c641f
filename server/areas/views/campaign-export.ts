import { z } from 'zod'
import type { Scope } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import { languages, sayer, type Language, type Texts } from '../../base/say.ts'
import { rawRoute, type Route } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import * as updates from '../updates/index.ts'
import { type CsvEncoding, csvEncodings, csvLine, encodeCsv } from './csv.ts'
import { viewEvents } from './events.ts'

const columns = ['id', 'device', 'version', 'standing', 'why', 'reached', 'done', 'seen', 'exception'] as const
type Column = (typeof columns)[number]

const titles: Texts<Column> = {
  en: {
    id: 'Id',
    device: 'Device',
    version: 'Version',
    standing: 'Standing',
    why: 'Reason',
    reached: 'Reached',
    done: 'Done',
    seen: 'Last contact',
    exception: 'Excepted until',
  },
  fr: {
    id: 'Identifiant',
    device: 'Appareil',
    version: 'Version',
    standing: 'Situation',
    why: 'Raison',
    reached: 'Atteint',
    done: 'Terminé',
    seen: 'Dernier contact',
    exception: 'Exempté jusqu’au',
  },
  sv: {
    id: 'Id',
    device: 'Enhet',
    version: 'Version',
    standing: 'Läge',
    why: 'Orsak',
    reached: 'Nådd',
    done: 'Klar',
    seen: 'Senaste kontakt',
    exception: 'Undantagen till',
  },
  ja: {
    id: 'ID',
    device: '端末',
    version: 'バージョン',
    standing: '状況',
    why: '理由',
    reached: '配布日時',
    done: '完了日時',
    seen: '最終通信',
    exception: '対象外の期限',
  },
}
const say = sayer(titles)
const rowsAtOnce = 200

interface Wish {
  id: string
  filter: string
  encoding: CsvEncoding
  titles: Language | null
}

/** How the devices of a campaign fare, written a page at a time. The export itself is an event. */
async function* exportCampaign(base: Base, scope: Scope, wish: Wish): AsyncGenerator<Uint8Array> {
  let text = csvLine(columns.map(c => (wish.titles === null ? c : say(wish.titles, c))))
  let first = true
  let cursor: string | null | undefined
  while (cursor !== null) {
    const at: string | undefined = cursor
    const query = { filter: wish.filter, sort: undefined, cursor: at, limit: rowsAtOnce }
    const page = await base.read(scope, ctx => updates.listDevicesOf(ctx, wish.id, query))
    for (const row of page.items) text += csvLine(lineOf(row))
    cursor = page.next
    if (first)
      await base.transact(scope, ctx =>
        record(ctx, viewEvents.exported, null, {
          filter: `campaign:${wish.id} ${wish.filter}`.trim(),
          columns: [...columns],
          encoding: wish.encoding,
        }),
      )
    yield encodeCsv(text, wish.encoding, first)
    first = false
    text = ''
  }
}

function lineOf(row: Awaited<ReturnType<typeof updates.listDevicesOf>>['items'][number]): string[] {
  const day = (at: number | null): string => (at === null ? '' : new Date(at).toISOString())
  return [
    row.device.id,
    row.device.name,
    row.version,
    row.standing,
    row.why ?? '',
    day(row.reachedAt),
    day(row.doneAt),
    day(row.lastSeenAt),
    day(row.exception?.until ?? null),
  ]
}

/** A campaign as a file. */
export const campaignRoutes: readonly Route[] = [
  rawRoute({
    method: ['GET'],
    path: '/api/v1/campaigns/:id/devices.csv',
    plane: 'api',
    auth: 'admin',
    permission: 'updates:read',
    summary: 'How the devices of a campaign fare, as a file for spreadsheets.',
    bodyLimit: 0,
    accepts: [],
    params: z.object({ id: z.string().max(64) }),
    query: z.object({
      filter: z.string().max(2000).default(''),
      encoding: z.enum(csvEncodings).default('utf-8'),
      titles: z.enum(languages).optional(),
    }),
    reply: ['text/csv'],
    serve: async (base, { params: { id }, query }, call) => {
      if (!call.principal) throw new Problem('session.missing')
      const scope = { ...call.principal, request: call.request }
      const { filter, encoding } = query
      // What cannot be read is refused before the first byte is sent.
      await base.read(scope, ctx =>
        updates.listDevicesOf(ctx, id, { filter, sort: undefined, cursor: undefined, limit: 1 }),
      )
      const file = `campaign-${new Date(base.clock.now()).toISOString().slice(0, 10)}.csv`
      return {
        type: `text/csv; charset=${encoding}`,
        headers: { 'content-disposition': `attachment; filename="${file}"` },
        body: exportCampaign(base, scope, { id, filter, encoding, titles: query.titles ?? null }),
      }
    },
  }),
]
