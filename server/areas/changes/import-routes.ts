import { z } from 'zod'
import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { listQuery, listReply } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import { rawRoute, type Route, route } from '../../base/route.ts'
import { namesOf, unitRefs } from '../identity/index.ts'
import { forReader } from '../previews/index.ts'
import { planImport } from './approve.ts'
import { localTime } from './change-routes.ts'
import { encodings } from './decode.ts'
import { importOf } from './header.ts'
import {
  applyImport,
  confirmationFor,
  dropImport,
  type Import,
  importFor,
  listImports,
  mostBytes,
  receiveImport,
  undoImport,
} from './import.ts'
import * as store from './import-store.ts'
import { errorsOf, plannedOf } from './lines.ts'
import { reachOf } from './reach.ts'
import { modes } from './row.ts'
import * as shapes from './shapes.ts'
import { shownPlaces } from './shown.ts'

const params = z.object({ id: z.string().max(40) })
const flag = z.enum(['true', 'false'])

/** Title to field, as JSON in the address. */
const said = z
  .string()
  .max(8000)
  .transform((text, issue) => {
    try {
      return z.record(z.string().max(200), z.string().max(60)).parse(JSON.parse(text))
    } catch {
      issue.addIssue('is not an object of titles and fields in JSON')
      return z.NEVER
    }
  })

const upload = z.object({
  of: z.enum(importOf),
  mode: z.enum(modes),
  name: z.string().trim().min(1).max(200).default('import.csv'),
  unit: z.string().max(40).optional(),
  encoding: z.enum(encodings).optional(),
  columns: said.optional(),
  devicesFollow: flag.default('true'),
})

/** Files that are brought in. */
export const importRoutes: readonly Route[] = [
  rawRoute({
    method: ['POST'],
    path: '/api/v1/imports',
    plane: 'api',
    auth: 'admin',
    permission: 'changes:write',
    summary:
      'Takes in a CSV file about users, units or devices. It is read and checked in the background; nothing is done before it is applied.',
    bodyLimit: mostBytes,
    accepts: ['text/csv', 'application/octet-stream'],
    query: upload,
    reply: ['application/json'],
    status: 201,
    serve: async (base, { query }, call) => {
      if (!call.principal) throw new Problem('session.missing')
      const scope = { ...call.principal, request: call.request }
      const made = await base.transact(scope, async ctx => {
        const unit = query.unit ?? topUnit(ctx)
        const { of, mode, name } = query
        const row = await receiveImport(ctx, {
          of,
          mode,
          name,
          unit,
          devicesFollow: query.devicesFollow === 'true',
          encoding: query.encoding ?? null,
          columns: query.columns ?? {},
          bytes: call.bytes,
        })
        return shownImport(ctx, row)
      })
      return { status: 201, type: 'application/json', body: JSON.stringify(shapes.importShape.parse(made)) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/imports',
    permission: 'changes:read',
    summary: 'Files that were brought in, newest first.',
    query: listQuery.omit({ filter: true }),
    reply: listReply(shapes.importShape),
    run: async (ctx, { query }) => {
      const { items, next } = await listImports(ctx, { ...query, filter: '' })
      return { items: await shownImports(ctx, items), next, total: null }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/imports/:id',
    permission: 'changes:read',
    summary: 'A file that was brought in: what it was taken for, what it would do, and how far it is.',
    params,
    reply: shapes.importShape,
    run: async (ctx, { params: { id } }) => shownImport(ctx, await importFor(ctx, id, 'changes:read')),
  }),
  route({
    method: 'GET',
    path: '/api/v1/imports/:id/rows',
    permission: 'changes:read',
    summary: 'The lines of a file: what each would do or did, and what is wrong with it.',
    params,
    query: z.object({
      only: z.enum(['errors', 'add', 'change', 'same', 'remove', 'failed', 'kept']).optional(),
      cursor: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    reply: z.object({ items: z.array(shapes.lineShape), next: z.string().nullable(), total: z.number().nullable() }),
    run: (ctx, { params: { id }, query }) => linesOf(ctx, id, query),
  }),
  route({
    method: 'POST',
    path: '/api/v1/imports/:id/apply',
    permission: 'changes:write',
    summary:
      'Begins to carry out what a file says, in pages. Lines with errors keep everything back unless they are to be left out.',
    params,
    body: z.object({
      confirm: z.string().max(100).optional(),
      skipErrors: z.boolean().optional(),
      at: z.union([z.number(), z.string().regex(localTime)]).optional(),
      zone: z.string().max(60).default('UTC'),
    }),
    reply: shapes.importShape,
    run: async (ctx, { params: { id }, body: { at, zone, ...said } }) => {
      if (at === undefined) return shownImport(ctx, await applyImport(ctx, id, said))
      await planImport(ctx, id, said, { at, zone })
      return shownImport(ctx, await importFor(ctx, id, 'changes:read'))
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/imports/:id/undo',
    permission: 'changes:write',
    summary: 'Takes back what a file did, for 72 hours. What someone changed since stays, and is named.',
    params,
    reply: shapes.importShape,
    run: async (ctx, { params: { id } }) => shownImport(ctx, await undoImport(ctx, id)),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/imports/:id',
    permission: 'changes:write',
    summary: 'Forgets what a file says that was not applied.',
    params,
    run: async (ctx, { params: { id } }) => {
      await dropImport(ctx, id)
      return undefined
    },
  }),
]

function topUnit(ctx: Ctx): string {
  const [path] = ctx.authority.where('changes:write')
  return path?.split('/').at(-2) ?? ''
}

async function linesOf(ctx: Ctx, id: string, query: { only?: string | undefined; cursor: number; limit: number }) {
  const found = await importFor(ctx, id, 'changes:read')
  // Lines say who there is: that takes more than to know of the import.
  demand(ctx.authority, found.of === 'devices' ? 'devices:read' : `${found.of}:read`, found.unitPath, 'changes:read')
  const { only, cursor, limit } = query
  const states = only === 'failed' || only === 'kept' ? ([only] as const) : undefined
  const outcomes =
    only === undefined || states ? undefined : ([only === 'errors' ? 'error' : only] as store.LineRow['outcome'][])
  const rows = await store.linesAfter(ctx, id, {
    after: cursor,
    limit: limit + 1,
    ...(states ? { states } : {}),
    ...(outcomes ? { outcomes } : {}),
  })
  const items = rows.slice(0, limit)
  const next = rows.length > limit ? String(items.at(-1)?.n ?? '') : null
  return {
    items: items.map(line => ({
      label: line.label,
      outcome: line.outcome,
      target: line.target,
      errors: errorsOf(line),
      notes: [...plannedOf(line).notes],
      fields: [...plannedOf(line).fields],
      n: line.n,
      line: line.line,
      state: line.state,
      cells: JSON.parse(line.cells) as Record<string, string>,
    })),
    next,
    total: null,
  }
}

/** Imports as lists answer them: with names, without what they would do. */
export async function shownImports(ctx: Ctx, all: readonly Import[]): Promise<z.input<typeof shapes.importShape>[]> {
  const refs = await unitRefs(ctx)
  const names = await namesOf(
    ctx,
    all.flatMap(i => i.by.id ?? []),
  )
  return all.map(one => ({
    ...one,
    unit: refs(one.unit),
    by: { ...one.by, name: names.get(one.by.id ?? '') ?? null },
    needsConfirmation: one.state === 'ready' ? confirmationFor(one.counts, one.preview) : null,
    preview: null,
    places: [],
    reach: null,
  }))
}

async function shownImport(ctx: Ctx, one: Import): Promise<z.input<typeof shapes.importShape>> {
  const [row] = await shownImports(ctx, [one])
  if (!row) throw new Error('one import makes one row')
  return {
    ...row,
    preview: one.preview === null ? null : await forReader(ctx, one.preview),
    places: await shownPlaces(ctx, one.places),
    reach: one.appliedAt === null ? null : await reachOf(ctx, one.id),
  }
}
