import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { Page, Sorts } from '../../base/page.ts'
import { languages } from '../../base/say.ts'
import { csvEncodings } from '../views/index.ts'
import { formats } from './write.ts'

/** Everything a file follows from. */
export const exportWish = z.object({
  kind: z.string(),
  title: z.string(),
  filter: z.string(),
  columns: z.array(z.string()),
  at: z.number(),
  from: z.number().nullable(),
  zone: z.string(),
  language: z.enum(languages),
  format: z.enum([...formats, 'zip']),
  encoding: z.enum(csvEncodings),
})

export type ExportWish = z.output<typeof exportWish>

/** Where a file stands. */
export const exportStates = ['waiting', 'running', 'done', 'failed', 'canceled', 'expired'] as const
export type ExportState = (typeof exportStates)[number]

interface Row {
  org: string
  id: string
  report: string | null
  name: string
  wish: string
  recipients: string
  owner_kind: string
  owner_id: string
  state: ExportState
  done_rows: number
  total_rows: number | null
  blob: string | null
  size: number | null
  error: string | null
  created_at: number
  ended_at: number | null
  expires_at: number | null
}

/** One file that is or was made. */
export interface Export {
  id: string
  report: string | null
  name: string
  wish: ExportWish
  recipients: string[]
  owner: { kind: 'admin' | 'key' | 'system'; id: string }
  state: ExportState
  doneRows: number
  totalRows: number | null
  blob: string | null
  size: number | null
  error: string | null
  createdAt: number
  endedAt: number | null
  expiresAt: number | null
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ exports: Row }>(ctx.tx)

/** What lists of files may be sorted by: newest first. */
export const exportSorts: Sorts = {
  list: 'exports',
  id: 'id',
  default: '-createdAt',
  columns: { createdAt: { column: 'created_at', type: 'number' } },
}

function toExport(row: Row): Export {
  return {
    id: row.id,
    report: row.report,
    name: row.name,
    wish: exportWish.parse(JSON.parse(row.wish)),
    recipients: JSON.parse(row.recipients) as string[],
    owner: { kind: row.owner_kind as Export['owner']['kind'], id: row.owner_id },
    state: row.state,
    doneRows: Number(row.done_rows),
    totalRows: row.total_rows === null ? null : Number(row.total_rows),
    blob: row.blob,
    size: row.size === null ? null : Number(row.size),
    error: row.error,
    createdAt: Number(row.created_at),
    endedAt: row.ended_at === null ? null : Number(row.ended_at),
    expiresAt: row.expires_at === null ? null : Number(row.expires_at),
  }
}

/** Adds a file that is to be made. */
export async function addExport(
  ctx: Ctx,
  one: Pick<Export, 'id' | 'report' | 'name' | 'wish' | 'recipients' | 'owner'>,
): Promise<void> {
  await db(ctx)
    .insertInto('exports')
    .values({
      org: ctx.org,
      id: one.id,
      report: one.report,
      name: one.name,
      wish: JSON.stringify(one.wish),
      recipients: JSON.stringify(one.recipients),
      owner_kind: one.owner.kind,
      owner_id: one.owner.id,
      state: 'waiting',
      done_rows: 0,
      total_rows: null,
      blob: null,
      size: null,
      error: null,
      created_at: ctx.now,
      ended_at: null,
      expires_at: null,
    })
    .execute()
}

/** The file with this id, if it is there. */
export async function findExport(ctx: Ctx, id: string): Promise<Export | undefined> {
  const row = await db(ctx)
    .selectFrom('exports')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toExport(row)
}

/** These files. */
export async function exportsAmong(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Export>> {
  if (ids.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('exports')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(r => [r.id, toExport(r)]))
}

/** One page of the files of an owner. */
export async function listExports(
  ctx: Ctx,
  owner: string,
  page: Page,
): Promise<{ items: Export[]; next: string | null }> {
  const asked = db(ctx).selectFrom('exports').selectAll().where('org', '=', ctx.org).where('owner_id', '=', owner)
  const { items, next } = page.finish(await page.apply(asked).execute())
  return { items: items.map(toExport), next }
}

/** How many files of an owner are being made. */
export async function countRunning(ctx: Ctx, owner: string): Promise<number> {
  const row = await db(ctx)
    .selectFrom('exports')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('owner_id', '=', owner)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Moves a file on, if it is in one of these states; answers whether it was. */
export async function changeExport(
  ctx: Ctx,
  id: string,
  from: readonly ExportState[],
  change: {
    state?: ExportState
    doneRows?: number
    totalRows?: number | null
    blob?: string
    size?: number
    error?: string
    endedAt?: number
    expiresAt?: number
  },
): Promise<boolean> {
  const { doneRows, totalRows, endedAt, expiresAt, ...plain } = change
  const set = {
    ...plain,
    ...(doneRows === undefined ? {} : { done_rows: doneRows }),
    ...(totalRows === undefined ? {} : { total_rows: totalRows }),
    ...(endedAt === undefined ? {} : { ended_at: endedAt }),
    ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
  }
  const rows = await db(ctx)
    .updateTable('exports')
    .set(set)
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .where('state', 'in', [...from])
    .returning('id')
    .execute()
  return rows.length > 0
}

/** Files whose time is over, a few at a time, with whether others that are kept have the same bytes. */
export async function expiredExports(
  ctx: Ctx,
  most: number,
): Promise<{ id: string; blob: string | null; alone: boolean }[]> {
  const rows = await db(ctx)
    .selectFrom('exports')
    .select(['id', 'blob'])
    .where('org', '=', ctx.org)
    .where('state', '=', 'done')
    .where('expires_at', '<=', ctx.now)
    .limit(most)
    .execute()
  const found: { id: string; blob: string | null; alone: boolean }[] = []
  for (const { id, blob } of rows) {
    const other = await db(ctx)
      .selectFrom('exports')
      .select('id')
      .where('blob', '=', blob)
      .where('state', '=', 'done')
      .where('id', '<>', id)
      .limit(1)
      .executeTakeFirst()
    found.push({ id, blob, alone: other === undefined })
  }
  return found
}

/** Forgets files that ended before an instant. */
export async function removeExportsBefore(ctx: Ctx, at: number): Promise<void> {
  await db(ctx)
    .deleteFrom('exports')
    .where('org', '=', ctx.org)
    .where('created_at', '<', at)
    .where('state', 'in', ['expired', 'failed', 'canceled'])
    .execute()
}
