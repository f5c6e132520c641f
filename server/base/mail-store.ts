import { sql } from 'kysely'
import type { Ctx } from './ctx.ts'
import { own } from './db.ts'
import type { Language } from './say.ts'

/** Where a mail stands: waiting to be taken, taken by the mail server, refused for good, or not taken in time. */
export const mailStates = ['waiting', 'sent', 'refused', 'late'] as const
export type MailState = (typeof mailStates)[number]

/** A mail of the outbox as it is stored. */
export interface MailRow {
  org: string
  id: string
  recipient: string
  subject: string
  language: string
  body: Uint8Array | null
  about_kind: string | null
  about_id: string | null
  state: MailState
  attempts: number
  next_at: number
  until: number
  answer: string | null
  created_at: number
  ended_at: number | null
}

/** How the mail server itself gets on. */
export interface MailLine {
  tries: number
  failing_since: number | null
  trouble: string | null
  delivered_at: number | null
}

interface Tables {
  mails: MailRow
  mail_lines: MailLine & { org: string }
}

const db = (ctx: Pick<Ctx, 'tx'>) => own<Tables>(ctx.tx)

/** Keeps a new mail, due now. */
export async function put(
  ctx: Ctx,
  mail: Pick<MailRow, 'id' | 'recipient' | 'subject' | 'body' | 'until'> & {
    language: Language
    about: { kind: string; id: string } | null
  },
): Promise<void> {
  const { about, ...rest } = mail
  await db(ctx)
    .insertInto('mails')
    .values({
      ...rest,
      org: ctx.org,
      about_kind: about?.kind ?? null,
      about_id: about?.id ?? null,
      state: 'waiting',
      attempts: 0,
      next_at: ctx.now,
      answer: null,
      created_at: ctx.now,
      ended_at: null,
    })
    .execute()
}

/** What is due, the longest due first. */
export function due(ctx: Ctx, most: number): Promise<MailRow[]> {
  return db(ctx)
    .selectFrom('mails')
    .selectAll()
    .where('org', '=', ctx.org)
    .where('state', '=', 'waiting')
    .where('next_at', '<=', ctx.now)
    .orderBy('next_at')
    .orderBy('id')
    .limit(most)
    .execute()
}

/** When the next mail is due; null when none waits. */
export async function nextDue(ctx: Ctx): Promise<number | null> {
  const row = await db(ctx)
    .selectFrom('mails')
    .select(sql<number | null>`MIN(next_at)`.as('at'))
    .where('org', '=', ctx.org)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  return row?.at === null || row?.at === undefined ? null : Number(row.at)
}

/** Changes a mail that still waits; answers whether it did. */
export async function change(
  ctx: Ctx,
  id: string,
  set: Partial<Pick<MailRow, 'state' | 'attempts' | 'next_at' | 'answer' | 'ended_at' | 'body'>>,
): Promise<boolean> {
  const done = await db(ctx)
    .updateTable('mails')
    .set(set)
    .where('org', '=', ctx.org)
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .returning('id')
    .execute()
  return done.length === 1
}

/** A mail, if it is kept. */
export async function find(ctx: Ctx, id: string): Promise<MailRow | undefined> {
  return db(ctx).selectFrom('mails').selectAll().where('org', '=', ctx.org).where('id', '=', id).executeTakeFirst()
}

/** Mails, newest first, from after the cursor. */
export function list(
  ctx: Ctx,
  wish: { state?: MailState | undefined; after: string | null; most: number },
): Promise<Omit<MailRow, 'body'>[]> {
  const { state, after } = wish
  return db(ctx)
    .selectFrom('mails')
    .select(['org', 'id', 'recipient', 'subject', 'language', 'about_kind', 'about_id', 'state', 'attempts'])
    .select(['next_at', 'until', 'answer', 'created_at', 'ended_at'])
    .where('org', '=', ctx.org)
    .$if(state !== undefined, q => q.where('state', '=', state ?? 'waiting'))
    .$if(after !== null, q => q.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(wish.most)
    .execute()
}

/** How many wait, and how many ended in vain. */
export async function counts(ctx: Ctx): Promise<Record<MailState, number>> {
  const rows = await db(ctx)
    .selectFrom('mails')
    .select(['state', sql<number>`COUNT(*)`.as('n')])
    .where('org', '=', ctx.org)
    .groupBy('state')
    .execute()
  const none = { waiting: 0, sent: 0, refused: 0, late: 0 }
  return Object.assign(none, Object.fromEntries(rows.map(r => [r.state, Number(r.n)])))
}

/** Forgets mails that ended before an instant, at most so many; answers how many. */
export async function forget(ctx: Ctx, before: number, most: number): Promise<number> {
  const old = db(ctx)
    .selectFrom('mails')
    .select('id')
    .where('org', '=', ctx.org)
    .where('ended_at', '<', before)
    .limit(most)
  const gone = db(ctx).deleteFrom('mails').where('org', '=', ctx.org).where('id', 'in', old)
  return (await gone.returning('id').execute()).length
}

/** How the mail server gets on. */
export async function line(ctx: Ctx): Promise<MailLine> {
  const row = await db(ctx)
    .selectFrom('mail_lines')
    .select(['tries', 'failing_since', 'trouble', 'delivered_at'])
    .where('org', '=', ctx.org)
    .executeTakeFirst()
  return row ?? { tries: 0, failing_since: null, trouble: null, delivered_at: null }
}

/** Notes how the mail server gets on. */
export async function putLine(ctx: Ctx, row: MailLine): Promise<void> {
  await db(ctx)
    .insertInto('mail_lines')
    .values({ org: ctx.org, ...row })
    .onConflict(c => c.column('org').doUpdateSet({ ...row }))
    .execute()
}
