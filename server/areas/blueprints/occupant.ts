import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { isId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import type { Occupant } from '../identity/index.ts'
import type { PolicyUse } from '../policies/index.ts'
import * as assignments from './assignment-store.ts'
import * as store from './blueprint-store.ts'

/** What identity asks of the blueprints that hang on its units. The policies' occupant makes the new revision. */
export const occupant: Occupant = {
  noun: 'blueprints',
  moved: store.movePaths,
  hangsOn: store.anyOnUnit,
  namesOf: (ctx, ids) =>
    store.namesOf(
      ctx,
      ids.filter(id => isId('blueprint', id)),
    ),
}

/** The same of assignments. They name units by id, so a move needs nothing; users and devices that go leave a name behind that matches nothing. */
export const assignmentOccupant: Occupant = {
  noun: 'assignments',
  moved: async () => {},
  hangsOn: assignments.anyOnUnit,
  usesGroup: assignments.anyNaming,
}

/** What the policies area asks of blueprints. */
export const policyUse: PolicyUse = {
  usedBy: async (ctx, ids) => {
    const by = new Map<string, { id: string; name: string }[]>()
    for (const { policy, id, name, unit_path } of await store.holding(ctx, ids)) {
      const seen = may(ctx.authority, 'policies:read', unit_path)
      by.set(policy, [...(by.get(policy) ?? []), { id: seen ? id : '', name: seen ? name : '' }])
    }
    return by
  },
  moves: async (ctx: Ctx, policy: string, path: string) => {
    for (const { unit_path, name } of await store.holding(ctx, [policy]))
      if (!unit_path.startsWith(path)) throw new Problem('blueprint.policy-elsewhere', { policy: name })
  },
}
