import { z } from 'zod'
import { nothing } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { type Call, type Principal, type Reply, type Route, route, servedRoute } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import { assertionShape } from './assertion.ts'
import { me, sessionOf, type SessionAnswer } from './me.ts'
import { noCookie, signOut } from './session.ts'
import { needsSetup, setUp } from './setup.ts'
import * as shapes from './shapes.ts'
import { accept, type SignedIn, signIn, signInByLink } from './sign-in.ts'

const open = { plane: 'console', auth: 'none', permission: null } as const
/** A session answers only for its own admin, so that no role is needed. */
const own = { plane: 'console', auth: 'session', permission: null } as const

const second = { code: shapes.code.optional(), response: assertionShape.optional() }

/** Set-up, signing in and out. */
export const signInRoutes: readonly Route[] = [
  servedRoute({
    ...open,
    method: 'GET',
    path: '/api/v1/setup',
    summary: 'Tells whether the server still waits for its first owner.',
    reply: z.object({ needed: z.boolean() }),
    serve: async base => ({ body: { needed: await needsSetup(base) } }),
  }),
  servedRoute({
    ...open,
    method: 'POST',
    path: '/api/v1/setup',
    summary: 'Opens the first org with its first owner, by the link printed at start.',
    body: shapes.token.extend({
      orgName: shapes.name,
      name: shapes.name,
      email: shapes.email,
      password: shapes.password,
      locale: shapes.locale,
    }),
    reply: shapes.session,
    status: 201,
    serve: async (base, { body: { token, ...owner } }, call) => {
      const signed = await setUp(base, owner, { token, from: call, request: call.request })
      return { ...(await welcome(base, signed)), status: 201 }
    },
  }),
  servedRoute({
    ...open,
    method: 'POST',
    path: '/api/v1/sign-in',
    summary:
      'Signs in with address, password and, where they are set up, a code or a passkey; `sign-in.code-needed` says which, with a challenge.',
    bodyLimit: 32_768,
    body: z.object({ email: z.string().max(254), password: shapes.password, ...second }),
    reply: shapes.session,
    serve: async (base, { body }, call) => welcome(base, await signIn(base, body, call, call.request)),
  }),
  servedRoute({
    ...open,
    method: 'POST',
    path: '/api/v1/sign-in/link',
    summary: 'Signs in by a link that opens once.',
    bodyLimit: 8192,
    body: shapes.token,
    reply: shapes.session,
    serve: async (base, { body }, call) => welcome(base, await signInByLink(base, body.token, call, call.request)),
  }),
  servedRoute({
    ...open,
    method: 'POST',
    path: '/api/v1/accept',
    summary: 'Accepts an invitation, or sets a new password, by a link that opens once.',
    bodyLimit: 32_768,
    body: shapes.token.extend({ password: shapes.password, ...second }),
    reply: shapes.session,
    serve: async (base, { body }, call) => welcome(base, await accept(base, body, call, call.request)),
  }),
  route({
    ...own,
    method: 'GET',
    path: '/api/v1/session',
    summary: 'Tells who is signed in and what they may do; of anyone signed in.',
    reply: shapes.session,
    run: async ctx => sessionOf(ctx, (await me(ctx)).id),
  }),
  servedRoute({
    ...own,
    method: 'POST',
    path: '/api/v1/sign-out',
    summary: 'Ends the session it is called with; of anyone signed in.',
    serve: async (base, _input, call) => {
      await within(base, call, async ctx => signOut(ctx, await me(ctx), sessionIn(call)))
      return { status: 204, body: undefined, headers: { 'set-cookie': noCookie() } }
    },
  }),
]

/** Runs work as whoever called. */
export async function within<T>(base: Base, call: Call, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  return base.transact({ ...principalOf(call), request: call.request }, work)
}

/** Who called. */
export function principalOf(call: Call): Principal {
  if (!call.principal) throw new Error('only on routes that know their caller')
  return call.principal
}

/** The id of the session a request came with; '' with a key. */
export function sessionIn(call: Call): string {
  return call.principal?.actor.kind === 'admin' ? call.principal.actor.session : ''
}

/** The answer to whoever just signed in. */
export async function welcome(base: Base, { org, admin, cookie }: SignedIn): Promise<Reply<SessionAnswer>> {
  const actor = { kind: 'system', id: null, what: 'sign-in' } as const
  const body = await base.read({ org, actor, authority: nothing }, ctx => sessionOf(ctx, admin))
  return { body, headers: { 'set-cookie': cookie } }
}
