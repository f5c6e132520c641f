import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { adminFor, demandOwner } from './admin.ts'
import * as store from './admin-store.ts'
import { accessEvents } from './events.ts'
import { demandCovering, putGrant } from './grant.ts'
import { endWait } from './key.ts'
import type { Role } from './permissions.ts'
import { type Power, restrained } from './power.ts'
import { findUnit } from './store.ts'
import * as units from './unit.ts'

/** Gives an admin a role on a unit; or answers what that waits for. */
export async function addGrant(
  ctx: Ctx,
  id: string,
  role: Role,
  unitId: string,
): Promise<{ id: Id<'grant'> | null; held: Id<'intent'> | null }> {
  const admin = await adminFor(ctx, id)
  const unit = await units.unitFor(ctx, unitId, 'admins:write')
  demandCovering(ctx, role, unit.path)
  const held = await store.listGrants(ctx, id)
  if (held.some(g => g.role === role && g.unit.id === unit.id)) throw new Problem('grant.exists')
  const power = { kind: 'grant', admin: admin.id, name: admin.name, role, unit } as const
  const waits = await restrained(ctx, power)
  return waits === null ? { id: await give(ctx, power), held: null } : { id: null, held: waits }
}

/** Gives power whose time has come. Nothing where its holder or unit is gone by now, or it is held already. */
export async function givePower(ctx: Ctx, power: Power): Promise<void> {
  if (power.kind === 'key') return endWait(ctx, power.key)
  const admin = await store.findAdmin(ctx, power.admin)
  const unit = await findUnit(ctx, power.unit.id)
  if (!admin || !unit) return
  if (!(await store.holdsGrant(ctx, { admin: power.admin, role: power.role, unit: unit.id })))
    await give(ctx, { ...power, unit })
}

async function give(ctx: Ctx, { admin, role, unit }: Extract<Power, { kind: 'grant' }>): Promise<Id<'grant'>> {
  const grant = await putGrant(ctx, admin, role, unit.id)
  const about = { kind: 'admin', id: admin, path: unit.path }
  await record(ctx, accessEvents.granted, about, { role, unit: unit.id, unitName: unit.name })
  return grant
}

/** Takes a role from an admin; it ends with their next request. */
export async function removeGrant(ctx: Ctx, id: string, grantId: string): Promise<void> {
  const admin = await adminFor(ctx, id)
  const grant = admin.grants.find(g => g.id === grantId)
  if (!grant || !may(ctx.authority, 'admins:read', grant.unit.path)) throw new Problem('id.unknown')
  if (!may(ctx.authority, 'admins:write', grant.unit.path))
    throw new Problem('permission.missing', { permission: 'admins:write' })
  demandCovering(ctx, grant.role, grant.unit.path)
  await store.removeGrant(ctx, grantId)
  await demandOwner(ctx, admin)
  const about = { kind: 'admin', id, path: grant.unit.path }
  await record(ctx, accessEvents.grantRemoved, about, {
    role: grant.role,
    unit: grant.unit.id,
    unitName: grant.unit.name,
  })
}
