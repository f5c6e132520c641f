import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { type Route, servedRoute } from '../../base/route.ts'
import * as blueprints from '../blueprints/index.ts'
import { shapes } from '../policies/index.ts'
import { preview } from './shapes.ts'
import { carryOut, type Written } from './write.ts'
import { asWish, dryRun, wish } from './wish.ts'

const byId = z.object({ id: z.string().max(40) })
const items = z.array(z.string().max(40)).max(500)
const reply = z.object({ blueprint: blueprints.shown.blueprintFull.nullable(), preview })

/** A blueprint as it is answered, with its path for the log. */
interface Made {
  blueprint: z.input<typeof blueprints.shown.blueprintFull>
  path: string
}

async function made(ctx: Ctx, blueprint: blueprints.Blueprint): Promise<Made> {
  return { blueprint: await blueprints.shownBlueprint(ctx, blueprint), path: blueprint.unitPath }
}

const about = ({ blueprint, path }: Made) => ({ kind: 'blueprint', id: blueprint.id, path })

const answer = ({ written, preview: shown }: Written<Made>, status: number) => ({
  status: written === null ? 200 : status,
  body: { blueprint: written?.blueprint ?? null, preview: shown },
})

const create: Route = servedRoute({
  method: 'POST',
  path: '/api/v1/blueprints',
  permission: 'policies:write',
  summary: 'Makes a blueprint, last in the order. It reaches nobody until it is assigned.',
  query: dryRun,
  body: z.strictObject({
    name: shapes.name,
    description: shapes.description.default(''),
    unit: z.string().max(40),
    items: items.default([]),
  }),
  reply,
  status: 201,
  serve: async (base, { query, body }, call) => {
    const run = async (ctx: Ctx): Promise<Made> => made(ctx, await blueprints.createBlueprint(ctx, body))
    return answer(await carryOut({ base, route: create, call }, body, asWish(query), { run, about }), 201)
  },
})

const change: Route = servedRoute({
  method: 'PATCH',
  path: '/api/v1/blueprints/:id',
  permission: 'policies:write',
  summary:
    'Changes a blueprint: its name, its policies and their order, its place in the order of all (from 1), its unit.',
  params: byId,
  query: dryRun,
  body: z.strictObject({
    name: shapes.name.optional(),
    description: shapes.description.optional(),
    unit: z.string().max(40).optional(),
    items: items.optional(),
    place: z.number().int().min(1).max(1_000_000).optional(),
    ...wish,
  }),
  reply,
  serve: async (base, { params: { id }, query, body: { override, confirm, ...fields } }, call) => {
    const run = async (ctx: Ctx): Promise<Made> => made(ctx, await blueprints.changeBlueprint(ctx, id, fields))
    const asked = asWish(query, { override, confirm })
    return answer(await carryOut({ base, route: change, call }, [id, fields], asked, { run, about }), 200)
  },
})

const remove: Route = servedRoute({
  method: 'DELETE',
  path: '/api/v1/blueprints/:id',
  permission: 'policies:write',
  summary: 'Takes back every assignment of a blueprint and forgets it. Its policies stay.',
  params: byId,
  query: dryRun.extend(wish),
  reply,
  serve: async (base, { params: { id }, query: { dryRun: dry, ...said } }, call) => {
    const run = async (ctx: Ctx): Promise<Made> => {
      const before = await made(ctx, await blueprints.blueprintFor(ctx, id, 'policies:write'))
      await blueprints.removeBlueprint(ctx, id)
      return before
    }
    return answer(
      await carryOut({ base, route: remove, call }, [id], asWish({ dryRun: dry }, said), { run, about }),
      200,
    )
  },
})

/** Writes of blueprints. */
export const blueprintRoutes: readonly Route[] = [create, change, remove]
