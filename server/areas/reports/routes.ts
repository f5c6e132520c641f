import { z } from 'zod'
import { listQuery, listReply } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import { languages } from '../../base/say.ts'
import { type Route, rawRoute, route } from '../../base/route.ts'
import { evidenceWish, orderEvidence } from './evidence.ts'
import { cancelExport, exportFor, exportShape, fileOf, listExports, orderExport, runShape } from './export.ts'
import { kindShape, libraryIn } from './library.ts'
import {
  changeReport,
  listReports,
  removeReport,
  reportChange,
  reportFor,
  reportShape,
  reportWish,
  runReport,
  saveReport,
} from './report.ts'
import { contentTypes, formats } from './write.ts'

const params = z.object({ id: z.string() })
const permission = 'reports:read'
const plainList = listQuery.omit({ filter: true })

const saved: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/reports/library',
    permission,
    summary:
      'The kinds of reports there are: their columns, whether they are of a day, of now or of a period, and what right they need.',
    query: z.object({ language: z.enum(languages).default('en') }),
    reply: z.object({ items: z.array(kindShape) }),
    run: async (_ctx, { query }) => ({ items: libraryIn(query.language) }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/reports',
    permission,
    summary: 'Saved reports with their schedules and newest files, by name.',
    query: plainList,
    reply: listReply(reportShape),
    run: (ctx, { query }) => listReports(ctx, query),
  }),
  route({
    method: 'POST',
    path: '/api/v1/reports',
    permission: 'reports:write',
    summary:
      'Saves a report on a unit, with a schedule or without. It is made with what its owner may see at that time.',
    body: reportWish,
    reply: reportShape,
    status: 201,
    run: (ctx, { body }) => saveReport(ctx, body),
  }),
  route({
    method: 'GET',
    path: '/api/v1/reports/:id',
    permission,
    summary: 'A saved report.',
    params,
    reply: reportShape,
    run: (ctx, { params: { id } }) => reportFor(ctx, id),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/reports/:id',
    permission: 'reports:write',
    summary: 'Changes a saved report; whoever does owns it from then on.',
    params,
    body: reportChange,
    reply: reportShape,
    run: (ctx, { params: { id }, body }) => changeReport(ctx, id, body),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/reports/:id',
    permission: 'reports:write',
    summary: 'Forgets a saved report. Files that were made of it stay until they expire.',
    params,
    run: async (ctx, { params: { id } }) => {
      await removeReport(ctx, id)
      return undefined
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/reports/:id/run',
    permission: 'reports:write',
    summary: 'Makes a file of a saved report now, as of a day or instant; it belongs to whoever asks.',
    params,
    body: z.strictObject({
      asOf: z.string().min(1).max(40).optional(),
      from: z.string().min(1).max(40).optional(),
      format: z.enum(formats).optional(),
    }),
    reply: exportShape,
    status: 202,
    run: (ctx, { params: { id }, body }) => runReport(ctx, id, body),
  }),
]

const files: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/exports',
    permission,
    summary: 'Your files that are or were made, newest first.',
    query: plainList,
    reply: listReply(exportShape),
    run: (ctx, { query }) => listExports(ctx, query),
  }),
  route({
    method: 'POST',
    path: '/api/v1/exports',
    permission,
    summary: 'Makes a file of a report of the library with a filter and columns, as of a day or instant.',
    body: runShape,
    reply: exportShape,
    status: 202,
    run: (ctx, { body }) => orderExport(ctx, body),
  }),
  route({
    method: 'GET',
    path: '/api/v1/exports/:id',
    permission,
    summary: 'How far a file of yours is.',
    params,
    reply: exportShape,
    run: (ctx, { params: { id } }) => exportFor(ctx, id),
  }),
  route({
    method: 'POST',
    path: '/api/v1/exports/:id/cancel',
    permission,
    summary: 'Stops making a file of yours.',
    params,
    reply: exportShape,
    run: (ctx, { params: { id } }) => cancelExport(ctx, id),
  }),
  route({
    method: 'POST',
    path: '/api/v1/evidence',
    permission: 'reports:write',
    summary:
      'Makes a signed evidence pack of the whole org over a period, which can be checked without this server; a file of yours.',
    body: evidenceWish,
    reply: exportShape,
    status: 202,
    run: (ctx, { body }) => orderEvidence(ctx, body),
  }),
  rawRoute({
    method: ['GET'],
    path: '/api/v1/exports/:id/file',
    plane: 'api',
    auth: 'admin',
    permission,
    summary: 'A file of yours that is ready.',
    bodyLimit: 0,
    accepts: [],
    params,
    reply: Object.values(contentTypes),
    serve: async (base, { params: { id } }, call) => {
      if (!call.principal) throw new Problem('session.missing')
      const file = await base.read({ ...call.principal, request: call.request }, ctx => fileOf(ctx, id))
      if (!(await base.blobs.has(file.blob))) throw new Problem('report.expired')
      return {
        type: contentTypes[file.format],
        headers: {
          'content-disposition': `attachment; filename="${file.name}"`,
          'content-length': String(file.size),
          'cache-control': 'no-store',
        },
        body: base.blobs.stream(file.blob),
      }
    },
  }),
]

/** Every route of this area. */
export const routes: readonly Route[] = [...saved, ...files]
