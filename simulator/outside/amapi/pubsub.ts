import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { type Clock, timeOf } from './clock.ts'
import { type Doors, idToken } from './oauth.ts'
import type { Table } from './refusal.ts'

/** Where messages of a topic are pushed to. */
export interface Subscription {
  /** `projects/P/topics/T`. */
  readonly topic: string
  readonly endpoint: string
  /** Of the token that comes with a message; the endpoint unless given. */
  readonly audience?: string
  readonly email?: string
}

/** How deliveries go wrong until told otherwise. */
export interface Mishap {
  /** Everything comes twice. */
  twice?: boolean
  /** What is due together comes last first. */
  backwards?: boolean
  /** Nothing is delivered; it waits. */
  held?: boolean
  /** The token with it is signed by nobody's key, or there is none. */
  token?: 'good' | 'forged' | 'none'
}

/** A delivery that was tried. */
export interface Delivered {
  readonly type: string
  readonly messageId: string
  readonly status: number
  readonly attempt: number
  readonly data: unknown
}

/** The post office. */
export interface Mail {
  /** Topics that may be written to. */
  readonly topics: Set<string>
  readonly subscriptions: Map<string, Subscription>
  /** Every try so far. */
  readonly delivered: Delivered[]
  readonly waiting: Letter[]
  mishap: Mishap
  /** Publishes a message; it is delivered when the clock is next looked at. */
  publish(topic: string, type: string, data: unknown): void
  /** Tries whatever is due, once; answers how many were tried. */
  deliver(): Promise<number>
}

interface Letter {
  readonly type: string
  readonly topic: string
  readonly messageId: string
  readonly publishTime: string
  readonly data: unknown
  attempt: number
  due: number
}

const firstWaitMs = 10_000
const longestWaitMs = 600_000
const keptMs = 7 * 86_400_000

/** Opens the post office. */
export function newMail(clock: Clock, doors: Doors): Mail {
  let count = 0
  const mail: Mail = {
    topics: new Set(),
    subscriptions: new Map(),
    delivered: [],
    waiting: [],
    mishap: {},
    publish: (topic, type, data) => {
      count += 1
      const at = clock.now()
      const messageId = String(10_000_000_000 + count)
      mail.waiting.push({ type, topic, messageId, publishTime: timeOf(at), data, attempt: 0, due: at })
    },
    deliver: async () => {
      if (mail.mishap.held) return 0
      const now = clock.now()
      const due = mail.waiting.filter(l => l.due <= now && mail.subscriptions.has(l.topic))
      if (mail.mishap.backwards) due.reverse()
      // Nobody else takes them meanwhile.
      for (const letter of due) letter.due = Number.POSITIVE_INFINITY
      for (const letter of due) {
        const times = mail.mishap.twice ? 2 : 1
        for (let n = 0; n < times; n += 1) await carry(mail, letter, { clock, doors })
      }
      return due.length
    },
  }
  return mail
}

async function carry(mail: Mail, letter: Letter, { clock, doors }: { clock: Clock; doors: Doors }): Promise<void> {
  const to = mail.subscriptions.get(letter.topic)
  if (!to) return
  letter.attempt += 1
  const now = clock.now()
  const { messageId, publishTime, type } = letter
  const message = {
    attributes: { notificationType: type },
    data: Buffer.from(JSON.stringify(letter.data)).toString('base64'),
    messageId,
    message_id: messageId,
    publishTime,
    publish_time: publishTime,
  }
  const subscription = `${to.topic.replace('/topics/', '/subscriptions/')}-push`
  const token =
    mail.mishap.token === 'none'
      ? null
      : idToken(doors, { audience: to.audience ?? to.endpoint, email: to.email ?? pusher(to) }, now)
  const shown = mail.mishap.token === 'forged' ? `${token?.slice(0, -12)}AAAAAAAAAAAA` : token
  const status = await post(to.endpoint, { message, subscription }, shown)
  mail.delivered.push({ type, messageId, status, attempt: letter.attempt, data: letter.data })
  const good = status >= 200 && status < 300
  if (good || now - Date.parse(publishTime) > keptMs) {
    const at = mail.waiting.indexOf(letter)
    if (at >= 0) mail.waiting.splice(at, 1)
    return
  }
  letter.due = now + Math.min(firstWaitMs * 2 ** (letter.attempt - 1), longestWaitMs)
}

/** Who pushes, unless the subscription says otherwise. */
function pusher({ topic }: Subscription): string {
  return `pusher@${topic.split('/')[1]}.iam.gserviceaccount.com`
}

/** Posts JSON; 0 when there was no answer. Certificates are not looked at: it is loopback. */
function post(url: string, body: Table, token: string | null): Promise<number> {
  const request = url.startsWith('https:') ? secureRequest : plainRequest
  const headers = {
    'content-type': 'application/json',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  }
  return new Promise(resolve => {
    const sent = request(url, { method: 'POST', headers, rejectUnauthorized: false, timeout: 10_000 }, response => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
      response.on('error', () => resolve(0))
    })
    sent.on('timeout', () => sent.destroy())
    sent.on('error', () => resolve(0))
    sent.end(JSON.stringify(body))
  })
}
