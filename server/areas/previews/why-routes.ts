import { z } from 'zod'
import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { type Call, type Route, servedRoute } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import {
  type Explanation,
  explain,
  explainMissing,
  levels,
  type Missing,
  type OrgState,
  resolve,
} from '../blueprints/index.ts'
import * as devices from '../devices/index.ts'
import * as hours from '../hours/index.ts'
import { findPolicyKind, shapes } from '../policies/index.ts'
import { mayKnow, namedContribution, type Naming, namingFor } from './naming.ts'
import { snapshot } from './snapshot.ts'
import { type NamedTarget, targetOf } from './target.ts'

const byId = z.object({ id: z.string().max(40) })
const ref = shapes.nameRef
const miss = z.object({ why: z.string(), asked: z.string().nullable(), is: z.string().nullable() })
const standing = z
  .object({ rollout: z.string(), from: z.number(), to: z.number(), percent: z.number(), share: z.number() })
  .nullable()
const contribution = {
  policy: ref,
  version: z.number(),
  blueprint: ref,
  assignment: z.string(),
  /** The unit the assignment hangs on; null: one that you may not see. */
  anchor: ref.nullable(),
  /** The nearest that matched; without a name where you may not see it. */
  reach: z.object({ level: z.enum(levels), by: z.string().nullable(), name: z.string().nullable() }),
  through: z.union([z.object({ rollout: z.string() }), z.object({ trial: z.string() })]).nullable(),
}

const whyShape = z.object({
  item: z.string(),
  kind: z.string(),
  key: z.string().nullable(),
  /** Absent where nothing that reaches the device says anything. */
  value: shapes.value.optional(),
  decided: z.enum(['only', 'nearest', 'same', 'strictest', 'union']).nullable(),
  /** Of what counts only at times: whether it does now, and why. */
  time: hours.shapes.phase.nullable(),
  rule: z.string().nullable(),
  /** Everything that was said, nearest first, and what became of it. */
  chain: z.array(
    z.object({
      ...contribution,
      value: shapes.value.optional(),
      became: z.enum(['won', 'united', 'lost', 'silent']),
      standing,
    }),
  ),
  /** Policies that would speak about it, and why their assignments do not reach the device. */
  unheard: z.array(
    z.object({
      policy: ref,
      value: shapes.value,
      blueprint: ref,
      assignment: z.string(),
      anchor: ref.nullable(),
      miss,
    }),
  ),
})

const whyNotShape = z.object({
  why: z.enum(['unknown', 'in-no-blueprint', 'not-assigned', 'not-reached', 'reached']),
  policy: ref.nullable(),
  blueprints: z.array(ref),
  misses: z.array(z.object({ assignment: z.string(), anchor: ref.nullable(), blueprint: ref, miss })),
  item: z.string().nullable(),
  reached: z.object(contribution).nullable(),
  standing,
  /** Keys of it that do not count, because others win. */
  overridden: z.array(z.object({ key: z.string(), value: shapes.value, instead: shapes.value, by: z.array(ref) })),
})

interface Asked {
  ctx: Ctx
  state: OrgState
  target: NamedTarget
  naming: Naming
}

/** Opens a read about a device for a reader who may see both it and policies there. */
async function asking<T>(
  base: Base,
  call: Call,
  id: string,
  answer: (asked: Asked) => T | Promise<T>,
): Promise<{ body: T }> {
  if (!call.principal) throw new Problem('session.missing')
  const scope = { ...call.principal, request: call.request }
  const state = await snapshot(base, scope.org)
  return base.read(scope, async ctx => {
    const device = await devices.demanded(ctx, id, 'devices:read')
    demand(ctx.authority, 'policies:read', device.unitPath, 'devices:read')
    const target = await targetOf(ctx, id)
    return { body: await answer({ ctx, state, target, naming: await namingFor(ctx, state, target) }) }
  })
}

/** Why a device has what it has, and why it has not. */
export const whyRoutes: readonly Route[] = [
  servedRoute({
    method: 'GET',
    path: '/api/v1/devices/:id/policy/why',
    permission: 'policies:read',
    summary: 'Why a device has an item, or one key of it: who said what, which rule decided, and who was not heard.',
    params: byId,
    query: z.object({ item: z.string().max(400).default(''), key: z.string().max(300).optional() }),
    reply: whyShape,
    serve: (base, { params: { id }, query: { item, key } }, call) =>
      asking(base, call, id, async asked => {
        const ground = { state: asked.state, now: asked.ctx.now, kinds: findPolicyKind }
        return why(asked, explain(ground, asked.target, item, key ?? null), await timeOf(asked, item))
      }),
  }),
  servedRoute({
    method: 'GET',
    path: '/api/v1/devices/:id/policy/why-not',
    permission: 'policies:read',
    summary: 'Why a policy is not on a device, or how far it counts there.',
    params: byId,
    query: z.object({ policy: z.string().max(40).default('') }),
    reply: whyNotShape,
    serve: (base, { params: { id }, query: { policy } }, call) =>
      asking(base, call, id, asked => {
        const ground = { state: asked.state, now: asked.ctx.now, kinds: findPolicyKind }
        const missing = explainMissing(ground, asked.target, policy)
        const known = missing.why === 'reached' || mayKnow(asked.ctx, asked.state, policy)
        return whyNot(asked.naming, known ? missing : { why: 'unknown' }, policy)
      }),
  }),
]

/** Whether an item counts now, for the kind that counts only outside working time. */
async function timeOf({ ctx, state, target }: Asked, item: string): Promise<Time> {
  if (item !== hours.workTimeKind) return null
  const { items } = resolve(state, target, ctx.now, findPolicyKind)
  const value = items.find(i => i.kind === hours.workTimeKind)?.value
  if (value === undefined) return null
  const phase = (await hours.phasesOf(ctx, [{ place: target, value }])).get(target.id)
  return phase === undefined ? null : hours.shownPhase(phase)
}

type Time = z.input<typeof whyShape>['time']

function why({ ctx, state, naming }: Asked, found: Explanation, time: Time): z.input<typeof whyShape> {
  const { item, kind, key, value, decided, rule, chain, unheard } = found
  return {
    item,
    kind,
    key,
    ...(value === undefined ? {} : { value }),
    decided,
    time,
    rule: rule?.rule ?? null,
    chain: chain.map(link => ({
      ...namedContribution(naming, link),
      ...(link.value === undefined ? {} : { value: link.value }),
      became: link.became,
      standing: link.standing ?? null,
    })),
    unheard: unheard
      .filter(u => mayKnow(ctx, state, u.policy))
      .map(u => ({
        policy: naming.policy(u.policy),
        value: u.value,
        blueprint: naming.blueprint(u.blueprint),
        assignment: u.assignment,
        anchor: naming.anchor(u.assignment),
        miss: naming.miss(u.miss),
      })),
  }
}

function whyNot(naming: Naming, missing: Missing, policy: string): z.input<typeof whyNotShape> {
  const none = { blueprints: [], misses: [], item: null, reached: null, standing: null, overridden: [] }
  const answer = { ...none, why: missing.why, policy: missing.why === 'unknown' ? null : naming.policy(policy) }
  if (missing.why === 'not-assigned') return { ...answer, blueprints: missing.blueprints.map(naming.blueprint) }
  if (missing.why === 'not-reached')
    return {
      ...answer,
      misses: missing.misses.map(m => ({
        assignment: m.assignment,
        anchor: naming.anchor(m.assignment),
        blueprint: naming.blueprint(m.blueprint),
        miss: naming.miss(m.miss),
      })),
    }
  if (missing.why !== 'reached') return answer
  return {
    ...answer,
    item: missing.item,
    reached: namedContribution(naming, missing.contribution),
    standing: missing.standing,
    overridden: missing.overridden.map(o => ({ ...o, by: o.by.map(naming.policy) })),
  }
}
