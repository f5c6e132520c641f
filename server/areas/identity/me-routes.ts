import { z } from 'zod'
import { Problem } from '../../base/problem.ts'
import { type Route, route, servedRoute } from '../../base/route.ts'
import {
  changeMe,
  changePassword,
  demandPassword,
  me,
  newPassword,
  preference,
  sessionOf,
  setPreference,
} from './me.ts'
import { demandMayAdd } from './may-add.ts'
import { ownOrg } from './org.ts'
import { revokeSessions, sessionsOf } from './session.ts'
import * as shapes from './shapes.ts'
import { sessionIn, welcome, within } from './sign-in-routes.ts'
import { beginTotp, confirmTotp, removeTotp } from './totp.ts'

/** Everyone may do this with what is their own; no role is needed. */
const own = { plane: 'console', auth: 'session', permission: null } as const
const named = z.object({ name: z.string().regex(/^[a-z][a-z0-9.-]{0,60}$/) })

/** What the signed-in admin does with their own account. */
export const meRoutes: readonly Route[] = [
  route({
    ...own,
    method: 'PATCH',
    path: '/api/v1/me',
    summary: 'Changes the own name, language, time zone or look; of anyone signed in.',
    body: z.object({
      name: shapes.name.optional(),
      locale: shapes.locale.optional(),
      theme: z.enum(['light', 'dark', 'system']).optional(),
      contrast: z.enum(['normal', 'more']).nullable().optional(),
      zone: shapes.zone.optional(),
    }),
    reply: shapes.session,
    run: async (ctx, { body }) => {
      await changeMe(ctx, body)
      return sessionOf(ctx, (await me(ctx)).id)
    },
  }),
  servedRoute({
    ...own,
    method: 'POST',
    path: '/api/v1/me/password',
    summary: 'Changes the own password and ends every other session; of anyone signed in.',
    body: z.object({ current: shapes.password, next: shapes.password }),
    reply: shapes.session,
    serve: async (base, { body }, call) => {
      const [admin, org] = await within(base, call, async ctx => [await me(ctx), await ownOrg(ctx)] as const)
      await demandPassword(base, { ...admin, org: org.id }, body.current, call)
      const hash = await newPassword(admin, org.name, body.next)
      const cookie = await within(base, call, ctx => changePassword(ctx, hash, call))
      return welcome(base, { org: org.id, admin: admin.id, cookie })
    },
  }),
  servedRoute({
    ...own,
    method: 'POST',
    path: '/api/v1/me/totp',
    summary:
      'Begins to set up an authenticator app. Takes the password, or a passkey shown within five minutes where there is one. Of anyone signed in.',
    body: z.object({ password: shapes.password.optional() }),
    reply: z.object({ secret: z.string(), uri: z.string(), qrSvg: z.string() }),
    serve: async (base, { body }, call) => {
      const known = await within(base, call, me)
      if (known.totp) throw new Problem('totp.on')
      const admin = await demandMayAdd(base, call, body.password)
      return { body: await within(base, call, ctx => beginTotp(ctx, admin.id)) }
    },
  }),
  route({
    ...own,
    method: 'POST',
    path: '/api/v1/me/totp/confirm',
    summary: 'Switches codes on with the first code; answers the recovery codes once. Of anyone signed in.',
    body: z.object({ code: shapes.code }),
    reply: z.object({ recoveryCodes: z.array(z.string()) }),
    run: async (ctx, { body }) => ({ recoveryCodes: await confirmTotp(ctx, (await me(ctx)).id, body.code) }),
  }),
  servedRoute({
    ...own,
    method: 'DELETE',
    path: '/api/v1/me/totp',
    summary: 'Switches codes off, with the password; of anyone signed in.',
    body: z.object({ password: shapes.password }),
    serve: async (base, { body }, call) => {
      const [admin, org] = await within(base, call, async ctx => [await me(ctx), await ownOrg(ctx)] as const)
      await demandPassword(base, { ...admin, org: org.id }, body.password, call)
      await within(base, call, async ctx => removeTotp(ctx, await me(ctx)))
      return { status: 204, body: undefined }
    },
  }),
  route({
    ...own,
    method: 'GET',
    path: '/api/v1/me/sessions',
    summary: 'Lists the own sessions; of anyone signed in.',
    reply: z.object({ items: z.array(shapes.sessionRow) }),
    run: async (ctx, _input, call) => ({
      items: (await sessionsOf(ctx, (await me(ctx)).id)).map(s => sessionRow(s, sessionIn(call))),
    }),
  }),
  route({
    ...own,
    method: 'DELETE',
    path: '/api/v1/me/sessions/:id',
    summary: 'Ends one of the own sessions; of anyone signed in.',
    params: shapes.byId,
    run: async (ctx, { params }) => {
      await revokeSessions(ctx, await me(ctx), params.id)
      return undefined
    },
  }),
  route({
    ...own,
    method: 'GET',
    path: '/api/v1/me/preferences/:name',
    summary: 'What one of the own screens remembers; of anyone signed in.',
    params: named,
    reply: z.object({ value: z.unknown() }),
    run: async (ctx, { params }) => ({ value: await preference(ctx, params.name) }),
  }),
  route({
    ...own,
    method: 'PUT',
    path: '/api/v1/me/preferences/:name',
    summary: 'Remembers something for one of the own screens; of anyone signed in.',
    bodyLimit: 20_000,
    params: named,
    body: z.object({ value: z.unknown() }),
    reply: z.object({ value: z.unknown() }),
    run: async (ctx, { params, body }) => {
      await setPreference(ctx, params.name, body.value)
      return { value: body.value ?? null }
    },
  }),
]

/** A stored session as lists show it. */
export function sessionRow(
  row: { id: string; created_at: number; last_seen_at: number; address: string; agent: string },
  current: string,
): z.input<typeof shapes.sessionRow> {
  const { id, created_at, last_seen_at, address, agent } = row
  return { id, current: id === current, createdAt: created_at, lastSeenAt: last_seen_at, address, agent }
}
