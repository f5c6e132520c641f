import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { type Call, rawRoute, type Route, route } from '../../base/route.ts'
import { languages } from '../../base/say.ts'
import type { Base } from '../../base/transact.ts'
import { isZone } from '../../base/zone.ts'
import * as location from '../location/index.ts'
import { openFor, rowFor, said } from './incident.ts'
import { entriesOf, entryCodes } from './record.ts'
import { recordOf } from './record-json.ts'
import { printRecord } from './record-pdf.ts'

const params = z.object({ id: z.string().max(64) })
const text = z.string().nullable()

const fixShape = z.object({
  id: z.string(),
  latitude: z.number(),
  longitude: z.number(),
  accuracyM: z.number(),
  altitudeM: z.number().nullable(),
  speed: z.number().nullable(),
  at: z.number(),
  heardAt: z.number(),
  source: z.string(),
})

const entryShape = z.object({
  id: z.string(),
  at: z.number(),
  code: z.enum(entryCodes),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  actor: z.object({ kind: z.string(), id: text, name: text }),
  sealed: z.object({ seq: z.number(), hash: z.string() }).nullable(),
})

const fixesShape = z.object({
  items: z.array(fixShape),
  /** They open only once a purpose has been given: POST …/look. */
  gated: z.boolean(),
  /** Where the pictures of a map come from; null: there are none, and a blank grid serves. */
  tiles: z.object({ url: z.string(), credit: z.string() }).nullable(),
})

const tilesOf = ({ config }: Ctx) =>
  config.mapTiles === null ? null : { url: config.mapTiles, credit: config.mapCredit }

/** What is kept about an incident: where the device was, and what was done. */
export const recordRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/v1/incidents/:id/look',
    permission: 'devices:locate',
    summary:
      'Opens where the device is, for fifteen minutes, as long as the incident is open. It is recorded, and the person whose device it is sees it. Asks again who is there.',
    params,
    body: z.strictObject({ purpose: z.string().trim().max(500).default('') }),
    reply: fixesShape,
    run: async (ctx, { params: { id }, body }) => {
      const row = await openFor(ctx, id, 'devices:locate')
      const items = await location.look(ctx, row.id, body.purpose || `#${said(row.number)}`)
      return { items, gated: false, tiles: tilesOf(ctx) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/incidents/:id/fixes',
    permission: 'devices:locate',
    summary: 'Where the device is and was, newest first; gated until it has been opened with a purpose.',
    params,
    reply: fixesShape,
    run: async (ctx, { params: { id } }) => {
      const row = await openFor(ctx, id, 'devices:locate')
      const items = await location.seenIn(ctx, row.id)
      return { items: items ?? [], gated: items === null, tiles: tilesOf(ctx) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/incidents/:id/entries',
    permission: 'incidents:read',
    summary: 'What happened in an incident, newest first.',
    params,
    query: z.object({
      cursor: z.string().max(64).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({ items: z.array(entryShape), next: text }),
    run: async (ctx, { params: { id }, query }) => {
      const row = await rowFor(ctx, id, 'incidents:read')
      return entriesOf(ctx, row, { before: query.cursor ?? null, limit: query.limit })
    },
  }),
  rawRoute({
    method: ['GET'],
    path: '/api/v1/incidents/:id/record.json',
    plane: 'api',
    auth: 'admin',
    permission: 'incidents:read',
    summary: 'The record of an incident with everything its hashes are made of, signed.',
    bodyLimit: 0,
    accepts: [],
    params,
    reply: ['application/json'],
    serve: async (base, { params: { id } }, call) => {
      const record = await recordFor(base, id, call)
      return { ...named(record, 'json'), type: 'application/json', body: JSON.stringify(record, null, 1) }
    },
  }),
  rawRoute({
    method: ['GET'],
    path: '/api/v1/incidents/:id/record.pdf',
    plane: 'api',
    auth: 'admin',
    permission: 'incidents:read',
    summary: 'The record of an incident as a PDF, in one of the four languages and in a time zone.',
    bodyLimit: 0,
    accepts: [],
    params,
    query: z.object({
      language: z.enum(languages).default('en'),
      zone: z.string().max(60).refine(isZone, 'no such time zone').default('UTC'),
    }),
    reply: ['application/pdf'],
    serve: async (base, { params: { id }, query }, call) => {
      const record = await recordFor(base, id, call)
      const body = await printRecord(record, { ...query, now: base.clock.now() })
      return { ...named(record, 'pdf'), type: 'application/pdf', body }
    },
  }),
]

type Record = Awaited<ReturnType<typeof recordOf>>

async function recordFor(base: Base, id: string, call: Call): Promise<Record> {
  if (!call.principal) throw new Problem('session.missing')
  const scope = { ...call.principal, request: call.request }
  return base.read(scope, async ctx => recordOf(ctx, await rowFor(ctx, id, 'incidents:read')))
}

function named(record: Record, ending: string): { headers: { 'content-disposition': string } } {
  const name = `incident-${said(record.incident.number)}.${ending}`
  return { headers: { 'content-disposition': `attachment; filename="${name}"` } }
}
