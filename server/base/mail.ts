import { z } from 'zod'
import type { Config } from './config.ts'
import type { Ctx } from './ctx.ts'
import { eventType } from './events.ts'
import { type Id, newId } from './id.ts'
import { enqueue, jobName } from './jobs.ts'
import * as store from './mail-store.ts'
import type { Language } from './say.ts'

/** A file that goes with a mail: its bytes are a blob, read when the mail leaves. */
export interface Attachment {
  name: string
  type: string
  /** SHA-256 in hex, as `blobs.put` answered it. */
  blob: string
}

/** One mail to one person. */
export interface Mail {
  /** One address, without a name. */
  to: string
  /** Never a secret: it is shown in the console. */
  subject: string
  text: string
  /** The same words for readers that show HTML; made from `text` when absent. */
  html?: string
  language?: Language
  attachments?: readonly Attachment[]
  /** What the mail is about, to find it again. */
  about?: { kind: string; id: string }
  /** When it is not worth sending any more, for codes and links that end; three days when absent. */
  until?: number
}

/** What is kept sealed of a mail until it has ended. */
export interface MailBody {
  text: string
  html: string
  attachments: readonly Attachment[]
}

/** Sends what is due; one job for each org. */
export const sendMails = jobName<Record<string, never>>('mail.send')

/** What the log keeps of mail: only what a person must hear of. */
export const mailEvents = {
  /** A mail will not arrive: it was refused for good, or nobody took it in time. The address is in the outbox, not in the log. */
  undelivered: eventType('mail.undelivered', { state: z.enum(['refused', 'late']), code: z.number().nullable() }),
}

const patienceMs = 3 * 24 * 3_600_000

/** Whether this server can send mail: an SMTP server and a sender are set. */
export function mailReady(config: Config): boolean {
  return config.smtp !== null && config.mailFrom !== null
}

/** One address as RFC 5321 §4.1.2 has it in practice; nothing that could end a header or name a second recipient. */
const address =
  /^[^\s"(),:;<>@[\\\]\p{Cc}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)*[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u

/** Whether the text is one mail address that mail can be sent to. */
export function isAddress(text: string): boolean {
  return text.length <= 254 && address.test(text)
}

/**
 * Puts a mail into the outbox in this transaction; it leaves after the commit, and is tried for three days or until `until`.
 * Answers null, and does nothing, where mail is not set up or the address is none: ask `mailReady` first if someone waits for it.
 */
export async function sendMail(ctx: Ctx, mail: Mail): Promise<Id<'mail'> | null> {
  if (!mailReady(ctx.config) || !isAddress(mail.to)) return null
  const id = newId('mail')
  const language = mail.language ?? 'en'
  const subject = oneLine(mail.subject, 200)
  const body: MailBody = {
    text: mail.text,
    html: mail.html ?? htmlOf(mail.text, { language, title: subject }),
    attachments: (mail.attachments ?? []).map(a => ({ ...a, name: oneLine(a.name, 120).replaceAll(/[/\\]/g, '-') })),
  }
  await store.put(ctx, {
    id,
    recipient: mail.to,
    subject,
    language,
    body: await ctx.secrets.seal(ctx, bodyPlace(id), JSON.stringify(body)),
    about: mail.about ?? null,
    until: Math.min(mail.until ?? Number.MAX_SAFE_INTEGER, ctx.now + patienceMs),
  })
  await enqueue(ctx, sendMails, {}, { dedupe: 'org' })
  return id
}

/** Where the sealed body of a mail is bound to. */
export const bodyPlace = (id: string) => ({ table: 'mails', column: 'body', row: id })

/** The text without anything that could end a header line, cut to so many characters. */
export function oneLine(text: string, most: number): string {
  return [...text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()].slice(0, most).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** The text with everything that HTML would take for itself said as entities. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, c => entities[c] ?? c)
}

/** A plain page of the same words: paragraphs, line breaks, lists as they stand, and https addresses that can be followed. */
export function htmlOf(text: string, { language, title }: { language: Language; title: string }): string {
  const paragraphs = text
    .trim()
    .split(/\n{2,}/)
    .map(p => `<p>${linked(escapeHtml(p)).replaceAll('\n', '<br>\n')}</p>`)
  return [
    '<!doctype html>',
    `<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escapeHtml(title)}</title></head>`,
    '<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;max-width:36em">',
    ...paragraphs,
    '</body></html>',
    '',
  ].join('\n')
}

function linked(escaped: string): string {
  return escaped.replaceAll(/https?:\/\/[^\s<]*[^\s<.,;:!?)、。]/g, url => `<a href="${url}">${url}</a>`)
}
