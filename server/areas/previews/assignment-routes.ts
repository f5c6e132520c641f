import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { type Route, servedRoute } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import * as blueprints from '../blueprints/index.ts'
import { preview } from './shapes.ts'
import { carryOut, type Written } from './write.ts'
import { asWish, dryRun, wish } from './wish.ts'

const { scopeShape, windowShape } = blueprints.shapes
const byId = z.object({ id: z.string().max(40) })
const reply = z.object({ assignment: blueprints.shown.assignmentRow.nullable(), preview })
const fields = z.strictObject({
  unit: z.string().max(40),
  scope: scopeShape.optional(),
  window: windowShape.optional(),
  enabled: z.boolean().optional(),
  ...wish,
})

/** An assignment as it is answered, with its path for the log. */
interface Made {
  assignment: z.input<typeof blueprints.shown.assignmentRow>
  path: string
}

async function made(ctx: Ctx, assignment: blueprints.Assignment): Promise<Made> {
  return { assignment: await blueprints.shownAssignment(ctx, assignment), path: assignment.unitPath }
}

const about = ({ assignment, path }: Made) => ({ kind: 'assignment', id: assignment.id, path })

const answer = ({ written, preview: shown }: Written<Made>, status: number) => ({
  status: written === null ? 200 : status,
  body: { assignment: written?.assignment ?? null, preview: shown },
})

/** An assignment that begins later is looked at as it will be then: now it would seem to do nothing. */
function beginning(base: Base, window: { from: number | null } | undefined): { at?: number } {
  const from = window?.from ?? null
  return from !== null && from > base.clock.now() ? { at: from } : {}
}

const add: Route = servedRoute({
  method: 'POST',
  path: '/api/v1/blueprints/:id/assignments',
  permission: 'policies:write',
  summary:
    'Assigns a blueprint to a unit with everything below it, or to what the scope says of it: include, exclude, conditions, a window of time.',
  params: byId,
  query: dryRun,
  body: fields,
  reply,
  status: 201,
  serve: async (base, { params: { id }, query, body: { override, confirm, ...body } }, call) => {
    const run = async (ctx: Ctx): Promise<Made> => made(ctx, await blueprints.addAssignment(ctx, id, body))
    const write = { run, about, ...beginning(base, body.window) }
    const asked = asWish(query, { override, confirm })
    return answer(await carryOut({ base, route: add, call }, [id, body], asked, write), 201)
  },
})

const change: Route = servedRoute({
  method: 'PATCH',
  path: '/api/v1/assignments/:id',
  permission: 'policies:write',
  summary: 'Changes whom an assignment reaches, when, and whether at all.',
  params: byId,
  query: dryRun,
  body: fields.partial(),
  reply,
  serve: async (base, { params: { id }, query, body: { override, confirm, ...body } }, call) => {
    const run = async (ctx: Ctx): Promise<Made> => made(ctx, await blueprints.changeAssignment(ctx, id, body))
    const write = { run, about, ...beginning(base, body.window) }
    const asked = asWish(query, { override, confirm })
    return answer(await carryOut({ base, route: change, call }, [id, body], asked, write), 200)
  },
})

const remove: Route = servedRoute({
  method: 'DELETE',
  path: '/api/v1/assignments/:id',
  permission: 'policies:write',
  summary: 'Takes an assignment back.',
  params: byId,
  query: dryRun.extend(wish),
  reply,
  serve: async (base, { params: { id }, query: { dryRun: dry, ...said } }, call) => {
    const run = async (ctx: Ctx): Promise<Made> => {
      const before = await made(ctx, await blueprints.assignmentFor(ctx, id, 'policies:write'))
      await blueprints.removeAssignment(ctx, id)
      return before
    }
    const wished = asWish({ dryRun: dry }, said)
    return answer(await carryOut({ base, route: remove, call }, [id], wished, { run, about }), 200)
  },
})

/** Writes of assignments. */
export const assignmentRoutes: readonly Route[] = [add, change, remove]
