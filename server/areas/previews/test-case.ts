import type { Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import { type Assertion, type Expectation, scopeOf, type shapes } from '../blueprints/index.ts'
import { visibleUnits } from '../identity/index.ts'
import * as store from './test-store.ts'

/** A policy test: an assertion about what devices end up with, tried before every save. */
export interface PolicyTest {
  id: Id<'test'>
  name: string
  unit: string
  unitPath: string
  /** The filter it was written as; '' when it was written as a scope. */
  filter: string
  scope: shapes.ScopeWish
  expect: Expectation
  createdAt: number
  updatedAt: number
  /** The last run over every device it speaks about. */
  last: { at: number; devices: number; failing: number } | null
}

/** A test ready to be tried on devices. */
export interface TestCase extends Assertion {
  readonly id: string
  readonly name: string
}

/** Every test of the org ready to be tried. Tests are of the org like what they watch: who saves does not choose which are run. */
export async function testCases(ctx: Ctx): Promise<TestCase[]> {
  const rows = await store.allTests(ctx)
  return rows.length === 0 ? [] : casesOf(ctx, rows.map(toTest))
}

/** These tests ready to be tried. `ctx` sees the whole org. */
export async function casesOf(ctx: Ctx, tests: readonly PolicyTest[]): Promise<TestCase[]> {
  const pathOf = new Map((await visibleUnits(ctx)).map(u => [String(u.id), u.path]))
  return tests.map(({ id, name, unitPath, scope, expect }) => ({
    id,
    name,
    unit: unitPath,
    scope: scopeOf(scope, pathOf),
    expect,
  }))
}

/** A stored row as a test. */
export function toTest(row: store.TestRow): PolicyTest {
  const { ran_at: at, ran_devices: devices, ran_failing: failing } = row
  return {
    id: row.id as Id<'test'>,
    name: row.name,
    unit: row.unit,
    unitPath: row.unit_path,
    filter: row.filter,
    scope: JSON.parse(row.scope) as shapes.ScopeWish,
    expect: JSON.parse(row.expect) as Expectation,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    last: at === null ? null : { at, devices: devices ?? 0, failing: failing ?? 0 },
  }
}
