import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { sendMail } from '../../base/mail.ts'
import { listQuery, listReply } from '../../base/page.ts'
import { Problem } from '../../base/problem.ts'
import { type Route, route } from '../../base/route.ts'
import { languageOf } from '../../base/say.ts'
import * as identity from '../identity/index.ts'
import { acknowledge, assign, comment, reopen, resolve, snooze } from './alert.ts'
import { ask } from './ask.ts'
import { listAlerts } from './list.ts'
import { mailRoutes } from './mail-routes.ts'
import { say, titleOf } from './say.ts'
import * as settings from './settings.ts'
import { alertPage, alertPageShape, alertShape, mostCounted, waitingByType } from './shown.ts'
import { severities } from './kinds.ts'

const params = z.object({ id: z.string() })
const note = z.string().trim().min(1).max(2000)
const own = { plane: 'console', auth: 'session', permission: null } as const
const write = { method: 'POST', permission: 'alerts:write', params, reply: alertPageShape } as const

/** Does something to one alert and answers how it stands then. */
async function then(ctx: Ctx, id: string, done: Promise<unknown>): Promise<z.input<typeof alertPageShape>> {
  await done
  return alertPage(ctx, id)
}

/** Gives an alert to someone, who is told by mail unless it is the giver. */
async function give(ctx: Ctx, id: string, to: string | null): Promise<void> {
  const alert = await assign(ctx, id, to)
  if (to === null || to === ctx.actor.id) return
  const admin = (await identity.activeAdmins(ctx)).find(a => a.id === to)
  if (!admin) return
  const language = languageOf(admin.locale)
  const who = (await identity.nameOfActor(ctx, ctx.actor.kind, ctx.actor.id)) ?? 'Muster'
  const title = titleOf(alert, language)
  await sendMail(ctx, {
    to: admin.email,
    language,
    subject: say(language, 'assigned.subject', { who, title }),
    text: `${title}\n\n${ctx.config.url}/alerts/${alert.id}`,
    about: { kind: 'alert', id: alert.id },
  })
}

/** Does the same to many, and says of each whether it went. */
async function doMany(ctx: Ctx, ids: readonly string[], one: (id: string) => Promise<void>) {
  const items: { id: string; code: string | null }[] = []
  for (const id of ids)
    try {
      await one(id)
      items.push({ id, code: null })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      items.push({ id, code: error.code })
    }
  return { items }
}

/** Every route of this area. */
export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/alerts',
    permission: 'alerts:read',
    summary:
      'Alerts where the caller may look, the gravest first; filtered by state, type, severity, snoozed, assigned, device, user, unit, opened, last, resolved.',
    query: listQuery,
    reply: listReply(alertShape),
    run: (ctx, { query }) => listAlerts(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/alerts/summary',
    permission: 'alerts:read',
    summary: 'How many alerts wait for someone, by type, and how many the caller has not seen yet.',
    reply: z.object({
      unseen: z.number(),
      /** True when there are more than are counted. */
      more: z.boolean(),
      items: z.array(
        z.object({
          type: z.string(),
          severity: z.enum(severities),
          state: z.string(),
          count: z.number(),
          since: z.number(),
        }),
      ),
    }),
    run: async ctx => {
      const items = await waitingByType(ctx)
      const total = items.reduce((sum, i) => sum + i.count, 0)
      return { unseen: await settings.unseen(ctx), more: total >= mostCounted, items }
    },
  }),
  route({
    ...own,
    method: 'POST',
    path: '/api/v1/alerts/seen',
    summary: 'The signed-in admin has seen what there is now; of anyone signed in.',
    run: async ctx => {
      await settings.markSeen(ctx)
      return undefined
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/alerts/settings',
    permission: 'alerts:read',
    summary: 'Which types of alerts are opened, and of which the person of the device is told.',
    reply: settings.rulesShape,
    run: settings.rules,
  }),
  route({
    method: 'PUT',
    path: '/api/v1/alerts/settings',
    permission: 'alerts:write',
    summary: 'Decides about one type of alert for the whole org.',
    body: settings.ruleChange,
    reply: settings.rulesShape,
    run: async (ctx, { body }) => {
      await settings.changeRule(ctx, body)
      return settings.rules(ctx)
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/alerts/bulk',
    permission: 'alerts:write',
    summary: 'Acknowledges, resolves or snoozes up to 200 alerts, and says of each whether it went.',
    body: z.discriminatedUnion('do', [
      z.object({ do: z.literal('acknowledge'), ids: z.array(z.string()).min(1).max(200) }),
      z.object({
        do: z.literal('resolve'),
        ids: z.array(z.string()).min(1).max(200),
        note: note.nullable().default(null),
      }),
      z.object({ do: z.literal('snooze'), ids: z.array(z.string()).min(1).max(200), until: z.number().int() }),
    ]),
    reply: z.object({ items: z.array(z.object({ id: z.string(), code: z.string().nullable() })) }),
    run: (ctx, { body }) =>
      doMany(ctx, body.ids, id => {
        if (body.do === 'acknowledge') return acknowledge(ctx, id)
        return body.do === 'resolve' ? resolve(ctx, id, body.note) : snooze(ctx, id, body.until)
      }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/alerts/:id',
    permission: 'alerts:read',
    summary: 'One alert with all that became of it.',
    params,
    reply: alertPageShape,
    run: (ctx, { params: { id } }) => alertPage(ctx, id),
  }),
  route({
    ...write,
    path: '/api/v1/alerts/:id/acknowledge',
    summary: 'Someone has seen the alert and takes care of it.',
    run: (ctx, { params: { id } }) => then(ctx, id, acknowledge(ctx, id)),
  }),
  route({
    ...write,
    path: '/api/v1/alerts/:id/resolve',
    summary: 'Ends an alert by hand.',
    body: z.object({ note: note.nullable().default(null) }),
    run: (ctx, { params: { id }, body }) => then(ctx, id, resolve(ctx, id, body.note)),
  }),
  route({
    ...write,
    path: '/api/v1/alerts/:id/reopen',
    summary: 'Opens an alert again that had ended.',
    run: (ctx, { params: { id } }) => then(ctx, id, reopen(ctx, id)),
  }),
  route({
    ...write,
    path: '/api/v1/alerts/:id/assign',
    summary: 'Gives an alert to an admin, who is told by mail, or to nobody.',
    body: z.object({ admin: z.string().nullable() }),
    run: (ctx, { params: { id }, body }) => then(ctx, id, give(ctx, id, body.admin)),
  }),
  route({
    ...write,
    path: '/api/v1/alerts/:id/snooze',
    summary: 'Lets an alert rest until an instant, at most 90 days; null ends the rest.',
    body: z.object({ until: z.number().int().nullable() }),
    run: (ctx, { params: { id }, body }) => then(ctx, id, snooze(ctx, id, body.until)),
  }),
  route({
    ...write,
    path: '/api/v1/alerts/:id/comment',
    summary: 'Writes something beside an alert.',
    body: z.object({ text: note }),
    run: (ctx, { params: { id }, body }) => then(ctx, id, comment(ctx, id, body.text)),
  }),
  route({
    ...write,
    path: '/api/v1/alerts/:id/ask',
    summary: 'Asks the person of the device by mail, in their language; at most once a day.',
    run: (ctx, { params: { id } }) => then(ctx, id, ask(ctx, id)),
  }),
  route({
    ...own,
    method: 'GET',
    path: '/api/v1/me/notifications',
    summary: 'How the signed-in admin hears of alerts; of anyone signed in.',
    reply: settings.notificationsShape,
    run: settings.notifications,
  }),
  route({
    ...own,
    method: 'PUT',
    path: '/api/v1/me/notifications',
    summary: 'Changes how the signed-in admin hears of alerts; of anyone signed in.',
    body: settings.notificationsChange,
    reply: settings.notificationsShape,
    run: async (ctx, { body }) => {
      await settings.changeNotifications(ctx, body)
      return settings.notifications(ctx)
    },
  }),
  route({
    ...own,
    method: 'GET',
    path: '/api/v1/me/notifications/digest',
    summary: 'The digest of the last day as the signed-in admin would get it now; of anyone signed in.',
    reply: z.object({ digest: z.object({ subject: z.string(), text: z.string() }).nullable() }),
    run: async ctx => ({ digest: await settings.previewDigest(ctx) }),
  }),
  ...mailRoutes,
]
