import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { type About, record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { fold, searchable } from '../../base/text.ts'
import { unitFor } from '../identity/index.ts'
import { policyEvents } from './events.ts'
import type { Finding, Json } from './kind.ts'
import { bumpRevision } from './revision-store.ts'
import { demandSecrets, sealIn } from './secret.ts'
import * as store from './store.ts'
import { demandMove, usedBy } from './uses.ts'
import { kindOf, soundIn } from './value.ts'

/** Versioned intent about how a device should be. What it says is in its versions. */
export interface Policy {
  id: Id<'policy'>
  kind: string
  name: string
  description: string
  unit: string
  unitPath: string
  /** The newest version. */
  version: number
  createdAt: number
  updatedAt: number
  updatedBy: { kind: string; id: string | null }
  archivedAt: number | null
}

/** A policy with what the kind remarks about its value. */
export interface Kept {
  policy: Policy
  findings: readonly Finding[]
}

/** The policy with this id, archived or not; whether the actor may see it is the caller's question. */
export async function getPolicy(ctx: Ctx, id: string): Promise<Policy> {
  const row = await store.findPolicy(ctx, id)
  if (!row) throw new Problem('id.unknown')
  return toPolicy(row)
}

/** The policy, where the actor holds the permission; as if it did not exist where they may not see it, or when it is archived. */
export async function policyFor(ctx: Ctx, id: string, permission: string): Promise<Policy> {
  const policy = await getPolicy(ctx, id)
  demand(ctx.authority, permission, policy.unitPath, 'policies:read')
  if (policy.archivedAt !== null && permission !== 'policies:read') throw new Problem('policy.archived')
  return policy
}

/** Makes a policy with its first version on a unit. Refuses a value that its kind finds wrong, and a name that another policy bears. */
export async function createPolicy(
  ctx: Ctx,
  wish: { kind: string; name: string; description?: string; unit: string; value: Json; note?: string },
): Promise<Kept> {
  const unit = await unitFor(ctx, wish.unit, 'policies:write')
  kindOf(wish.kind)
  const value = await sealIn(ctx, { unit: unit.id, name: wish.name }, wish.value)
  const findings = await soundIn(ctx, wish.kind, value)
  await demandSecrets(ctx, value, null)
  const policy: Policy = {
    id: newId('policy'),
    kind: wish.kind,
    name: wish.name,
    description: wish.description ?? '',
    unit: unit.id,
    unitPath: unit.path,
    version: 1,
    createdAt: ctx.now,
    updatedAt: ctx.now,
    updatedBy: by(ctx),
    archivedAt: null,
  }
  await put(ctx, policy)
  await putVersion(ctx, policy, { value, note: wish.note ?? '' })
  await record(ctx, policyEvents.added, about(policy), { name: policy.name, kind: policy.kind })
  return { policy, findings }
}

/** Changes what a policy is called and which unit's admins own it; not what it says. */
export async function changePolicy(
  ctx: Ctx,
  id: string,
  change: { name?: string | undefined; description?: string | undefined; unit?: string | undefined },
): Promise<Policy> {
  const before = await policyFor(ctx, id, 'policies:write')
  const moves = change.unit !== undefined && change.unit !== before.unit
  const unit = moves ? await unitFor(ctx, change.unit ?? '', 'policies:write') : null
  if (unit) await demandMove(ctx, id, unit.path)
  const after: Policy = {
    ...before,
    name: change.name ?? before.name,
    description: change.description ?? before.description,
    ...(unit ? { unit: unit.id, unitPath: unit.path } : {}),
  }
  const fields = (['name', 'description', 'unit'] as const).filter(f => before[f] !== after[f])
  if (fields.length === 0) return before
  const stamped = { ...after, updatedAt: ctx.now, updatedBy: by(ctx) }
  await put(ctx, stamped)
  await record(ctx, policyEvents.changed, about(stamped), { name: stamped.name, fields })
  // Those who see only the unit it left must learn that it left.
  if (!stamped.unitPath.startsWith(before.unitPath))
    await record(ctx, policyEvents.changed, about(before), { name: stamped.name, fields })
  return stamped
}

/** Puts a policy away: its versions stay for the log. Refused while a blueprint holds it. */
export async function archivePolicy(ctx: Ctx, id: string): Promise<void> {
  const policy = await policyFor(ctx, id, 'policies:write')
  const users = (await usedBy(ctx, [id])).get(id) ?? []
  if (users.length > 0) throw new Problem('policy.in-use', { blueprints: users.map(u => u.name) })
  await put(ctx, { ...policy, archivedAt: ctx.now, updatedAt: ctx.now, updatedBy: by(ctx) })
  await record(ctx, policyEvents.archived, about(policy), { name: policy.name })
}

/** Stores a version and that it is the newest. For `version.ts`. */
export async function putVersion(
  ctx: Ctx,
  policy: Policy,
  { value, note }: { value: Json; note: string },
): Promise<void> {
  const { kind: by_kind, id: by_id } = by(ctx)
  const row = { org: ctx.org, policy: policy.id, version: policy.version, value: JSON.stringify(value) }
  await store.addVersion(ctx, { ...row, note, by_kind, by_id, at: ctx.now })
}

/** Stores a policy; no two that are not archived bear one name. */
export async function put(ctx: Ctx, policy: Policy): Promise<void> {
  const nameKey = fold(policy.name)
  const other = policy.archivedAt === null ? await store.policyNamed(ctx, nameKey) : undefined
  if (other !== undefined && other !== policy.id) throw new Problem('policy.name-taken')
  await store.putPolicy(ctx, {
    org: ctx.org,
    id: policy.id,
    kind: policy.kind,
    name: policy.name,
    name_key: nameKey,
    description: policy.description,
    unit: policy.unit,
    unit_path: policy.unitPath,
    version: policy.version,
    search: searchable(`${policy.name} ${policy.kind} ${policy.description}`),
    created_at: policy.createdAt,
    updated_at: policy.updatedAt,
    updated_by_kind: policy.updatedBy.kind,
    updated_by_id: policy.updatedBy.id,
    archived_at: policy.archivedAt,
  })
  await bumpRevision(ctx)
}

/** Who writes, as rows keep it. */
export function by(ctx: Ctx): { kind: string; id: string | null } {
  return { kind: ctx.actor.kind, id: ctx.actor.id }
}

/** What events about a policy are about. */
export function about(policy: Pick<Policy, 'id' | 'unitPath'>): About {
  return { kind: 'policy', id: policy.id, path: policy.unitPath }
}

/** A stored row as a policy. */
export function toPolicy(row: store.PolicyRow): Policy {
  return {
    id: row.id as Id<'policy'>,
    kind: row.kind,
    name: row.name,
    description: row.description,
    unit: row.unit,
    unitPath: row.unit_path,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    updatedBy: { kind: row.updated_by_kind, id: row.updated_by_id },
    archivedAt: row.archived_at,
  }
}
