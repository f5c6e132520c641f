import { portalKey } from '@muster/wire/apple/client-assertion.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import { z } from 'zod'
import * as roster from '../../../areas/roster/index.ts'
import { demandWhole } from '../../../base/authority.ts'
import { Problem } from '../../../base/problem.ts'
import { type Route, route } from '../../../base/route.ts'
import { type ActWish, acts, mostSerials, order, portalFor, type What } from './act.ts'
import { credentialShape } from './client.ts'
import * as acting from './act-store.ts'
import * as store from './store.ts'
import { actShape, lineShape, shownActs, shownLine } from './shown.ts'

const params = z.object({ id: z.string().max(64) })
const [first, ...others] = Object.keys(acts) as [What, ...What[]]
const what = z.enum([first, ...others])

const serialPart = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9]{0,60}$/)

const deviceShape = z.object({
  serial: z.string(),
  model: z.string().nullable(),
  family: z.string().nullable(),
  server: z.object({ id: z.string(), name: z.string() }).nullable(),
  migration: z.string().nullable(),
  deadline: z.number().nullable(),
  seenAt: z.number(),
})

function only<T>([one]: readonly T[]): T {
  if (one === undefined) throw new Error('an act is shown as one')
  return one
}

function demandKey(pem: string): void {
  try {
    portalKey(pem)
  } catch (error) {
    if (error instanceof Malformed) throw new Problem('portal.key-unreadable')
    throw error
  }
}

/** Acting in Apple's portal: the API key, what the portal holds, and what is to be done with it. */
export const businessRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/v1/programs/portal',
    permission: 'roster:write',
    summary: 'Takes an API key of Apple Business or Apple School Manager into use: a program that acts in the portal.',
    body: z.strictObject({
      name: z.string().trim().min(1).max(200),
      account: z.string().trim().max(200).nullish(),
      ...credentialShape.shape,
    }),
    reply: roster.programShape,
    status: 201,
    run: async (ctx, { body: { name, account, ...credential } }) => {
      demandWhole(ctx.authority, 'roster:write')
      demandKey(credential.key)
      const wish = { platform: 'apple', kind: 'portal', name, account: account ?? null } as const
      const secret = JSON.stringify(credential)
      return roster.shownProgram(ctx, await roster.addProgram(ctx, { ...wish, mark: credential.clientId, secret }))
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/programs/portal/:id/key',
    permission: 'roster:write',
    summary: 'Takes a newer API key of the same client of the portal.',
    params,
    body: z.strictObject(credentialShape.shape),
    reply: roster.programShape,
    run: async (ctx, { params: { id }, body }) => {
      const program = await portalFor(ctx, id, 'roster:write')
      demandKey(body.key)
      const noted = { state: 'new', problem: null, secret: JSON.stringify(body), mark: body.clientId } as const
      return roster.shownProgram(ctx, await roster.noteProgram(ctx, program.id, noted))
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/programs/portal/:id/devices',
    permission: 'roster:read',
    summary: 'The devices that the portal holds for the org, by serial number, with the server each is assigned to.',
    params,
    query: z.object({
      cursor: z.string().max(60).default(''),
      limit: z.coerce.number().int().min(1).max(200).default(100),
      begins: serialPart.default('').describe('Only those whose serial number begins so.'),
    }),
    reply: z.object({ items: z.array(deviceShape), next: z.string().nullable() }),
    run: async (ctx, { params: { id }, query: { cursor, limit, begins } }) => {
      const program = await portalFor(ctx, id, 'roster:read')
      const names = new Map((await store.listServers(ctx, program.id)).map(s => [s.id, s.name]))
      const rows = await store.listDevices(ctx, program.id, { after: cursor, begins, limit: limit + 1 })
      const items = rows.slice(0, limit).map(({ seen_at, server, serial, model, family, migration, deadline }) => ({
        serial,
        model,
        family,
        server: server === null ? null : { id: server, name: names.get(server) ?? server },
        migration,
        deadline,
        seenAt: seen_at,
      }))
      return { items, next: rows.length > limit ? (items.at(-1)?.serial ?? null) : null }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/programs/portal/:id/servers',
    permission: 'roster:read',
    summary: 'The servers that the portal knows, to assign devices to.',
    params,
    reply: z.object({ items: z.array(z.object({ id: z.string(), name: z.string(), kind: z.string() })) }),
    run: async (ctx, { params: { id } }) => {
      const program = await portalFor(ctx, id, 'roster:read')
      const rows = await store.listServers(ctx, program.id)
      return { items: rows.map(({ id: server, name, kind }) => ({ id: server, name, kind })) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/programs/portal/:id/acts',
    permission: 'roster:write',
    summary:
      'Orders an act in the portal: to assign devices to a server, take them from it, set or cancel a deadline for moving them, or release them from the org for good. What cannot be undone passes the guard.',
    params,
    body: z.strictObject({
      what,
      serials: z.array(z.string().trim().min(4).max(60)).min(1).max(mostSerials),
      server: z.string().max(100).optional(),
      deadline: z.int().optional(),
      confirm: z.int().optional().describe('To release: how many devices are meant.'),
      reason: z.string().trim().min(1).max(500).optional().describe('What it is for; who has to agree reads it.'),
    }),
    reply: actShape,
    status: 202,
    run: async (ctx, { params: { id }, body }) => shownActs(ctx, [await order(ctx, id, body as ActWish)]).then(only),
  }),
  route({
    method: 'GET',
    path: '/api/v1/programs/portal/:id/acts',
    permission: 'roster:read',
    summary: 'The last hundred acts in the portal and how they stand, newest first.',
    params,
    reply: z.object({ items: z.array(actShape) }),
    run: async (ctx, { params: { id } }) => {
      const program = await portalFor(ctx, id, 'roster:read')
      return { items: await shownActs(ctx, await acting.listActs(ctx, program.id, 100)) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/programs/portal/:id/act-devices',
    permission: 'roster:read',
    summary:
      'Devices that something was to be done about in the portal, each with how it stands: those of one act, or what was done about up to a hundred serial numbers, newest first.',
    params,
    query: z.object({
      act: z.string().max(64).optional(),
      serials: z.string().max(6200).optional().describe('Serial numbers with commas between them.'),
    }),
    reply: z.object({ items: z.array(lineShape) }),
    run: async (ctx, { params: { id }, query }) => {
      const program = await portalFor(ctx, id, 'roster:read')
      const serials = query.serials?.toUpperCase().split(',').slice(0, 100) ?? null
      const names = new Map((await store.listServers(ctx, program.id)).map(s => [s.id, s.name]))
      const act = query.act ?? null
      const rows = await acting.listLines(ctx, program.id, { act, serials, limit: mostSerials })
      return { items: rows.map(row => shownLine(row, names)) }
    },
  }),
]
