import { z } from 'zod'
import * as roster from '../../areas/roster/index.ts'
import { rawRoute, type Route, route } from '../../base/route.ts'
import { close } from './closing.ts'
import { googleStanding, shownAtGoogle } from './device-shown.ts'
import { enterpriseShape, programsFor, shownEnterprise } from './enterprise-shown.ts'
import { isHook, takeDelivery } from './notices.ts'
import { addAndroid, anyone, askCheck, cameBack, changeAndroid, programChange, programWish } from './program.ts'
import { listTokens, tokenRow } from './token-list.ts'
import { askToken, demandProgram, shownToken, tokenShape, tokenWish } from './token.ts'

const id = z.object({ id: z.string().max(64) })

/** Programs at Google's management interface, the tokens they enroll devices with, the way back from a sign-up, and what Google tells. */
export const androidRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/v1/programs/android',
    permission: 'roster:write',
    summary: 'Takes a service account of Google’s into use: a program that manages Android devices through Google.',
    body: programWish,
    reply: roster.programShape,
    status: 201,
    run: async (ctx, { body }) => roster.shownProgram(ctx, await addAndroid(ctx, body)),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/programs/android/:id',
    permission: 'roster:write',
    summary: 'Takes another key of the same project, or other settings of how Google tells what happens.',
    params: id,
    body: programChange,
    reply: roster.programShape,
    run: async (ctx, { params, body }) => roster.shownProgram(ctx, await changeAndroid(ctx, params.id, body)),
  }),
  route({
    method: 'GET',
    path: '/api/v1/programs/android',
    permission: 'invitations:read',
    summary: 'The programs that devices can be enrolled through, and whether each can take any now.',
    reply: z.object({ items: z.array(z.object({ id: z.string(), name: z.string(), live: z.boolean() })) }),
    run: async ctx => ({ items: await programsFor(ctx) }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/google',
    permission: 'devices:read',
    summary:
      'How a device stands that is managed through Google: the policy it has, what of it is not as it should be, and the orders that wait.',
    params: id,
    reply: z.object({ standing: googleStanding.nullable().describe('Null where it is managed in another way.') }),
    run: async (ctx, { params }) => ({ standing: await shownAtGoogle(ctx, params.id) }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/programs/android/:id',
    permission: 'roster:read',
    summary: 'A program at Google: how far it has come, whether its notices come, and what comparing everything found.',
    params: id,
    reply: enterpriseShape,
    run: (ctx, { params }) => shownEnterprise(ctx, params.id),
  }),
  route({
    method: 'POST',
    path: '/api/v1/programs/android/:id/check',
    permission: 'roster:write',
    summary: 'Compares every device and token with Google now; a job does it, and the program shows how far it is.',
    params: id,
    reply: enterpriseShape,
    status: 202,
    run: async (ctx, { params }) => {
      await askCheck(ctx, params.id)
      return shownEnterprise(ctx, params.id)
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/programs/android/:id/disconnect',
    permission: 'roster:write',
    summary:
      'Takes leave of Google: tokens are deleted there, then the program and its key are forgotten. Devices keep the policy they have.',
    params: id,
    body: z.strictObject({ confirm: z.string().min(1).max(200).describe('The name of the program.') }),
    reply: enterpriseShape,
    status: 202,
    run: async (ctx, { params, body }) => {
      await close(ctx, params.id, body.confirm)
      return shownEnterprise(ctx, params.id)
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/programs/android/:id/tokens',
    permission: 'invitations:write',
    summary: 'Asks Google for an enrollment token; its code is there a moment later.',
    params: id,
    body: tokenWish,
    reply: tokenShape,
    status: 201,
    run: async (ctx, { params, body }) => {
      await demandProgram(ctx, params.id)
      return askToken(ctx, params.id, body)
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/programs/android/:id/tokens',
    permission: 'invitations:read',
    summary: 'The enrollment tokens of a program that invite to units you may see, with how often each was used.',
    params: id,
    query: z.object({
      cursor: z.string().max(64).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({ items: z.array(tokenRow), next: z.string().nullable(), total: z.number().nullable() }),
    run: async (ctx, { params, query }) => ({ ...(await listTokens(ctx, params.id, query)), total: null }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/android-tokens/:id',
    permission: 'invitations:write',
    summary: 'An enrollment token of Google’s with its code, for those who may invite.',
    params: id,
    reply: tokenShape,
    run: (ctx, { params }) => shownToken(ctx, params.id),
  }),
  rawRoute({
    method: 'GET',
    path: '/android/v1/signed-up/:secret',
    plane: 'public',
    auth: 'none',
    permission: null,
    summary: 'Where Google sends whoever signed an organization up.',
    bodyLimit: 0,
    accepts: [],
    params: z.object({ secret: z.string().min(20).max(128) }),
    query: z.object({ enterpriseToken: z.string().min(1).max(4000).optional() }),
    reply: ['text/plain'],
    serve: async (base, { params, query }, call) => {
      const token = query.enterpriseToken
      const program = await base.transact(anyone(call.request), async ctx =>
        token === undefined ? null : cameBack(ctx, params.secret, token),
      )
      const location = `/settings/android/google${program === null ? '?back=unknown' : ''}`
      return {
        status: 303,
        type: 'text/plain',
        body: '',
        headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
      }
    },
  }),
  rawRoute({
    method: 'POST',
    path: '/android/v1/notices/:hook',
    plane: 'public',
    auth: 'none',
    permission: null,
    summary: 'What Google tells of devices, delivered by Pub/Sub with a token that says who delivers it.',
    bodyLimit: 12 * 1024 * 1024,
    accepts: ['application/json'],
    params: z.object({ hook: z.string().min(20).max(128) }),
    expects: (base, { hook = '' }) => isHook(base, hook),
    reply: ['text/plain'],
    serve: async (base, { params }, call) => {
      const status = await takeDelivery(base, params.hook, call)
      return { status, type: 'text/plain', body: '', headers: { 'cache-control': 'no-store' } }
    },
  }),
]
