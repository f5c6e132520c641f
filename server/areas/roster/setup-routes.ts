import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { type Route, route } from '../../base/route.ts'
import * as identity from '../identity/index.ts'
import { usesOf } from './setup-store.ts'
import { addSetup, changeSetup, removeSetup, type Setup, setupBody, setupFor, setups } from './setup.ts'

const params = z.object({ id: z.string().max(64) })
const read = 'roster:read'
const write = 'roster:write'
const name = z.string().trim().min(1).max(120)

const setupShape = z.object({
  id: z.string(),
  name: z.string(),
  platform: z.string(),
  unit: z.object({ id: z.string(), name: z.string(), path: z.string() }),
  invitation: z.string(),
  version: z.number(),
  createdAt: z.number(),
  changedAt: z.number(),
  devices: z.number().describe('Promised devices that are meant to have it.'),
  programs: z.number().describe('Programs whose devices get it unless said otherwise.'),
  body: setupBody,
})

async function shown(
  ctx: Ctx,
  { id, name: called, platform, unit, unitPath: _, invitation, version, createdAt, changedAt, ...body }: Setup,
): Promise<z.input<typeof setupShape>> {
  const units = await identity.unitRefs(ctx)
  const uses = await usesOf(ctx, id)
  return { id, name: called, platform, unit: units(unit), invitation, version, createdAt, changedAt, ...uses, body }
}

/** How promised devices are received. */
export const setupRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/setups',
    permission: read,
    summary: 'Setups of the units you may see: how devices that a vendor promised are received.',
    reply: z.object({ items: z.array(setupShape) }),
    run: async ctx => {
      const items = []
      for (const setup of await setups(ctx)) items.push(await shown(ctx, setup))
      return { items }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/setups',
    permission: write,
    summary: 'Makes a setup on a unit, with a standing invitation of its own.',
    body: z.strictObject({
      name,
      unit: z.string().max(64),
      platform: z.string().max(40).default('apple'),
      body: setupBody.prefault({}),
    }),
    reply: setupShape,
    status: 201,
    run: async (ctx, { body }) => shown(ctx, await addSetup(ctx, body)),
  }),
  route({
    method: 'GET',
    path: '/api/v1/setups/:id',
    permission: read,
    summary: 'A setup with every choice.',
    params,
    reply: setupShape,
    run: async (ctx, { params: { id } }) => shown(ctx, await setupFor(ctx, id, read)),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/setups/:id',
    permission: write,
    summary: 'Changes a setup. Devices that have not come yet get the change; others keep what they enrolled with.',
    params,
    body: z.strictObject({ name: name.optional(), unit: z.string().max(64).optional(), body: setupBody.optional() }),
    reply: setupShape,
    run: async (ctx, { params: { id }, body }) => shown(ctx, await changeSetup(ctx, id, body)),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/setups/:id',
    permission: write,
    summary: 'Removes a setup that nothing is meant to have any more.',
    params,
    run: async (ctx, { params: { id } }) => {
      await removeSetup(ctx, id)
      return undefined
    },
  }),
]
