import { z } from 'zod'
import { type Route, route } from '../../base/route.ts'
import { blueprintFor } from './blueprint.ts'
import { listBlueprints, shownBlueprint } from './list.ts'
import { blueprintFull, blueprintRow } from './shown.ts'

/** Reads of blueprints. Their writes are in previews, because each shows its effects first. */
export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/blueprints',
    permission: 'policies:read',
    summary: 'Blueprints, in the order in which they count.',
    reply: z.object({ items: z.array(blueprintRow) }),
    run: async ctx => ({ items: await listBlueprints(ctx) }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/blueprints/:id',
    permission: 'policies:read',
    summary: 'A blueprint with its policies in order and its assignments.',
    params: z.object({ id: z.string().max(40) }),
    reply: blueprintFull,
    run: async (ctx, { params: { id } }) => shownBlueprint(ctx, await blueprintFor(ctx, id, 'policies:read')),
  }),
]
