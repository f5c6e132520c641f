import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import type { Id } from '../../base/id.ts'
import type { EntryRow, EntryTables } from './entry-store.ts'

export type { EntryRow } from './entry-store.ts'

type On = Pick<Ctx, 'tx' | 'org'>
const db = (ctx: Pick<Ctx, 'tx'>) => own<EntryTables>(ctx.tx)
const rowsAtOnce = 200

/** Entries of a program by serial. */
export async function findRows(ctx: On, program: string, serials: readonly string[]): Promise<Map<string, EntryRow>> {
  if (serials.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('roster_entries')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('serial', 'in', [...serials])
    .execute()
  return new Map(rows.map(r => [r.serial, plain(r)]))
}

/** What is wanted for these serials under other programs of the org, the newest wish of each. */
export async function wishesElsewhere(
  ctx: On,
  program: string,
  serials: readonly string[],
): Promise<Map<string, EntryRow>> {
  if (serials.length === 0) return new Map()
  const rows = await db(ctx)
    .selectFrom('roster_entries')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('program', '<>', program)
    .where('serial', 'in', [...serials])
    .orderBy('seen_at')
    .execute()
  return new Map(rows.map(r => [r.serial, plain(r)]))
}

/** Stores entries, in few statements. */
export async function putRows(ctx: On, rows: readonly EntryRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsAtOnce)
    await db(ctx)
      .insertInto('roster_entries')
      .values(rows.slice(at, at + rowsAtOnce))
      .onConflict(c =>
        c.columns(['org', 'id']).doUpdateSet(e => {
          const set: Record<string, unknown> = {}
          for (const column of changing) set[column] = e.ref(`excluded.${column}`)
          return set
        }),
      )
      .execute()
}

const changing = [
  'model',
  'family',
  'color',
  'asset_tag',
  'words',
  'state',
  'assigned',
  'held',
  'asked',
  'asked_at',
  'contests',
  'tries',
  'next_at',
  'problem',
  'migration_deadline',
  'vendor_at',
  'round',
  'seen_at',
] as const satisfies readonly (keyof EntryRow)[]

/** These are promised no longer; answers how many of them were. */
export async function markGone(ctx: On, program: string, serials: readonly string[]): Promise<number> {
  if (serials.length === 0) return 0
  const rows = await db(ctx)
    .updateTable('roster_entries')
    .set({ state: 'gone', next_at: null, held: null })
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('serial', 'in', [...serials])
    .where('state', '<>', 'gone')
    .returning('id')
    .execute()
  return rows.length
}

/** Some of those that a full reading did not see are promised no longer. */
export async function markUnseen(ctx: On, program: string, round: number, most: number): Promise<number> {
  const unseen = db(ctx)
    .selectFrom('roster_entries')
    .select('id')
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('round', '<', round)
    .where('state', '<>', 'gone')
    .orderBy('id')
    .limit(most)
  const rows = await db(ctx)
    .updateTable('roster_entries')
    .set({ state: 'gone', next_at: null, held: null })
    .where('org', '=', ctx.org)
    .where('id', 'in', unseen)
    .returning('id')
    .execute()
  return rows.length
}

/** Entries the vendor should be told about now, longest due first. */
export async function dueRows(
  ctx: Pick<Ctx, 'tx' | 'org' | 'now'>,
  program: string,
  most: number,
): Promise<{ serial: string; setup: Id<'setup'> | null; held: string | null; tries: number }[]> {
  const rows = await db(ctx)
    .selectFrom('roster_entries')
    .select(['serial', 'setup', 'held', 'tries'])
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('assigned', 'in', ['wanted', 'failed'])
    .where('state', '<>', 'gone')
    .where('next_at', '<=', ctx.now)
    .orderBy('next_at')
    .orderBy('id')
    .limit(most)
    .execute()
  return rows.map(r => ({ ...r, setup: r.setup as Id<'setup'> | null, tries: Number(r.tries) }))
}

/** When the next entry of the program is due; null when none waits. */
export async function nextDue(ctx: On, program: string): Promise<number | null> {
  const row = await db(ctx)
    .selectFrom('roster_entries')
    .select('next_at')
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('assigned', 'in', ['wanted', 'failed'])
    .where('state', '<>', 'gone')
    .where('next_at', 'is not', null)
    .orderBy('next_at')
    .limit(1)
    .executeTakeFirst()
  return row?.next_at === undefined || row.next_at === null ? null : Number(row.next_at)
}

/** Puts off devices of a setup that the vendor cannot be told of yet. */
export async function putOff(ctx: On, program: string, setup: string, until: number, problem: string): Promise<void> {
  await db(ctx)
    .updateTable('roster_entries')
    .set({ next_at: until, problem })
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('setup', '=', setup)
    .where('assigned', 'in', ['wanted', 'failed'])
    .where('next_at', 'is not', null)
    .execute()
}

/** Gives the program's default setup to some devices for which nobody chose one; answers how many. */
export async function spreadDefault(
  ctx: Pick<Ctx, 'tx' | 'org' | 'now'>,
  program: { id: string; setup: string | null },
  most: number,
): Promise<number> {
  let other = db(ctx)
    .selectFrom('roster_entries')
    .select('id')
    .where('org', '=', ctx.org)
    .where('program', '=', program.id)
    .where('chosen', '=', 0)
    .where('state', '<>', 'gone')
  other =
    program.setup === null
      ? other.where('setup', 'is not', null)
      : other.where(e => e.or([e('setup', 'is', null), e('setup', '<>', program.setup)]))
  const rows = await db(ctx)
    .updateTable('roster_entries')
    .set({
      setup: program.setup,
      assigned: program.setup === null ? 'none' : 'wanted',
      next_at: program.setup === null ? null : ctx.now,
      problem: null,
      contests: 0,
      tries: 0,
    })
    .where('org', '=', ctx.org)
    .where('id', 'in', other.orderBy('id').limit(most))
    .returning('id')
    .execute()
  return rows.length
}

/** Devices of a setup whose name with the vendor is not this one wait for it, whatever they had. */
export async function wantAnew(
  ctx: Pick<Ctx, 'tx' | 'org' | 'now'>,
  program: string,
  setup: string,
  name: string,
): Promise<void> {
  await db(ctx)
    .updateTable('roster_entries')
    .set({ assigned: 'wanted', next_at: ctx.now, tries: 0, contests: 0, problem: null })
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('setup', '=', setup)
    .where('state', '<>', 'gone')
    .where(e => e.or([e('asked', 'is', null), e('asked', '<>', name)]))
    .execute()
}

/** How many devices of the program were given up, because somebody else kept replacing what we assigned. */
export async function countContested(ctx: On, program: string): Promise<number> {
  const row = await db(ctx)
    .selectFrom('roster_entries')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('org', '=', ctx.org)
    .where('program', '=', program)
    .where('assigned', '=', 'failed')
    .where('state', '<>', 'gone')
    .where('next_at', 'is', null)
    .where('contests', '>', 0)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Numbers as numbers, whatever the engine answers. */
function plain(row: EntryRow): EntryRow {
  return {
    ...row,
    chosen: Number(row.chosen),
    contests: Number(row.contests),
    tries: Number(row.tries),
    round: Number(row.round),
    seen_at: Number(row.seen_at),
    added_at: Number(row.added_at),
  }
}
