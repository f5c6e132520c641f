import { z } from 'zod'
import { demandWhole } from '../../base/authority.ts'
import { listQuery, listReply } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import { type Route, route } from '../../base/route.ts'
import { bulkRoutes, wantsSomething, wishBody } from './bulk-routes.ts'
import { changeEntries, entries, entryFor } from './entry.ts'
import { askNow, changeProgram, programFor, removeProgram } from './program.ts'
import { setupRoutes } from './setup-routes.ts'
import { entryShape, programShape, shownEntries, shownProgram, shownPrograms } from './shown.ts'

const params = z.object({ id: z.string().max(64) })
const read = 'roster:read'
const write = 'roster:write'

const programRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/programs',
    permission: read,
    summary:
      'Accounts at vendors that promise devices, hold licenses or act in the vendor’s portal, and how each stands.',
    query: z.object({ kind: z.enum(['devices', 'content', 'portal']).optional() }),
    reply: z.object({ items: z.array(programShape) }),
    run: async (ctx, { query }) => {
      demandWhole(ctx.authority, read)
      return { items: await shownPrograms(ctx, query.kind) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/programs/:id',
    permission: read,
    summary: 'A program: its state, what is wrong and when it was last in step.',
    params,
    reply: programShape,
    run: async (ctx, { params: { id } }) => shownProgram(ctx, await programFor(ctx, id, read)),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/programs/:id',
    permission: write,
    summary:
      'Changes the name of a program, whose account it is, and how and where devices that it promises are received.',
    params,
    body: z.strictObject({
      name: z.string().trim().min(1).max(200).optional(),
      account: z.string().trim().max(200).nullish(),
      setup: z.string().max(64).nullish(),
      unit: z.string().max(64).optional(),
    }),
    reply: programShape,
    run: async (ctx, { params: { id }, body }) => shownProgram(ctx, await changeProgram(ctx, id, body)),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/programs/:id',
    permission: write,
    summary: 'Stops working a program and forgets its credential and what it promised. Enrolled devices stay.',
    params,
    run: async (ctx, { params: { id } }) => {
      await removeProgram(ctx, id)
      return undefined
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/programs/:id/sync',
    permission: write,
    summary: 'Asks the vendor now. What it says comes a moment later.',
    params,
    reply: programShape,
    status: 202,
    run: async (ctx, { params: { id } }) => shownProgram(ctx, await askNow(ctx, id)),
  }),
]

const entryRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/roster',
    permission: read,
    summary: 'Devices that vendors promise to the units you may see, by serial.',
    query: listQuery,
    reply: listReply(entryShape),
    run: async (ctx, { query }) => {
      const { items, next } = await entries(ctx, query)
      return { items: await shownEntries(ctx, items), next, total: null }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/roster/:id',
    permission: read,
    summary: 'One promised device: what is wanted for it and what the vendor says.',
    params,
    reply: entryShape,
    run: async (ctx, { params: { id } }) => {
      const [shown] = await shownEntries(ctx, [await entryFor(ctx, id)])
      if (!shown) throw new Problem('id.unknown')
      return shown
    },
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/roster',
    permission: write,
    summary: 'Says what is wanted for up to a thousand promised devices: setup, unit, person. All or nothing.',
    body: z
      .strictObject({
        serials: z.array(z.string().trim().min(1).max(64)).min(1).max(1000),
        ...wishBody,
      })
      .refine(wantsSomething, 'wants nothing'),
    reply: z.object({ items: z.array(entryShape) }),
    run: async (ctx, { body: { serials, ...wish } }) => ({
      items: await shownEntries(ctx, await changeEntries(ctx, serials, wish)),
    }),
  }),
]

/** Every route of this area. Programs are added by the platforms that speak for them. */
export const routes: readonly Route[] = [...programRoutes, ...bulkRoutes, ...entryRoutes, ...setupRoutes]
