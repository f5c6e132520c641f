import type { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { compileFilter, type Fields } from '../../base/filter.ts'
import { type ListQuery, readPage, type Sorts } from '../../base/page.ts'
import { namesOf, unitPaths, unitRefs } from '../identity/index.ts'
import { type Policy, policyFor, toPolicy } from './policy.ts'
import type { policyRow, secretRow, versionRow } from './shapes.ts'
import * as secrets from './secret-store.ts'
import { type Secret, toSecret } from './secret.ts'
import * as store from './store.ts'
import { countsOf, rolloutsOf, usedBy } from './uses.ts'
import { toVersion } from './version.ts'

type Row = z.input<typeof policyRow>
type Listed<T> = { items: T[]; next: string | null; total: number | null }

const sorts: Sorts = {
  list: 'policies',
  id: 'id',
  default: 'name',
  columns: {
    name: { column: 'name_key', type: 'text' },
    kind: { column: 'kind', type: 'text' },
    updatedAt: { column: 'updated_at', type: 'number' },
  },
}

const fields: Fields = {
  words: ['search'],
  fields: {
    name: { kind: 'text', column: 'name_key', folded: true },
    kind: { kind: 'set', column: 'kind' },
    unit: { kind: 'unit', column: 'unit_path' },
    updated: { kind: 'instant', column: 'updated_at' },
  },
}

/** One page of the policies the reader may see that match. */
export async function listPolicies(ctx: Ctx, query: ListQuery): Promise<Listed<Row>> {
  const page = readPage(ctx.org, query, sorts)
  const filter = await compileFilter(query.filter, fields, {
    now: ctx.now,
    unitPaths: text => unitPaths(ctx, text),
  })
  const paths = ctx.authority.where('policies:read')
  const { items, next } = await store.listPolicies(ctx, paths, page, filter)
  return {
    items: await shown(ctx, items.map(toPolicy)),
    next,
    total: await store.countPolicies(ctx, paths, filter),
  }
}

/** A policy as lists show it. */
export async function shownPolicy(ctx: Ctx, policy: Policy): Promise<Row> {
  const [row] = await shown(ctx, [policy])
  if (!row) throw new Error('a policy has a row')
  return row
}

async function shown(ctx: Ctx, policies: readonly Policy[]): Promise<Row[]> {
  const ids = policies.map(p => p.id)
  const unit = await unitRefs(ctx)
  const names = await namesOf(
    ctx,
    policies.flatMap(p => p.updatedBy.id ?? []),
  )
  const [users, counts, rollouts] = [await usedBy(ctx, ids), await countsOf(ctx, ids), await rolloutsOf(ctx, ids)]
  return policies.map(p => ({
    ...p,
    unit: unit(p.unit),
    updatedBy: { ...p.updatedBy, name: names.get(p.updatedBy.id ?? '') ?? null },
    usedBy: [...(users.get(p.id) ?? [])],
    devices: counts.get(p.id) ?? null,
    rollout: rollouts.get(p.id) ?? null,
  }))
}

const versionSorts: Sorts = {
  list: 'policy-versions',
  id: 'version',
  default: '-version',
  columns: { version: { column: 'version', type: 'number' } },
}

/** One page of the versions of a policy, newest first, without their values. */
export async function listVersions(
  ctx: Ctx,
  id: string,
  query: { cursor?: string | undefined; limit: number },
): Promise<Listed<z.input<typeof versionRow>>> {
  const policy = await policyFor(ctx, id, 'policies:read')
  const asked = query.cursor === undefined ? {} : { cursor: query.cursor }
  // The list is bound to its policy by the filter of its cursor.
  const page = readPage(ctx.org, { ...asked, limit: query.limit, filter: id }, versionSorts)
  const { items, next } = await store.listVersions(ctx, id, page)
  const names = await namesOf(
    ctx,
    items.flatMap(v => v.by_id ?? []),
  )
  return {
    items: items.map(v => ({
      ...toVersion(v),
      by: { kind: v.by_kind, id: v.by_id, name: names.get(v.by_id ?? '') ?? null },
    })),
    next,
    total: policy.version,
  }
}

const secretSorts: Sorts = {
  list: 'policy-secrets',
  id: 'id',
  default: 'name',
  columns: { name: { column: 'name', type: 'text' }, rotatedAt: { column: 'rotated_at', type: 'number' } },
}

/** One page of the secrets the reader may see, by name. */
export async function listSecrets(ctx: Ctx, query: ListQuery): Promise<Listed<z.input<typeof secretRow>>> {
  const page = readPage(ctx.org, query, secretSorts)
  const { items, next } = await secrets.listSecrets(ctx, ctx.authority.where('policies:read'), page)
  const unit = await unitRefs(ctx)
  return { items: items.map(s => ({ ...toSecret(s), unit: unit(s.unit) })), next, total: null }
}

/** A secret as lists show it. */
export async function shownSecret(ctx: Ctx, secret: Secret): Promise<z.input<typeof secretRow>> {
  return { ...secret, unit: (await unitRefs(ctx))(secret.unit) }
}
