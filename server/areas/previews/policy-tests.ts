import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { type About, record } from '../../base/events.ts'
import { newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { fold } from '../../base/text.ts'
import { demandScope, type Expectation, type shapes } from '../blueprints/index.ts'
import { unitFor } from '../identity/index.ts'
import { bumpRevision } from '../policies/index.ts'
import { testEvents } from './events.ts'
import { type PolicyTest, toTest } from './test-case.ts'
import * as store from './test-store.ts'
import { scopeOfFilter } from './where.ts'

/** Which devices a test speaks about: a filter, or a scope as of an assignment. */
export type Where = string | shapes.ScopeWish

const most = 500

/** The test, where the actor holds the permission; as if it did not exist where they may not see it. */
export async function testFor(ctx: Ctx, id: string, permission: string): Promise<PolicyTest> {
  const row = await store.findTest(ctx, id)
  if (!row) throw new Problem('id.unknown')
  demand(ctx.authority, permission, row.unit_path, 'policies:read')
  return toTest(row)
}

/** Makes a test on a unit: it speaks about devices of this unit and below. */
export async function addTest(
  ctx: Ctx,
  wish: { name: string; unit: string; where: Where; expect: Expectation },
): Promise<PolicyTest> {
  const unit = await unitFor(ctx, wish.unit, 'policies:write')
  if ((await store.allTests(ctx)).length >= most) throw new Problem('policy-test.too-many')
  const test: PolicyTest = {
    id: newId('test'),
    name: wish.name,
    unit: unit.id,
    unitPath: unit.path,
    ...(await scoped(ctx, wish.where, null)),
    expect: wish.expect,
    createdAt: ctx.now,
    updatedAt: ctx.now,
    last: null,
  }
  await put(ctx, test)
  await record(ctx, testEvents.added, about(test), { name: test.name })
  return test
}

/** Changes what a test is called, about whom it speaks, or what it expects. How it came out before is forgotten when it asks something else. */
export async function changeTest(
  ctx: Ctx,
  id: string,
  change: { name?: string | undefined; where?: Where | undefined; expect?: Expectation | undefined },
): Promise<PolicyTest> {
  const before = await testFor(ctx, id, 'policies:write')
  const asked = {
    ...(change.where === undefined ? {} : await scoped(ctx, change.where, before.scope)),
    ...(change.expect === undefined ? {} : { expect: change.expect }),
  }
  const after: PolicyTest = { ...before, ...asked, name: change.name ?? before.name }
  const same = (f: keyof PolicyTest): boolean => JSON.stringify(before[f]) === JSON.stringify(after[f])
  const fields = (['name', 'filter', 'scope', 'expect'] as const).filter(f => !same(f))
  if (fields.length === 0) return before
  const other = fields.some(f => f === 'scope' || f === 'expect')
  const stamped = { ...after, updatedAt: ctx.now, last: other ? null : before.last }
  await put(ctx, stamped)
  await record(ctx, testEvents.changed, about(stamped), { name: stamped.name, fields })
  return stamped
}

/** Forgets a test. */
export async function removeTest(ctx: Ctx, id: string): Promise<void> {
  const test = await testFor(ctx, id, 'policies:write')
  await store.removeTest(ctx, id)
  await bumpRevision(ctx)
  await record(ctx, testEvents.removed, about(test), { name: test.name })
}

async function scoped(
  ctx: Ctx,
  where: Where,
  before: shapes.ScopeWish | null,
): Promise<Pick<PolicyTest, 'filter' | 'scope'>> {
  const written = typeof where === 'string'
  const scope = written ? await scopeOfFilter(ctx, where) : where
  await demandScope(ctx, scope, before)
  return { filter: written ? where : '', scope }
}

async function put(ctx: Ctx, test: PolicyTest): Promise<void> {
  const nameKey = fold(test.name)
  const other = await store.testNamed(ctx, nameKey)
  if (other !== undefined && other !== test.id) throw new Problem('policy-test.name-taken')
  await store.putTest(ctx, {
    org: ctx.org,
    id: test.id,
    name: test.name,
    name_key: nameKey,
    unit: test.unit,
    unit_path: test.unitPath,
    filter: test.filter,
    scope: JSON.stringify(test.scope),
    expect: JSON.stringify(test.expect),
    created_at: test.createdAt,
    updated_at: test.updatedAt,
    ran_at: test.last?.at ?? null,
    ran_devices: test.last?.devices ?? null,
    ran_failing: test.last?.failing ?? null,
  })
  // A preview of the present revision is taken for a save, and this test had no say in it.
  await bumpRevision(ctx)
}

function about(test: PolicyTest): About {
  return { kind: 'policyTest', id: test.id, path: test.unitPath }
}
