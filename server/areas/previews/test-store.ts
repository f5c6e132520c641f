import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { within, movedPath } from '../../base/filter.ts'

/** A row of policy_tests as it is written. */
export interface TestRow {
  org: string
  id: string
  name: string
  name_key: string
  unit: string
  unit_path: string
  filter: string
  scope: string
  expect: string
  created_at: number
  updated_at: number
  ran_at: number | null
  ran_devices: number | null
  ran_failing: number | null
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ policy_tests: TestRow }>(ctx.tx)

/** Every test of the org; there are few. */
export async function allTests(ctx: Ctx): Promise<TestRow[]> {
  return rows(ctx).orderBy('name_key').execute()
}

/** The tests in these subtrees, by name. */
export async function listTests(ctx: Ctx, paths: readonly string[]): Promise<TestRow[]> {
  return rows(ctx).where(within('unit_path', paths)).orderBy('name_key').execute()
}

/** The test with this id, if it is there. */
export async function findTest(ctx: Ctx, id: string): Promise<TestRow | undefined> {
  return rows(ctx).where('id', '=', id).executeTakeFirst()
}

/** Who bears this folded name. */
export async function testNamed(ctx: Ctx, nameKey: string): Promise<string | undefined> {
  return (await rows(ctx).where('name_key', '=', nameKey).executeTakeFirst())?.id
}

/** Stores a test. */
export async function putTest(ctx: Ctx, row: TestRow): Promise<void> {
  const { org: _, id: __, created_at: ___, ...change } = row
  await db(ctx)
    .insertInto('policy_tests')
    .values(row)
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet(change))
    .execute()
}

/** Remembers how a run over all devices ended. */
export async function putRun(ctx: Ctx, id: string, { devices, failing }: { devices: number; failing: number }) {
  await db(ctx)
    .updateTable('policy_tests')
    .set({ ran_at: ctx.now, ran_devices: devices, ran_failing: failing })
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .execute()
}

/** Forgets a test. */
export async function removeTest(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('policy_tests').where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Rewrites the paths of tests below a unit that moved. */
export async function movePaths(ctx: Ctx, from: string, to: string): Promise<void> {
  await db(ctx)
    .updateTable('policy_tests')
    .set({ unit_path: movedPath(from, to) })
    .where('org', '=', ctx.org)
    .where('unit_path', 'like', `${from}%`)
    .execute()
}

/** Whether a test hangs on this unit, or names it. */
export async function anyOnUnit(ctx: Ctx, unit: string): Promise<boolean> {
  const row = await rows(ctx)
    .where(e => e.or([e('unit', '=', unit), e('scope', 'like', `%"${unit}"%`)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

function rows(ctx: Ctx) {
  return db(ctx).selectFrom('policy_tests').selectAll().where('org', '=', ctx.org)
}
