import { type Authority, authorityOf, may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { type Id, newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import * as store from './admin-store.ts'
import { permissionsOf } from './permissions.ts'

/** A role of an admin on a unit and all below it. */
export interface Grant {
  id: Id<'grant'>
  admin: Id<'admin'>
  role: string
  /** Since when. */
  since: number
  unit: { id: Id<'unit'>; name: string; path: string }
}

/** What these grants permit together. */
export function authorityFrom(grants: readonly Pick<Grant, 'role' | 'unit'>[]): Authority {
  return authorityOf(grants.map(g => ({ permissions: permissionsOf(g.role), path: g.unit.path })))
}

/** Whether the actor holds everything this role would give on the unit: nobody hands out more than they hold. */
export function covers(authority: Authority, role: string, path: string): boolean {
  return permissionsOf(role).every(p => may(authority, p, path))
}

/** Refuses to hand out, or to touch the holder of, more than the actor holds. */
export function demandCovering(ctx: Ctx, role: string, path: string): void {
  if (!covers(ctx.authority, role, path)) throw new Problem('role.exceeds-own', { role })
}

/** Stores a grant; what it may exceed was asked before. */
export async function putGrant(ctx: Ctx, admin: Id<'admin'>, role: string, unit: Id<'unit'>): Promise<Id<'grant'>> {
  const id = newId('grant')
  await store.putGrant(ctx, { org: ctx.org, id, admin, role, unit, created_at: ctx.now })
  return id
}
