import type { z } from 'zod'
import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { namesOf, unitRefs } from '../identity/index.ts'
import { policiesAmong } from '../policies/index.ts'
import { type Assignment, named, toAssignment } from './assignment.ts'
import * as assignments from './assignment-store.ts'
import { type Blueprint, toBlueprint } from './blueprint.ts'
import * as store from './blueprint-store.ts'
import type { assignmentRow, blueprintFull, blueprintRow } from './shown.ts'

/** The blueprints the reader may see, by place. */
export async function listBlueprints(ctx: Ctx): Promise<z.input<typeof blueprintRow>[]> {
  const rows = (await store.allBlueprints(ctx)).filter(r => may(ctx.authority, 'policies:read', r.unit_path))
  const ids = rows.map(r => r.id)
  const items = await store.itemsOf(ctx, ids)
  const held = Map.groupBy(await assignments.assignmentsOf(ctx, ids), a => a.blueprint)
  const unit = await unitRefs(ctx)
  return rows.map(r => {
    const { unitPath: _, items: all, ...rest } = toBlueprint(r, items.get(r.id) ?? [])
    return { ...rest, unit: unit(r.unit), policies: all.length, assignments: held.get(r.id)?.length ?? 0 }
  })
}

/** A blueprint with its policies by name and with the assignments that the reader may see. */
export async function shownBlueprint(ctx: Ctx, blueprint: Blueprint): Promise<z.input<typeof blueprintFull>> {
  const unit = await unitRefs(ctx)
  const policies = new Map((await policiesAmong(ctx, blueprint.items)).map(p => [p.id, p]))
  const shown: z.input<typeof assignmentRow>[] = []
  for (const row of await assignments.assignmentsOf(ctx, [blueprint.id]))
    shown.push(await shownAssignment(ctx, toAssignment(row, { path: '' })))
  const { unitPath: _, items, ...rest } = blueprint
  return {
    ...rest,
    unit: unit(blueprint.unit),
    items: items.map(id => {
      const policy = policies.get(id)
      return { id, name: policy?.name ?? '', kind: policy?.kind ?? '', version: policy?.version ?? 0 }
    }),
    assignments: shown,
  }
}

/** An assignment with the names of what it names, as far as they are still there. */
export async function shownAssignment(ctx: Ctx, assignment: Assignment): Promise<z.input<typeof assignmentRow>> {
  const { unitPath: _, unit, ...rest } = assignment
  const names = await namesOf(ctx, [...new Set(named(assignment.scope))])
  return { ...rest, unit: (await unitRefs(ctx))(unit), names: Object.fromEntries(names) }
}
