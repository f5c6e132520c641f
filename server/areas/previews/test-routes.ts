import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { type Route, route, servedRoute } from '../../base/route.ts'
import { type Expectation, shapes as blueprintShapes } from '../blueprints/index.ts'
import { unitRefs } from '../identity/index.ts'
import { shapes } from '../policies/index.ts'
import { addTest, changeTest, removeTest } from './policy-tests.ts'
import { runTests } from './run-tests.ts'
import { testResult } from './shapes.ts'
import { type PolicyTest, toTest } from './test-case.ts'
import { listTests } from './test-store.ts'

const byId = z.object({ id: z.string().max(40) })
const item = z.string().trim().min(1).max(300)
const key = z.string().min(1).max(300)
const bound = z.union([z.number(), z.string().max(40)])

/** An item that devices have, or a key of it that is as said; or an item, or a key, that they lack. */
const expectation = z.union([
  z.strictObject({ has: item, key, equals: shapes.value }),
  z.strictObject({ has: item, key, atLeast: bound }),
  z.strictObject({ has: item, key, atMost: bound }),
  z.strictObject({ has: item, key, oneOf: z.array(shapes.value).min(1).max(100) }),
  z.strictObject({ has: item }),
  z.strictObject({ lacks: item, key: key.optional() }),
])

const where = z.union([z.string().max(2000), blueprintShapes.scopeShape])

const testRow = z.object({
  id: z.string(),
  name: z.string(),
  unit: shapes.unitRef,
  /** The filter it was written as; '' when it was written as a scope. */
  where: z.string(),
  scope: blueprintShapes.scopeShape,
  expect: expectation,
  last: z.object({ at: z.number(), passed: z.boolean(), devices: z.number(), failing: z.number() }).nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
})

const run: Route = servedRoute({
  method: 'POST',
  path: '/api/v1/policy-tests/run',
  permission: 'policies:read',
  summary: 'Runs policy tests (all you may see, or those named) over every device they speak about.',
  body: z.strictObject({ tests: z.array(z.string().max(40)).min(1).max(500).optional() }),
  reply: z.object({ passed: z.boolean(), tests: z.array(testResult) }),
  serve: async (base, { body }, call) => {
    if (!call.principal) throw new Problem('session.missing')
    const scope = { ...call.principal, request: call.request }
    return { body: await runTests(base, scope, body.tests ?? null) }
  },
})

/** Policy tests: assertions about what devices end up with, tried before every save. */
export const testRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/policy-tests',
    permission: 'policies:read',
    summary: 'Policy tests, by name, with how their last run came out.',
    reply: z.object({ items: z.array(testRow) }),
    run: async ctx => {
      const rows = await listTests(ctx, ctx.authority.where('policies:read'))
      return { items: await shown(ctx, rows.map(toTest)) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/policy-tests',
    permission: 'policies:write',
    summary: 'Makes a policy test on a unit: what is expected of the devices there that a filter or scope means.',
    body: z.strictObject({
      name: shapes.name,
      unit: z.string().max(40),
      where: where.default(''),
      expect: expectation,
    }),
    reply: testRow,
    status: 201,
    run: async (ctx, { body: { expect, ...body } }) =>
      one(ctx, await addTest(ctx, { ...body, expect: expected(expect) })),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/policy-tests/:id',
    permission: 'policies:write',
    summary: 'Changes a policy test.',
    params: byId,
    body: z.strictObject({ name: shapes.name.optional(), where: where.optional(), expect: expectation.optional() }),
    reply: testRow,
    run: async (ctx, { params: { id }, body: { expect, ...body } }) =>
      one(ctx, await changeTest(ctx, id, { ...body, expect: expect && expected(expect) })),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/policy-tests/:id',
    permission: 'policies:write',
    summary: 'Forgets a policy test.',
    params: byId,
    run: async (ctx, { params: { id } }) => {
      await removeTest(ctx, id)
      return undefined
    },
  }),
  run,
]

/** An absent key is no key at all. */
function expected(said: z.output<typeof expectation>): Expectation {
  if (!('lacks' in said)) return said
  return said.key === undefined ? { lacks: said.lacks } : { lacks: said.lacks, key: said.key }
}

async function shown(ctx: Ctx, tests: readonly PolicyTest[]): Promise<z.input<typeof testRow>[]> {
  const unit = await unitRefs(ctx)
  return tests.map(({ unitPath: _, filter, expect, last, ...test }) => ({
    ...test,
    unit: unit(test.unit),
    where: filter,
    expect: reply(expect),
    last: last && { ...last, passed: last.failing === 0 },
  }))
}

async function one(ctx: Ctx, test: PolicyTest): Promise<z.input<typeof testRow>> {
  const [row] = await shown(ctx, [test])
  if (!row) throw new Error('a test has a row')
  return row
}

/** The same as JSON that may be written to. */
function reply(expect: Expectation): z.input<typeof expectation> {
  return expectation.parse(expect)
}
