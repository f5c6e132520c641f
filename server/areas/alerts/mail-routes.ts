import { z } from 'zod'
import { demandWhole } from '../../base/authority.ts'
import { Problem } from '../../base/problem.ts'
import { mailReady, sendMail } from '../../base/mail.ts'
import * as outbox from '../../base/mail-store.ts'
import { listQuery } from '../../base/page.ts'
import { type Route, route } from '../../base/route.ts'
import { languageOf } from '../../base/say.ts'
import * as identity from '../identity/index.ts'
import { say } from './say.ts'

const mailShape = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  state: z.enum(outbox.mailStates),
  attempts: z.number(),
  /** What the mail server said last. */
  answer: z.string().nullable(),
  createdAt: z.number(),
  nextAt: z.number().nullable(),
  endedAt: z.number().nullable(),
})

const whole = 'admins:read'

/** How mail leaves this server, what waits, and what did not arrive. For those who see the whole org: addresses of everyone are here. */
export const mailRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/mail',
    permission: whole,
    summary: 'Whether mail can be sent, by which server, how it gets on, and how much waits.',
    reply: z.object({
      ready: z.boolean(),
      from: z.string().nullable(),
      server: z.object({ host: z.string(), port: z.number(), tls: z.string(), signedIn: z.boolean() }).nullable(),
      failingSince: z.number().nullable(),
      trouble: z.string().nullable(),
      deliveredAt: z.number().nullable(),
      counts: z.record(z.enum(outbox.mailStates), z.number()),
    }),
    run: async ctx => {
      demandWhole(ctx.authority, whole)
      const { smtp, mailFrom } = ctx.config
      const { failing_since, trouble, delivered_at } = await outbox.line(ctx)
      return {
        ready: mailReady(ctx.config),
        from: mailFrom === null ? null : mailFrom.address,
        server:
          smtp === null ? null : { host: smtp.host, port: smtp.port, tls: smtp.tls, signedIn: smtp.user !== null },
        failingSince: failing_since,
        trouble,
        deliveredAt: delivered_at,
        counts: await outbox.counts(ctx),
      }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/mail/outbox',
    permission: whole,
    summary: 'Mails of the last 30 days, newest first, without their words.',
    query: listQuery.pick({ cursor: true, limit: true }).extend({ state: z.enum(outbox.mailStates).optional() }),
    reply: z.object({ items: z.array(mailShape), next: z.string().nullable(), total: z.null() }),
    run: async (ctx, { query }) => {
      demandWhole(ctx.authority, whole)
      const rows = await outbox.list(ctx, { state: query.state, after: query.cursor ?? null, most: query.limit + 1 })
      const items = rows.slice(0, query.limit).map(r => ({
        id: r.id,
        to: r.recipient,
        subject: r.subject,
        state: r.state,
        attempts: r.attempts,
        answer: r.answer,
        createdAt: r.created_at,
        nextAt: r.state === 'waiting' ? r.next_at : null,
        endedAt: r.ended_at,
      }))
      return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null, total: null }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/mail/test',
    plane: 'console',
    auth: 'session',
    // Who it is for is known only inside; those who may not are refused there.
    permission: null,
    summary: 'Sends a test mail to the own address of a signed-in admin who may change alerts everywhere.',
    reply: z.object({ id: z.string(), to: z.string() }),
    run: async ctx => {
      demandWhole(ctx.authority, 'alerts:write')
      const id = ctx.actor.kind === 'admin' ? ctx.actor.id : null
      const admin = (await identity.activeAdmins(ctx)).find(a => a.id === id)
      if (!admin) throw new Problem('session.missing')
      const language = languageOf(admin.locale)
      const words = { subject: say(language, 'test.subject'), text: say(language, 'test.text') }
      const mail = await sendMail(ctx, { ...words, to: admin.email, language })
      if (mail === null) throw new Problem('mail.not-set-up')
      return { id: mail, to: admin.email }
    },
  }),
]
