import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { compileFilter, type Fields, termsOf, within } from '../../base/filter.ts'
import { type ListQuery, readPage, type Sorts } from '../../base/page.ts'
import { searchable } from '../../base/text.ts'
import { idsNamed } from '../identity/index.ts'
import type { CommandRow, OpenRow } from './store.ts'

/** A command as lists and pages show it: with its device, and how that is reached now. */
export type ListedCommand = Omit<CommandRow, 'sealed_args' | 'result' | 'result_raw' | 'seq' | 'impact' | 'road'> & {
  due_at: number | null
  device_name: string
  device_path: string
  wake_state: string | null
  wake_reason: string | null
  wake_wanted_at: number | null
  wake_next_at: number | null
  wake_pushed_at: number | null
  wake_status: number | null
  wake_apns_id: string | null
}

interface Tables {
  commands: CommandRow
  open_commands: OpenRow
  devices: { org: string; id: string; name: string; name_key: string; serial: string; unit_path: string }
  wakes: {
    org: string
    enrollment: string
    account: string
    state: string
    reason: string | null
    wanted_at: number | null
    next_at: number | null
    pushed_at: number | null
    push_status: number | null
    apns_id: string | null
  }
}

// The one place of this room that reads rows of earlier rooms: what may be seen follows the device wherever it is now, and a page costs one query.
const listed = (ctx: Ctx) =>
  own<Tables>(ctx.tx)
    .selectFrom('commands as c')
    .innerJoin('devices as d', j => j.onRef('d.org', '=', 'c.org').onRef('d.id', '=', 'c.device'))
    .leftJoin('open_commands as o', j => j.onRef('o.org', '=', 'c.org').onRef('o.command', '=', 'c.id'))
    .leftJoin('wakes as w', j =>
      j
        .onRef('w.org', '=', 'c.org')
        .onRef('w.enrollment', '=', 'c.enrollment')
        .onRef('w.account', '=', 'c.account')
        .on('c.ended_at', 'is', null),
    )
    .select([
      'c.org',
      'c.id',
      'c.enrollment',
      'c.account',
      'c.device',
      'c.unit_path',
      'c.priority',
      'c.kind',
      'c.args',
      'c.quiet',
      'c.wipes',
      'c.state',
      'c.deferrals',
      'c.deferred_at',
      'c.offers',
      'c.created_at',
      'c.pushed_at',
      'c.sent_at',
      'c.answered_at',
      'c.ended_at',
      'c.expires_at',
      'o.due_at',
      'c.by_kind',
      'c.by_id',
      'c.reason',
      'c.end_reason',
      'c.error',
      'c.result_cut',
      'c.batch',
      'c.intent',
      'd.name as device_name',
      'd.unit_path as device_path',
      'w.state as wake_state',
      'w.reason as wake_reason',
      'w.wanted_at as wake_wanted_at',
      'w.next_at as wake_next_at',
      'w.pushed_at as wake_pushed_at',
      'w.push_status as wake_status',
      'w.apns_id as wake_apns_id',
    ])
    .where('c.org', '=', ctx.org)

const sorts: Sorts = {
  list: 'commands',
  id: 'c.id',
  default: '-createdAt',
  // Ids of commands grow with time.
  columns: { createdAt: { column: 'c.id', type: 'text' } },
}

const states = ['queued', 'sent', 'done', 'failed', 'expired', 'canceled', 'superseded']

/** The command with this id as pages show it. */
export function findListed(ctx: Ctx, id: string): Promise<ListedCommand | undefined> {
  return listed(ctx).where('c.id', '=', id).executeTakeFirst()
}

/** One page of the commands the reader may see that match the filter, newest first. */
export async function listCommands(
  ctx: Ctx,
  query: ListQuery,
  device: string | null,
): Promise<{ items: ListedCommand[]; next: string | null }> {
  const page = readPage(ctx.org, query, { ...sorts, list: `commands ${device ?? ''}` })
  const scoped = listed(ctx)
    .where(within('d.unit_path', ctx.authority.where('commands:read')))
    .where(await condition(ctx, query.filter))
  return page.finish(await page.apply(device === null ? scoped : scoped.where('c.device', '=', device)).execute())
}

async function condition(ctx: Ctx, filter: string): Promise<Expression<SqlBool>> {
  const by = termsOf(filter).flatMap(t => (t.field === 'by' ? t.values : []))
  const named = new Map<string, string[]>()
  for (const name of by) named.set(name, await idsNamed(ctx, name))
  const fields: Fields = {
    words: ['d.name_key'],
    fields: {
      device: { kind: 'custom', match: deviceIs },
      kind: { kind: 'set', column: 'c.kind' },
      state: { kind: 'set', column: 'c.state', values: states },
      by: { kind: 'custom', match: value => byIs(value, named.get(value) ?? []) },
      batch: { kind: 'set', column: 'c.batch' },
      created: { kind: 'instant', column: 'c.created_at' },
      routine: { kind: 'flag', column: 'c.quiet' },
    },
  }
  return compileFilter(filter, fields, { now: ctx.now })
}

function deviceIs(value: string): Expression<SqlBool> {
  const pattern = `%${searchable(value).replaceAll(/[\\%_]/g, c => `\\${c}`)}%`
  return sql<SqlBool>`(c.device = ${value} OR upper(d.serial) = ${value.toUpperCase()} OR d.name_key LIKE ${pattern} ESCAPE '\\')`
}

function byIs(value: string, ids: readonly string[]): Expression<SqlBool> {
  const any = sql.join([value, ...ids].map(id => sql`${id}`))
  return sql<SqlBool>`(c.by_kind = ${value} OR c.by_id IN (${any}))`
}

/** How many commands of a batch are in each state. */
export async function countBatch(ctx: Ctx, batch: string): Promise<Record<string, number>> {
  const rows = await own<Tables>(ctx.tx)
    .selectFrom('commands')
    .select(['state', sql<number>`COUNT(*)`.as('n')])
    .where('org', '=', ctx.org)
    .where('batch', '=', batch)
    .groupBy('state')
    .execute()
  return Object.fromEntries(rows.map(r => [r.state, Number(r.n)]))
}
