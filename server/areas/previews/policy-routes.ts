import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { type Route, servedRoute } from '../../base/route.ts'
import * as policies from '../policies/index.ts'
import * as rollouts from '../rollouts/index.ts'
import { preview } from './shapes.ts'
import { carryOut, type Written } from './write.ts'
import { asWish, dryRun, wish } from './wish.ts'

const { shapes } = policies
const byId = z.object({ id: z.string().max(40) })
const finding = z.array(shapes.finding)
const reply = z.object({
  policy: shapes.policyRow.nullable(),
  /** What the kind remarks about the value; errors refuse. */
  findings: finding,
  preview,
})

/** How a version goes out in waves. */
const rolloutShape = z.strictObject({
  waves: z.array(z.number().min(1).max(100)).min(1).max(10).default([5, 25, 100]),
  watchMinutes: z
    .number()
    .min(1)
    .max(7 * 24 * 60)
    .default(60),
  stopAbovePercentFailed: z.number().min(0).max(100).default(2),
  minHeardPercent: z.number().min(0).max(100).default(50),
})

/** A policy as it is answered, with its path for the log. */
interface Made {
  policy: z.input<typeof shapes.policyRow>
  findings: z.input<typeof finding>
  path: string
}

async function made(ctx: Ctx, { policy, findings }: policies.Kept): Promise<Made> {
  return { policy: await policies.shownPolicy(ctx, policy), findings: [...findings], path: policy.unitPath }
}

const about = ({ policy, path }: Made) => ({ kind: 'policy', id: policy.id, path })

const answer = ({ written, preview: shown }: Written<Made>, status: number) => ({
  status: written === null ? 200 : status,
  body: { policy: written?.policy ?? null, findings: written?.findings ?? [], preview: shown },
})

const create: Route = servedRoute({
  method: 'POST',
  path: '/api/v1/policies',
  permission: 'policies:write',
  summary: 'Makes a policy with its first version. It reaches nobody until a blueprint that is assigned holds it.',
  query: dryRun,
  body: z.strictObject({
    kind: z.string().max(200),
    name: shapes.name,
    description: shapes.description.optional(),
    unit: z.string().max(40),
    value: shapes.value,
    note: shapes.note.optional(),
  }),
  bodyLimit: shapes.valueLimit,
  reply,
  status: 201,
  serve: async (base, { query, body: { description, note, ...body } }, call) => {
    const policy = {
      ...body,
      ...(description === undefined ? {} : { description }),
      ...(note === undefined ? {} : { note }),
    }
    const run = async (ctx: Ctx): Promise<Made> => made(ctx, await policies.createPolicy(ctx, policy))
    return answer(await carryOut({ base, route: create, call }, body, asWish(query), { run, about }), 201)
  },
})

const change: Route = servedRoute({
  method: 'PATCH',
  path: '/api/v1/policies/:id',
  permission: 'policies:write',
  summary: 'Renames a policy, describes it, or moves it to another unit. What it says is changed by a new version.',
  params: byId,
  query: dryRun,
  body: z.strictObject({
    name: shapes.name.optional(),
    description: shapes.description.optional(),
    unit: z.string().max(40).optional(),
    ...wish,
  }),
  reply,
  serve: async (base, { params: { id }, query, body: { override, confirm, ...fields } }, call) => {
    const run = async (ctx: Ctx): Promise<Made> =>
      made(ctx, { policy: await policies.changePolicy(ctx, id, fields), findings: [] })
    const asked = asWish(query, { override, confirm })
    return answer(await carryOut({ base, route: change, call }, [id, fields], asked, { run, about }), 200)
  },
})

const archive: Route = servedRoute({
  method: 'DELETE',
  path: '/api/v1/policies/:id',
  permission: 'policies:write',
  summary: 'Archives a policy that no blueprint holds. Its versions stay for the log.',
  params: byId,
  query: dryRun,
  reply,
  serve: async (base, { params: { id }, query }, call) => {
    const run = async (ctx: Ctx): Promise<Made> => {
      await policies.archivePolicy(ctx, id)
      return made(ctx, { policy: await policies.getPolicy(ctx, id), findings: [] })
    }
    return answer(await carryOut({ base, route: archive, call }, [id], asWish(query), { run, about }), 200)
  },
})

const save: Route = servedRoute({
  method: 'POST',
  path: '/api/v1/policies/:id/versions',
  permission: 'policies:write',
  summary:
    'Saves a new version of a policy. base is the version you began from: when someone saved another since, it is refused.',
  params: byId,
  query: dryRun,
  body: z.strictObject({
    value: shapes.value,
    note: shapes.note.optional(),
    base: z.number().int().min(1).optional(),
    rollout: rolloutShape.optional(),
    ...wish,
  }),
  bodyLimit: shapes.valueLimit,
  reply,
  status: 201,
  serve: async (base, { params: { id }, query, body: { override, confirm, rollout, ...version } }, call) => {
    const run = async (ctx: Ctx): Promise<Made> => {
      await rollouts.demandNone(ctx, id)
      return made(ctx, await policies.saveVersion(ctx, id, version))
    }
    // The preview is of the whole way; the waves decide when it is gone.
    const andThen = async (ctx: Ctx): Promise<void> => {
      if (rollout) await beginRollout(ctx, id, rollout)
    }
    const asked = asWish(query, { override, confirm })
    return answer(await carryOut({ base, route: save, call }, [id, version], asked, { run, andThen, about }), 201)
  },
})

const rollBack: Route = servedRoute({
  method: 'POST',
  path: '/api/v1/policies/:id/rollback',
  permission: 'policies:write',
  summary: 'Makes what an earlier version said the newest version.',
  params: byId,
  query: dryRun,
  body: z.strictObject({
    version: z.number().int().min(1),
    note: shapes.note.optional(),
    base: z.number().int().min(1).optional(),
    ...wish,
  }),
  reply,
  status: 201,
  serve: async (base, { params: { id }, query, body: { override, confirm, ...version } }, call) => {
    const run = async (ctx: Ctx): Promise<Made> => {
      await rollouts.demandNone(ctx, id)
      return made(ctx, await policies.rollBack(ctx, id, version))
    }
    const asked = asWish(query, { override, confirm })
    return answer(await carryOut({ base, route: rollBack, call }, [id, version], asked, { run, about }), 201)
  },
})

async function beginRollout(ctx: Ctx, id: string, wanted: z.output<typeof rolloutShape>): Promise<void> {
  const policy = await policies.getPolicy(ctx, id)
  const { waves, watchMinutes, stopAbovePercentFailed, minHeardPercent } = wanted
  const terms = {
    waves,
    watchMs: watchMinutes * 60_000,
    stopAbovePercent: stopAbovePercentFailed,
    minHeardPercent,
  }
  await rollouts.begin(ctx, { policy, from: policy.version - 1, to: policy.version, terms })
}

/** Writes of policies. */
export const policyRoutes: readonly Route[] = [create, change, archive, save, rollBack]
