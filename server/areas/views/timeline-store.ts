import { type Expression, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { Event } from '../../base/events.ts'
import type { Page, Sorts } from '../../base/page.ts'
import { type EventTables, toEvent } from '../../base/seal.ts'

interface Tables extends EventTables {
  commands: { org: string; id: string; kind: string; state: string; pushed_at: number | null }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** A timeline runs in the order of the sealed log, newest first. */
export const timelineSorts: Sorts = {
  list: 'timeline',
  id: 'seq',
  default: '-seq',
  columns: { seq: { column: 'seq', type: 'number' } },
}

/** What parts of a timeline may be asked for, and which types of events they hold. */
export const timelineKinds = {
  commands: ['command.', 'answer.', 'batch.'],
  changes: ['device.', 'enrollment.', 'account.', 'wake.', 'certificate.', 'profile.'],
  policies: ['desired.', 'item.', 'trial.', 'declarations.'],
  views: ['secret.', 'location.'],
} as const

/** One page of the events about a device; `kinds` empty means all. */
export async function listAbout(
  ctx: Ctx,
  device: string,
  kinds: readonly (keyof typeof timelineKinds)[],
  page: Page,
): Promise<{ items: Event[]; next: string | null }> {
  const starts = kinds.flatMap(k => [...timelineKinds[k]])
  const typed: Expression<SqlBool> =
    starts.length === 0
      ? sql<SqlBool>`1 = 1`
      : sql<SqlBool>`(${sql.join(
          starts.map(s => sql`type LIKE ${`${s}%`}`),
          sql` OR `,
        )})`
  const rows = db(ctx)
    .selectFrom('events')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('about_id', '=', device)
    .where('seq', 'is not', null)
    .where(typed)
  const { items, next } = page.finish(await page.apply(rows).execute())
  return { items: items.map(toEvent), next }
}

/** Kind and state of these commands, and when the device was woken for them. */
export async function commandStates(
  ctx: Ctx,
  ids: readonly string[],
): Promise<Map<string, { id: string; kind: string; state: string; pushedAt: number | null }>> {
  if (ids.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('commands')
    .select(['id', 'kind', 'state', 'pushed_at'])
    .where('org', '=', ctx.org)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ pushed_at: pushedAt, ...r }) => [r.id, { ...r, pushedAt }]))
}
