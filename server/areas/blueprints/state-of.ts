import type { Ctx } from '../../base/ctx.ts'
import { allAssignments } from './assignment-store.ts'
import { allBlueprints, allItems } from './blueprint-store.ts'
import type { ScopeWish } from './shapes.ts'
import type { AssignmentState, BlueprintState, Scope, Selection } from './state.ts'

/** The blueprints and assignments of an org as they decide: units by their present paths, everything by value. */
export async function stateOf(
  ctx: Pick<Ctx, 'tx' | 'org'>,
  pathOf: ReadonlyMap<string, string>,
): Promise<{ blueprints: ReadonlyMap<string, BlueprintState>; assignments: readonly AssignmentState[] }> {
  const items = await allItems(ctx)
  const blueprints = new Map<string, BlueprintState>()
  for (const { id, name, unit_path, place } of await allBlueprints(ctx))
    blueprints.set(id, { id, name, path: unit_path, place, items: items.get(id) ?? [] })
  const assignments = (await allAssignments(ctx)).flatMap((row): AssignmentState[] => {
    const anchor = pathOf.get(row.unit)
    if (anchor === undefined) return []
    const scope = scopeOf(JSON.parse(row.scope) as ScopeWish, pathOf)
    const { id, blueprint, from_at: from, until_at: until } = row
    return [{ id, blueprint, anchor, scope, from, until, enabled: row.enabled === 1 }]
  })
  return { blueprints, assignments }
}

/** A scope as people write it, as it decides: units by their paths. Units that are gone match nothing. */
export function scopeOf(wish: ScopeWish, pathOf: ReadonlyMap<string, string>): Scope {
  const { ownership, platforms, osFrom, osBelow, supervised, tags } = wish.conditions
  return {
    include: selectionOf(wish.include, pathOf),
    exclude: selectionOf(wish.exclude, pathOf),
    conditions: {
      ...(ownership === undefined ? {} : { ownership }),
      ...(platforms === undefined ? {} : { platforms }),
      ...(osFrom === undefined ? {} : { osFrom }),
      ...(osBelow === undefined ? {} : { osBelow }),
      ...(supervised === undefined ? {} : { supervised }),
      ...(tags === undefined ? {} : { tags }),
    },
  }
}

function selectionOf(wish: ScopeWish['include'], pathOf: ReadonlyMap<string, string>): Selection {
  const { groups, tags, users, devices } = wish
  // A unit that is gone must stay a unit that matches nothing: an include that has become empty would mean everything.
  const units = wish.units.map(({ unit, below }) => ({ path: pathOf.get(unit) ?? `/${unit}-gone/`, below }))
  return { units, groups, tags, users, devices }
}
