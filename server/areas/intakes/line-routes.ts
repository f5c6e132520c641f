import { z } from 'zod'
import { listQuery, listReply } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import { rawRoute, type Route, route } from '../../base/route.ts'
import { unitFor, unitRefs } from '../identity/index.ts'
import { addLines, mendLine, removeLine } from './edit.ts'
import { liveFor, rowFor } from './intake.ts'
import { judgeLines } from './line.ts'
import * as lines from './line-list-store.ts'
import { cleanSerial, mostLines, readLines } from './read.ts'
import { lineShape, readingShape } from './shapes.ts'
import { shownLines } from './shown.ts'

const params = z.object({ id: z.string().max(64) })
const one = z.object({ id: z.string().max(64), n: z.string().max(40).describe('The number of the line.') })
const cell = z.string().trim().max(200)

/** A line as a caller gives it. What cannot be a serial number is a fault of the line, and refuses nothing. */
export const given = z
  .strictObject({
    line: z.number().int().min(1).nullable().default(null),
    raw: z.string().max(1000).default(''),
    serial: z.string().max(200).transform(cleanSerial),
    assetTag: cell.max(100).default(''),
    person: cell.default('').describe('Address, employee number or name.'),
    place: cell.default('').describe('A unit below that of the batch, by name or path.'),
  })
  .transform(line => ({ ...line, torn: false }))

/** A number that is none names no line. */
const numberOf = (text: string): number => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0)

/** Lines of intakes: read before anything is kept, listed, added, mended, taken out. */
export const lineRoutes: readonly Route[] = [
  rawRoute({
    method: ['POST'],
    path: '/api/v1/intakes/read',
    plane: 'api',
    auth: 'admin',
    permission: 'intakes:write',
    summary:
      'Reads a list of serial numbers or a CSV file (serial number, asset tag, person, unit) and says what was made of every line. Nothing is kept.',
    bodyLimit: 2 * 1024 * 1024,
    accepts: ['text/csv', 'application/octet-stream'],
    query: z.object({ unit: z.string().max(64) }),
    reply: ['application/json'],
    serve: async (base, { query }, call) => {
      if (!call.principal) throw new Problem('session.missing')
      const read = await readLines(call.bytes)
      const scope = { ...call.principal, request: call.request }
      const answer = await base.read(scope, async ctx => {
        const judged = await judgeLines(ctx, await unitFor(ctx, query.unit, 'intakes:write'), read.lines)
        const refOf = await unitRefs(ctx)
        const named = judged.filter(l => l.person !== '')
        return readingShape.parse({
          encoding: read.encoding,
          columns: read.columns,
          devices: judged.filter(l => !l.blocked).length,
          blocked: judged.filter(l => l.blocked).length,
          matched: named.filter(l => l.user !== null).length,
          named: named.length,
          lines: judged.map(l => ({ ...l, unit: refOf(l.unit.id) })),
        })
      })
      return { type: 'application/json', body: JSON.stringify(answer) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/intakes/:id/devices',
    permission: 'intakes:read',
    summary:
      'The devices of a batch, one line each, with how far each is and what holds it up. Filter by state, cause, serial, asset, person, user, device, fault, faulty and since.',
    params,
    query: listQuery,
    reply: listReply(lineShape),
    run: async (ctx, { params: { id }, query }) => {
      const intake = await rowFor(ctx, id, 'intakes:read')
      const { items, next } = await lines.list(ctx, intake.id, query)
      return { items: await shownLines(ctx, items), next, total: null }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/intakes/:id/devices',
    permission: 'intakes:write',
    summary: 'Adds devices to a batch that is not closed.',
    params,
    bodyLimit: 4 * 1024 * 1024,
    body: z.strictObject({ lines: z.array(given).min(1).max(mostLines) }),
    status: 201,
    reply: z.object({ lines: z.number() }),
    run: async (ctx, { params: { id }, body }) => {
      await addLines(ctx, (await liveFor(ctx, id)).id, body.lines)
      return { lines: body.lines.length }
    },
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/intakes/:id/devices/:n',
    permission: 'intakes:write',
    summary: 'Mends a line whose device has not come.',
    params: one,
    body: z.strictObject({
      serial: z.string().max(200).optional(),
      assetTag: cell.max(100).optional(),
      person: cell.optional(),
      unit: cell.optional(),
    }),
    reply: lineShape,
    run: async (ctx, { params: { id, n }, body }) => {
      const [line] = await shownLines(ctx, [await mendLine(ctx, id, numberOf(n), body)])
      if (!line) throw new Error('one line makes one line')
      return line
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/intakes/:id/devices/:n',
    permission: 'intakes:write',
    summary: 'Takes out a line whose device has not come.',
    params: one,
    run: async (ctx, { params: { id, n } }) => {
      await removeLine(ctx, id, numberOf(n))
      return undefined
    },
  }),
]
