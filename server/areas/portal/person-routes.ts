import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { type Call, type Route, route, servedRoute } from '../../base/route.ts'
import { languages } from '../../base/say.ts'
import type { Base } from '../../base/transact.ts'
import * as compliance from '../compliance/index.ts'
import * as hours from '../hours/index.ts'
import * as incidents from '../incidents/index.ts'
import { demandProof, mailCode, prove } from './code.ts'
import { answerOrder, chooseLanguage, exportOf, myDevice, myPage, ownDevice } from './page.ts'
import * as shapes from './shapes.ts'
import { enter, leave, noCookie, secretIn, visitor } from './visit.ts'

/** A person by their visit: they hold no permission, and reach only what is their own. */
const own = { plane: 'console', auth: 'person', permission: null } as const
const byId = z.object({ id: z.string().max(40) })

/** What a person does on their own page. */
export const personRoutes: readonly Route[] = [
  servedRoute({
    plane: 'console',
    auth: 'none',
    permission: null,
    method: 'POST',
    path: '/api/v1/my/visit',
    summary: 'Opens a personal link; it is used up, and a visit begins.',
    bodyLimit: 1024,
    body: z.object({ token: z.string().min(1).max(100) }),
    serve: async (base, { body }, call) => {
      const { cookie } = await enter(base, body.token, call)
      return { status: 204, body: undefined, headers: { 'set-cookie': cookie } }
    },
  }),
  servedRoute({
    ...own,
    method: 'DELETE',
    path: '/api/v1/my/visit',
    summary: 'Ends the visit it is called in; of whoever visits.',
    serve: async (base, _input, call) => {
      await inVisit(base, call, leave)
      return { status: 204, body: undefined, headers: { 'set-cookie': noCookie() } }
    },
  }),
  route({
    ...own,
    method: 'GET',
    path: '/api/v1/my',
    summary: 'The own page: devices, what was asked for, what this visit may see; of whoever visits.',
    reply: shapes.page,
    run: ctx => myPage(ctx),
  }),
  route({
    ...own,
    method: 'PATCH',
    path: '/api/v1/my',
    summary: 'Chooses the own language, also of mail; of whoever visits.',
    body: z.object({ language: z.enum(languages) }),
    reply: shapes.page,
    run: async (ctx, { body }) => {
      await chooseLanguage(ctx, body.language)
      return myPage(ctx)
    },
  }),
  route({
    ...own,
    method: 'GET',
    path: '/api/v1/my/devices/:id',
    summary: 'What is collected of an own device, what never is, who can do what; of whoever visits.',
    params: byId,
    reply: shapes.devicePage,
    run: (ctx, { params }) => myDevice(ctx, params.id),
  }),
  route({
    ...own,
    method: 'POST',
    path: '/api/v1/my/code',
    summary: 'Mails a code of six digits to the person; of whoever visits.',
    reply: z.object({ to: z.string(), until: z.number() }),
    run: (ctx, _input, call) => mailCode(ctx, secretIn(call.headers.cookie)),
  }),
  servedRoute({
    ...own,
    method: 'POST',
    path: '/api/v1/my/step-up',
    summary: 'Proves the visit by the mailed code, for ten minutes; of whoever visits.',
    bodyLimit: 1024,
    body: z.object({ code: z.string().trim().min(1).max(20) }),
    reply: z.object({ until: z.number() }),
    serve: async (base, { body }, call) => {
      const proven = await inVisit(base, call, ctx => prove(ctx, secretIn(call.headers.cookie), body.code))
      if (proven === null) throw new Problem('portal.code-refused')
      return { body: proven }
    },
  }),
  route({
    ...own,
    method: 'POST',
    path: '/api/v1/my/devices/:id/lost',
    summary:
      'Reports an own device as lost or stolen, and has it do at once what is right for it; takes a mailed code. Of whoever visits.',
    bodyLimit: 16_384,
    params: byId,
    body: z.object({
      kind: z.enum(['lost', 'stolen']),
      note: z.string().max(2000).optional(),
      phone: z.string().max(40).optional(),
    }),
    reply: z.object({ number: z.number(), action: z.string(), why: z.string() }),
    status: 201,
    run: async (ctx, { params, body }) => {
      const device = await ownDevice(ctx, params.id)
      await demandProof(ctx)
      const { number, action, why } = await incidents.report(ctx, { device: device.id, by: 'person', ...body })
      return { number, action, why }
    },
  }),
  route({
    ...own,
    method: 'POST',
    path: '/api/v1/my/devices/:id/consents/:consent',
    summary: 'Agrees to an order of an own device, or refuses it; of whoever visits.',
    params: byId.extend({ consent: z.string().max(40) }),
    body: z.object({ agrees: z.boolean() }),
    run: async (ctx, { params, body }) => {
      await answerOrder(ctx, { device: params.id, consent: params.consent, agrees: body.agrees })
      return undefined
    },
  }),
  route({
    ...own,
    method: 'POST',
    path: '/api/v1/my/asks',
    summary:
      'Asks to be released from working hours for a time on an own device, or that a rule need not be kept there; of whoever visits.',
    bodyLimit: 16_384,
    body: shapes.ask,
    reply: z.object({ id: z.string(), state: z.string() }),
    status: 201,
    run: async (ctx, { body }) => {
      const device = await ownDevice(ctx, body.device)
      return askFor(ctx, device.id, body)
    },
  }),
  route({
    ...own,
    method: 'DELETE',
    path: '/api/v1/my/asks/:id',
    summary: 'Takes back what was asked for; of whoever visits.',
    params: byId,
    run: async (ctx, { params }) => {
      const { user } = await visitor(ctx)
      await hours.withdraw(ctx, params.id, user.id)
      return undefined
    },
  }),
  route({
    ...own,
    method: 'POST',
    path: '/api/v1/my/export',
    summary: 'Everything that is kept of the person and their devices, as JSON to take along; of whoever visits.',
    reply: shapes.everything,
    status: 200,
    run: ctx => exportOf(ctx),
  }),
]

async function askFor(
  ctx: Ctx,
  device: string,
  ask: z.output<typeof shapes.ask>,
): Promise<{ id: string; state: string }> {
  const { user } = await visitor(ctx)
  const { reason } = ask
  if (ask.kind === 'hours') {
    const { id, state } = await hours.ask(ctx, { user: user.id, device, untilMs: ask.until, reason })
    return { id, state }
  }
  const { rules } = await compliance.verdictOf(ctx, device)
  // Only what concerns the device is there to be asked about.
  if (!rules.some(r => r.rule.id === ask.rule)) throw new Problem('id.unknown')
  return { id: await compliance.askException(ctx, { user: user.id, device, rule: ask.rule, reason }), state: 'asked' }
}

function inVisit<T>(base: Base, call: Call, work: Parameters<typeof base.transact<T>>[1]): Promise<T> {
  if (!call.principal) throw new Error('only on routes that know their caller')
  return base.transact({ ...call.principal, request: call.request }, work)
}
