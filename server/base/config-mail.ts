import { ConfigFault } from './config-fault.ts'

/** How the mail server is reached. */
export interface SmtpSetting {
  host: string
  port: number
  /** TLS from the first byte, or STARTTLS before anything else is said, or STARTTLS where it is offered. */
  tls: 'implicit' | 'demanded' | 'offered'
  user: string | null
  password: string | null
  ca: string | null
}

/** How mail leaves, and from whom. */
interface MailSetting {
  smtp: SmtpSetting | null
  mailFrom: { name: string; address: string } | null
}

interface MailEnv {
  MUSTER_SMTP_URL?: string | undefined
  MUSTER_SMTP_CA?: string | undefined
  MUSTER_MAIL_FROM?: string | undefined
}

/** Reads how mail leaves. Neither message repeats the value: it holds a password. */
export function readMail(env: MailEnv): MailSetting {
  if (Boolean(env.MUSTER_SMTP_URL) !== Boolean(env.MUSTER_MAIL_FROM))
    throw new ConfigFault('MUSTER_SMTP_URL and MUSTER_MAIL_FROM belong together: set both or neither.')
  if (env.MUSTER_SMTP_URL === undefined || env.MUSTER_MAIL_FROM === undefined) return { smtp: null, mailFrom: null }
  if (!URL.canParse(env.MUSTER_SMTP_URL) || !/^smtps?:\/\/[^/]/.test(env.MUSTER_SMTP_URL))
    throw new ConfigFault(
      'MUSTER_SMTP_URL: write smtp://user:password@host:587 or smtps://user:password@host:465, with signs such as @ or / in the password as %40 or %2F.',
    )
  const url = new URL(env.MUSTER_SMTP_URL)
  const implicit = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const guarded = url.password !== '' && !isLoopback(host)
  const sender = /^(?:([^<>\p{Cc}]*?)\s*<([^<>\s\p{Cc}]+@[^<>\s\p{Cc}]+)>|([^<>\s\p{Cc}]+@[^<>\s\p{Cc}]+))$/u.exec(
    env.MUSTER_MAIL_FROM.trim(),
  )
  if (!sender) throw new ConfigFault('MUSTER_MAIL_FROM: write muster@example.com or Muster <muster@example.com>.')
  return {
    smtp: {
      host,
      port: url.port === '' ? (implicit ? 465 : 587) : Number(url.port),
      tls: implicit ? 'implicit' : guarded ? 'demanded' : 'offered',
      user: url.username === '' ? null : decodeURIComponent(url.username),
      password: url.password === '' ? null : decodeURIComponent(url.password),
      ca: env.MUSTER_SMTP_CA ?? null,
    },
    mailFrom: { name: (sender[1] ?? '').replaceAll(/^"|"$/g, ''), address: sender[2] ?? sender[3] ?? '' },
  }
}

/** Whether a host is this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host)
}
