import { z } from 'zod'
import { type Route, route, servedRoute } from '../../base/route.ts'
import { assertionShape, requestShape } from './assertion.ts'
import { me } from './me.ts'
import { demandMayAdd } from './may-add.ts'
import {
  addPasskey,
  attestationShape,
  beginPasskey,
  creationShape,
  passkeysOf,
  removePasskey,
  renamePasskey,
} from './passkey.ts'
import * as shapes from './shapes.ts'
import { principalOf, sessionIn, welcome, within } from './sign-in-routes.ts'
import { beginSignIn, signInByPasskey } from './sign-in-passkey.ts'
import { beginStepUp, demandStepUp, stepUp } from './step-up.ts'

const open = { plane: 'console', auth: 'none', permission: null } as const
/** Everyone may do this with what is their own; no role is needed. */
const own = { plane: 'console', auth: 'session', permission: null } as const

const passkey = z.object({
  id: z.string(),
  name: z.string(),
  synced: z.boolean(),
  createdAt: z.number(),
  lastUsedAt: z.number().nullable(),
  suspect: z.boolean(),
})

/** Signing in with a passkey, one's own passkeys, and proving in a session who is there. */
export const passkeyRoutes: readonly Route[] = [
  servedRoute({
    ...open,
    method: 'POST',
    path: '/api/v1/sign-in/passkey/options',
    summary: 'What a browser needs to sign in with a passkey that the person chooses.',
    reply: requestShape,
    serve: async base => ({ body: await beginSignIn(base) }),
  }),
  servedRoute({
    ...open,
    method: 'POST',
    path: '/api/v1/sign-in/passkey',
    summary: 'Signs in with a passkey alone.',
    bodyLimit: 32_768,
    body: z.object({ response: assertionShape }),
    reply: shapes.session,
    serve: async (base, { body }, call) =>
      welcome(base, await signInByPasskey(base, body.response, call, call.request)),
  }),
  route({
    ...own,
    method: 'GET',
    path: '/api/v1/me/passkeys',
    summary: 'Lists the own passkeys; of anyone signed in.',
    reply: z.object({ items: z.array(passkey) }),
    run: async ctx => ({ items: await passkeysOf(ctx, (await me(ctx)).id) }),
  }),
  servedRoute({
    ...own,
    method: 'POST',
    path: '/api/v1/me/passkeys/options',
    summary:
      'What a browser needs to make a passkey. The first one takes the password, every other a passkey or code shown within five minutes. Of anyone signed in.',
    body: z.object({ password: shapes.password.optional() }),
    reply: creationShape,
    serve: async (base, { body }, call) => {
      const admin = await demandMayAdd(base, call, body.password)
      return { body: await within(base, call, ctx => beginPasskey(ctx, admin)) }
    },
  }),
  route({
    ...own,
    method: 'POST',
    path: '/api/v1/me/passkeys',
    summary: 'Keeps a passkey that was just made; the first brings recovery codes, answered once. Of anyone signed in.',
    bodyLimit: 65_536,
    body: z.object({ name: shapes.name, response: attestationShape }),
    reply: z.object({ passkey, recoveryCodes: z.array(z.string()).nullable() }),
    status: 201,
    run: async (ctx, { body }) => addPasskey(ctx, await me(ctx), body),
  }),
  route({
    ...own,
    method: 'PATCH',
    path: '/api/v1/me/passkeys/:id',
    summary: 'Gives one of the own passkeys another name; of anyone signed in.',
    params: shapes.byId,
    body: z.object({ name: shapes.name }),
    reply: passkey,
    run: async (ctx, { params, body }) => renamePasskey(ctx, await me(ctx), params.id, body.name),
  }),
  route({
    ...own,
    method: 'DELETE',
    path: '/api/v1/me/passkeys/:id',
    summary: 'Removes one of the own passkeys; takes a passkey or code shown within five minutes. Of anyone signed in.',
    params: shapes.byId,
    run: async (ctx, { params }) => {
      await demandStepUp(ctx)
      await removePasskey(ctx, await me(ctx), params.id)
      return undefined
    },
  }),
  route({
    ...own,
    method: 'POST',
    path: '/api/v1/me/step-up/options',
    summary: 'What the own session can be proven with; of anyone signed in.',
    reply: z.object({ passkey: requestShape.nullable(), code: z.boolean() }),
    status: 200,
    run: async ctx => beginStepUp(ctx, await me(ctx)),
  }),
  servedRoute({
    ...own,
    method: 'POST',
    path: '/api/v1/me/step-up',
    summary: 'Proves by a passkey or a code who is there, for five minutes of this session; of anyone signed in.',
    bodyLimit: 32_768,
    body: z.union([z.strictObject({ code: shapes.code }), z.strictObject({ response: assertionShape })]),
    reply: z.object({ until: z.number() }),
    serve: async (base, { body }, call) => {
      const admin = await within(base, call, me)
      const who = { principal: principalOf(call), admin, session: sessionIn(call) }
      return { body: await stepUp(base, who, body, call) }
    },
  }),
]
