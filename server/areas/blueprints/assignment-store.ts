import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'

/** A row of blueprint_assignments as it is written. */
export interface AssignmentRow {
  org: string
  id: string
  blueprint: string
  unit: string
  scope: string
  from_at: number | null
  until_at: number | null
  enabled: number
  created_at: number
  updated_at: number
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<{ blueprint_assignments: AssignmentRow }>(ctx.tx)

/** The assignment with this id, if it is there. */
export async function findAssignment(ctx: Ctx, id: string): Promise<AssignmentRow | undefined> {
  return rows(ctx).where('id', '=', id).executeTakeFirst()
}

/** The assignments of these blueprints, oldest first. */
export async function assignmentsOf(ctx: Ctx, blueprints: readonly string[]): Promise<AssignmentRow[]> {
  if (blueprints.length === 0) return []
  return rows(ctx)
    .where('blueprint', 'in', [...blueprints])
    .orderBy('id')
    .execute()
}

/** Every assignment of the org; there are hundreds. */
export async function allAssignments(ctx: Pick<Ctx, 'tx' | 'org'>): Promise<AssignmentRow[]> {
  return rows(ctx).orderBy('id').execute()
}

/** Stores an assignment. */
export async function putAssignment(ctx: Ctx, row: AssignmentRow): Promise<void> {
  const { org: _, id: __, created_at: ___, ...change } = row
  await db(ctx)
    .insertInto('blueprint_assignments')
    .values(row)
    .onConflict(c => c.columns(['org', 'id']).doUpdateSet(change))
    .execute()
}

/** Forgets an assignment. */
export async function removeAssignment(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('blueprint_assignments').where('org', '=', ctx.org).where('id', '=', id).execute()
}

/** Whether an assignment hangs on this unit, or names it. */
export async function anyOnUnit(ctx: Ctx, unit: string): Promise<boolean> {
  const row = await rows(ctx)
    .where(e => e.or([e('unit', '=', unit), e('scope', 'like', `%"${unit}"%`)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether an assignment names this group, user or device. */
export async function anyNaming(ctx: Ctx, id: string): Promise<boolean> {
  const row = await rows(ctx).where('scope', 'like', `%"${id}"%`).limit(1).executeTakeFirst()
  return row !== undefined
}

function rows(ctx: Pick<Ctx, 'tx' | 'org'>) {
  return db(ctx).selectFrom('blueprint_assignments').selectAll().where('org', '=', ctx.org)
}
