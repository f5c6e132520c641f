import { z } from 'zod'
import { listQuery, listReply } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import { type Route, rawRoute, route } from '../../base/route.ts'
import { demandWhole } from '../../base/authority.ts'
import { addApp, appKinds, appPlatforms, archiveApp, changeApp } from './app.ts'
import { formIn, mostKeys } from './form.ts'
import { formKey } from './form-key.ts'
import { listApps, pageOf, shown } from './list.ts'
import { beginFind, getFind, lookUp } from './look.ts'
import { allowSigner, withdraw } from './release.ts'
import * as shapes from './shapes.ts'
import { tiesOn } from './tie.ts'
import { addPart, begin, mostBytes, partBytes, type Upload, uploadFor } from './upload.ts'

const byId = z.object({ id: z.string().max(40) })
const write = 'apps:write'
const uploadOf = (upload: Upload) => ({ ...upload, partBytes })

const catalog: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/apps',
    permission: 'apps:read',
    summary: 'The catalog of apps, with on how many devices each is required, there, on its way or failed.',
    query: listQuery.omit({ filter: true }).extend({
      kind: z.enum(appKinds).optional(),
      platform: z.enum(appPlatforms).optional(),
      words: z.string().max(200).optional(),
      archived: z.stringbool().default(false),
    }),
    reply: listReply(shapes.appRow),
    run: (ctx, { query }) => listApps(ctx, query),
  }),
  route({
    method: 'POST',
    path: '/api/v1/apps',
    permission: write,
    summary: 'Puts an app into the catalog. Files of an app of one’s own come by an upload.',
    body: shapes.appWish,
    reply: shapes.appRow,
    status: 201,
    run: async (ctx, { body }) => {
      const [row] = await shown(ctx, [await addApp(ctx, body)])
      if (!row) throw new Error('an app has a row')
      return row
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/apps/:id',
    permission: 'apps:read',
    summary: 'An app with its releases, the form of its configuration and the policies that name it.',
    params: byId,
    reply: shapes.appPage,
    run: (ctx, { params: { id } }) => pageOf(ctx, id),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/apps/:id',
    permission: write,
    summary: 'Changes what an app is called, where it hangs and what it opens.',
    params: byId,
    body: shapes.appChange,
    reply: shapes.appPage,
    run: async (ctx, { params: { id }, body }) => {
      await changeApp(ctx, id, body)
      return pageOf(ctx, id)
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/apps/:id',
    permission: write,
    summary: 'Puts an app away. Refused while a policy names it.',
    params: byId,
    run: async (ctx, { params: { id } }) => archiveApp(ctx, id).then(() => undefined),
  }),
]

const about: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/app-ties',
    permission: 'policies:read',
    summary: 'What an app can be tied to: the VPNs, filters, proxies and relays that policies bring.',
    reply: z.object({ items: z.array(shapes.tie) }),
    run: async ctx => ({ items: await tiesOn(ctx, ctx.authority.where('policies:read')) }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/apps/:id/look-up',
    permission: write,
    summary: 'Asks the store again what it says of an app; a job does it.',
    params: byId,
    reply: z.object({ asked: z.boolean() }),
    status: 202,
    run: async (ctx, { params: { id } }) => {
      await lookUp(ctx, id)
      return { asked: true }
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/apps/:id/form',
    permission: write,
    summary:
      'Keeps which keys the configuration of an app has: `text` is an AppConfig XML file or a JSON Schema, `keys` are written by hand; no keys is no form.',
    params: byId,
    body: z.strictObject({
      text: z.string().min(2).max(1_000_000).exactOptional(),
      keys: z.array(formKey).max(mostKeys).exactOptional(),
    }),
    bodyLimit: 1_500_000,
    reply: shapes.appPage,
    run: async (ctx, { params: { id }, body }) => {
      await changeApp(ctx, id, { form: formIn(body) })
      return pageOf(ctx, id)
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/apps/:id/allow-signer',
    permission: write,
    summary: 'Lets the next file of an app be signed by somebody else than before; that signer is pinned then.',
    params: byId,
    reply: shapes.appPage,
    run: async (ctx, { params: { id } }) => {
      await allowSigner(ctx, id)
      return pageOf(ctx, id)
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/releases/:id',
    permission: write,
    summary: 'Withdraws a release: nobody gets it any more.',
    params: byId,
    run: async (ctx, { params: { id } }) => withdraw(ctx, id).then(() => undefined),
  }),
]

const coming: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/v1/app-uploads',
    permission: write,
    summary:
      'Begins the upload of an .ipa, .pkg or .apk; its parts follow in order, and what it became is read from the upload.',
    body: z.strictObject({
      unit: z.string().max(40),
      app: z.string().max(40).optional(),
      name: z.string().min(1).max(300),
      size: z.number().int().min(1).max(mostBytes),
    }),
    reply: shapes.upload,
    status: 201,
    run: async (ctx, { body }) => uploadOf(await begin(ctx, body)),
  }),
  route({
    method: 'GET',
    path: '/api/v1/app-uploads/:id',
    permission: write,
    summary: 'How far an upload is, and what it became or why it was refused.',
    params: byId,
    reply: shapes.upload,
    run: async (ctx, { params: { id } }) => uploadOf(await uploadFor(ctx, id)),
  }),
  rawRoute({
    method: 'PUT',
    path: '/api/v1/app-uploads/:id/parts/:place',
    plane: 'api',
    auth: 'admin',
    permission: write,
    summary: 'One part of an upload, at the place of its first byte. The same part again changes nothing.',
    bodyLimit: partBytes,
    accepts: ['application/octet-stream'],
    params: z.object({ id: z.string().max(40), place: z.coerce.number().int().min(0).max(mostBytes) }),
    reply: ['application/json'],
    serve: async (base, { params: { id, place } }, call) => {
      if (!call.principal) throw new Problem('session.missing')
      const scope = { ...call.principal, request: call.request }
      await base.read(scope, ctx => uploadFor(ctx, id))
      if (call.bytes.length === 0) throw new Problem('app.upload-offset')
      const blob = await base.blobs.put(call.bytes)
      const after = await base.transact(scope, ctx => addPart(ctx, id, { place, blob, size: call.bytes.length }))
      return { type: 'application/json', body: JSON.stringify(shapes.upload.parse(uploadOf(after))) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/app-finds',
    permission: write,
    summary: 'Searches the store by words, number, bundle or address; a job asks it.',
    body: z.strictObject({
      words: z.string().trim().min(2).max(300),
      country: z
        .string()
        .regex(/^[a-z]{2}$/)
        .default('us'),
    }),
    reply: shapes.find,
    status: 202,
    run: async (ctx, { body }) => {
      if (ctx.authority.where(write).length === 0) demandWhole(ctx.authority, write)
      return beginFind(ctx, body)
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/app-finds/:id',
    permission: write,
    summary: 'What a search in the store has found so far.',
    params: byId,
    reply: shapes.find,
    run: (ctx, { params: { id } }) => getFind(ctx, id),
  }),
]

/** Every route of the catalog. */
export const catalogRoutes: readonly Route[] = [...catalog, ...about, ...coming]
