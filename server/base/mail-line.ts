import { readFileSync } from 'node:fs'
import type { Config } from './config.ts'
import type { MailBody } from './mail.ts'

/** A mail as it goes to the mail server, everything read and opened. */
export interface Letter {
  id: string
  to: string
  subject: string
  language: string
  /** When it was put into the outbox: its Date, whenever it is sent. */
  at: number
  body: MailBody
  files: readonly Uint8Array[]
}

/**
 * What became of an attempt: taken; refused for good; not this time, for reasons of this mail (greylisting, a full box);
 * or trouble with the mail server itself, which says nothing about the mail.
 */
export type Outcome = { kind: 'sent' | 'refused' | 'later' | 'trouble'; code: number | null; answer: string }

/** Connections to the mail server for one round. */
export interface Line {
  send(letter: Letter): Promise<Outcome>
  close(): void
}

/** Opens nothing yet; connections are made with the first mails, at most so many at once. */
export async function openLine(config: Config, connections: number): Promise<Line> {
  const { smtp, mailFrom } = config
  if (smtp === null || mailFrom === null) throw new Error('mail is not set up')
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    pool: true,
    maxConnections: connections,
    maxMessages: 200,
    // Whoever tries again is the outbox, which notes it.
    maxRequeues: 0,
    host: smtp.host,
    port: smtp.port,
    secure: smtp.tls === 'implicit',
    requireTLS: smtp.tls === 'demanded',
    ...(smtp.user === null ? {} : { auth: { user: smtp.user, pass: smtp.password ?? '' } }),
    ...(smtp.ca === null ? {} : { tls: { ca: readFileSync(smtp.ca, 'utf8') } }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    dnsTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async letter => {
      try {
        const { response } = await transport.sendMail(messageOf(letter, mailFrom))
        return { kind: 'sent', code: codeIn(response), answer: plain(response, smtp.password) }
      } catch (error) {
        return outcomeOf(error, smtp.password)
      }
    },
    close: () => transport.close(),
  }
}

function messageOf({ id, to, subject, language, at, body, files }: Letter, from: { name: string; address: string }) {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1)
  return {
    from,
    to: { name: '', address: to },
    envelope: { from: from.address, to: [to] },
    subject,
    text: body.text,
    html: body.html,
    messageId: `<${id}@${domain}>`,
    date: new Date(at),
    // Parts are told apart by the mail's own id: a second attempt is the same to the byte.
    baseBoundary: id,
    headers: {
      // RFC 3834 §5: nobody is away from a machine.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': language,
    },
    attachments: body.attachments.map((a, n) => ({
      filename: a.name,
      contentType: a.type,
      content: Buffer.from(files[n] ?? new Uint8Array()),
    })),
  }
}

/** What an answer in the course of one mail means; errors before that are the line's, not the mail's. */
function outcomeOf(error: unknown, secret: string | null): Outcome {
  const { responseCode, response, command, message } = Object(error) as Partial<Record<string, unknown>>
  const code = typeof responseCode === 'number' ? responseCode : null
  const answer = plain(typeof response === 'string' && response !== '' ? response : String(message ?? error), secret)
  const step = String(command ?? '')
  // RFC 5321 §4.2.1, §4.2.3: 552 is also said of the size in MAIL FROM; another refusal there is about our sender, thus about every mail.
  const own = step === 'RCPT TO' || step === 'DATA' || (step === 'MAIL FROM' && code === 552)
  if (!own || code === null || code === 421) return { kind: 'trouble', code, answer }
  return { kind: code >= 500 ? 'refused' : 'later', code, answer }
}

const codeIn = (response: string): number | null => {
  const code = Number.parseInt(response, 10)
  return Number.isNaN(code) ? null : code
}

/** One line of what was said, without the password should a server ever repeat it. */
function plain(text: string, secret: string | null): string {
  const line = text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()
  return (secret === null ? line : line.replaceAll(secret, '…')).slice(0, 400)
}
