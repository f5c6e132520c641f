import { z } from 'zod'
import { may } from '../../base/authority.ts'
import type { Scope } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { type Call, type Route, servedRoute } from '../../base/route.ts'
import { type AssignmentState, demandScope, scopeOf, shapes as blueprintShapes } from '../blueprints/index.ts'
import { unitFor, visibleUnits } from '../identity/index.ts'
import { policyFor } from '../policies/index.ts'
import { countReached, coverageOf } from './counting.ts'
import { deviceRef as deviceShape } from './shapes.ts'
import { deviceRef, userNames } from './shown.ts'
import { snapshot } from './snapshot.ts'
import { seeing } from './target.ts'

const { scopeShape, windowShape, everything, always } = blueprintShapes
const byId = z.object({ id: z.string().max(40) })

function scopeFor(call: Call): Scope {
  if (!call.principal) throw new Problem('session.missing')
  return { ...call.principal, request: call.request }
}

/** Numbers of devices: how many a scope means, and what those of a policy make of it. */
export const countRoutes: readonly Route[] = [
  servedRoute({
    method: 'POST',
    path: '/api/v1/scopes/count',
    permission: 'policies:read',
    summary: 'How many devices and people a scope below a unit means now, with a few of them. Saves nothing.',
    body: z.strictObject({
      unit: z.string().max(40),
      scope: scopeShape.default(everything),
      window: windowShape.default(always),
    }),
    reply: z.object({
      devices: z.number(),
      people: z.number().nullable(),
      /** False where there are too many to look at each: the numbers leave out excludes, groups, users and tags. */
      exact: z.boolean(),
      sample: z.array(deviceShape),
    }),
    serve: async (base, { body }, call) => {
      const scope = scopeFor(call)
      const anchor = await base.read(scope, async ctx => {
        const unit = await unitFor(ctx, body.unit, 'policies:read')
        // A number would tell who is in a group that the reader may not see.
        await demandScope(ctx, body.scope, null)
        return unit.path
      })
      const pathOf = await base.read(
        seeing(scope.org),
        async ctx => new Map((await visibleUnits(ctx)).map(u => [String(u.id), u.path])),
      )
      const now = base.clock.now()
      const at = body.window.from === null ? now : Math.max(now, body.window.from)
      const { until } = body.window
      const one: AssignmentState = {
        id: '',
        blueprint: '',
        anchor,
        scope: scopeOf(body.scope, pathOf),
        from: null,
        until,
        enabled: true,
      }
      const { sample, ...count } = await countReached(base, scope.org, { assignments: [one], at })
      return base.read(scope, async ctx => {
        const seen = sample.filter(t => may(ctx.authority, 'devices:read', t.path))
        const users = await userNames(ctx, new Map(seen.map(t => [t.id, t])))
        return { body: { ...count, sample: seen.map(t => deviceRef(t, users)) } }
      })
    },
  }),
  servedRoute({
    method: 'GET',
    path: '/api/v1/policies/:id/coverage',
    permission: 'policies:read',
    summary: 'What the real devices that a policy reaches make of it, by platform: all of it, parts of it, or why not.',
    params: byId,
    reply: z.object({
      devices: z.number(),
      exact: z.boolean(),
      platforms: z.array(
        z.object({
          platform: z.string(),
          /** By which road they are held and in which mode, where that makes a difference. */
          road: z.string().nullable(),
          mode: z.string().nullable(),
          devices: z.number(),
          full: z.number(),
          partly: z.number(),
          not: z.number(),
          gaps: z.array(z.object({ reason: z.string(), devices: z.number(), keys: z.array(z.string()) })),
        }),
      ),
    }),
    serve: async (base, { params: { id } }, call) => {
      const scope = scopeFor(call)
      await base.read(scope, ctx => policyFor(ctx, id, 'policies:read'))
      const state = await snapshot(base, scope.org)
      return { body: await coverageOf(base, scope.org, { state, policy: id, at: base.clock.now() }) }
    },
  }),
]
