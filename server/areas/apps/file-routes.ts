import { z } from 'zod'
import { type Route, rawRoute } from '../../base/route.ts'
import { fileTypes, serveFile } from './serve.ts'

/** Where devices fetch files of apps, whatever road they are managed by. */
export const fileRoutes: readonly Route[] = [
  rawRoute({
    method: 'GET',
    path: '/files/apps/:signed',
    plane: 'public',
    auth: 'none',
    permission: null,
    summary: 'The manifest or the file of a release, to the device whose address it is.',
    bodyLimit: 0,
    accepts: [],
    params: z.object({ signed: z.string().max(300) }),
    reply: ['application/xml', ...fileTypes],
    serve: (base, { params }, call) => serveFile(base, params.signed, call),
  }),
]
