import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2'
import { type Outcome, outcomeOf, unanswered } from './apns-answer.ts'

export type { Outcome } from './apns-answer.ts'

/** One "please call home". */
export interface Push {
  token: Uint8Array
  topic: string
  magic: string
  /** Unix seconds until which APNs keeps it for a device that is offline. */
  expiration: number
  /** Delivered as soon as possible, or when it costs the device nothing. */
  priority: 10 | 5
}

/** A line to the Apple Push Notification service for one certificate. */
export interface Apns {
  /** Sends one push; never throws: what went wrong is the outcome. */
  push(push: Push): Promise<Outcome>
  /** Takes no new pushes and ends the connection after those under way. */
  close(): void
}

/** Where the service is and who we are; all PEM. */
export interface ApnsOptions {
  url: string
  ca: string | null
  cert: string
  key: string
  /** How long one push may take in all, default 20 s. */
  deadlineMs?: number
}

const connectMs = 10_000
const pingEveryMs = 60_000
const pongMs = 10_000
const answerLimit = 4096

/** One HTTP/2 session with its own count of streams. */
interface Line {
  session: ClientHttp2Session
  /** Resolves when requests may be sent, rejects when the connection fails. */
  ready: Promise<void>
  usable: boolean
  open: number
  waiting: (() => void)[]
  pings: ReturnType<typeof setInterval>
}

/** Opens no connection yet: the first push does. A session that ends, drains or hangs is replaced by the next push. */
export function openApns(options: ApnsOptions): Apns {
  const deadlineMs = options.deadlineMs ?? 20_000
  let line: Line | null = null
  let closed = false
  const current = (): Line => {
    if (!line?.usable) line = openLine(options)
    return line
  }
  const attempt = async (push: Push): Promise<Outcome | 'refused'> => {
    const on = current()
    try {
      await on.ready
      await room(on)
    } catch (error) {
      return unanswered(messageOf(error))
    }
    if (!on.usable) return 'refused'
    return request(on, push, deadlineMs)
  }
  return {
    push: async push => {
      if (closed) return unanswered('closed')
      // RFC 9113 §8.7: a refused stream was not looked at, so it may be sent again at once.
      for (let tries = 0; tries < 3; tries += 1) {
        const outcome = await attempt(push)
        if (outcome !== 'refused') return outcome
      }
      return unanswered('stream refused')
    },
    close: () => {
      closed = true
      if (line) retire(line)
    },
  }
}

function openLine(options: ApnsOptions): Line {
  const session = connect(options.url, {
    cert: options.cert,
    key: options.key,
    ...(options.ca === null ? {} : { ca: options.ca }),
    settings: { enablePush: false },
  })
  const ready = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => session.destroy(new Error('no connection in time')), connectMs)
    // The stream limit is known only after the provider's settings came.
    session.once('remoteSettings', () => {
      clearTimeout(timer)
      resolve()
    })
    session.once('error', reject)
    session.once('close', () => {
      clearTimeout(timer)
      reject(new Error('connection closed'))
    })
  })
  ready.catch(() => undefined)
  const line: Line = {
    session,
    ready,
    usable: true,
    open: 0,
    waiting: [],
    pings: setInterval(() => ping(line), pingEveryMs),
  }
  line.pings.unref()
  session.on('error', () => end(line))
  session.on('close', () => end(line))
  // The provider drains: streams under way are answered, new ones go to a new session.
  session.on('goaway', () => retire(line))
  session.unref()
  return line
}

/** Waits until the provider's limit of concurrent streams leaves room. */
async function room(line: Line): Promise<void> {
  const most = Math.min(line.session.remoteSettings?.maxConcurrentStreams ?? 100, 1000)
  while (line.usable && line.open >= most) await new Promise<void>(resolve => line.waiting.push(resolve))
  line.open += 1
}

function request(line: Line, push: Push, deadlineMs: number): Promise<Outcome | 'refused'> {
  return new Promise(resolve => {
    let stream: ClientHttp2Stream
    try {
      stream = line.session.request(headersOf(push))
    } catch {
      done(line)
      return resolve('refused')
    }
    let body = ''
    let answer: { status: number; headers: Record<string, unknown> } | null = null
    const timer = setTimeout(() => {
      settle(unanswered('no answer in time'))
      stream.close(constants.NGHTTP2_CANCEL)
      // One push may hang alone; a line that does not answer a ping hangs as a whole.
      ping(line)
    }, deadlineMs)
    let settled = false
    const settle = (outcome: Outcome | 'refused'): void => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      done(line)
      resolve(outcome)
    }
    stream.setEncoding('utf8')
    stream.on('response', headers => {
      answer = { status: Number(headers[':status']), headers }
    })
    stream.on('data', (part: string) => {
      if (body.length < answerLimit) body += part
    })
    stream.on('error', () => undefined)
    stream.on('close', () => {
      if (answer && (stream.readableEnded || answer.status === 200))
        return settle(outcomeOf(answer.status, answer.headers, body))
      if (stream.rstCode === constants.NGHTTP2_REFUSED_STREAM) return settle('refused')
      settle(unanswered(`stream ended with ${stream.rstCode ?? 'no code'}`))
    })
    stream.end(JSON.stringify({ mdm: push.magic }))
  })
}

function headersOf(push: Push): Record<string, string | number> {
  return {
    ':method': 'POST',
    ':path': `/3/device/${Buffer.from(push.token).toString('hex')}`,
    'apns-topic': push.topic,
    'apns-push-type': 'mdm',
    'apns-expiration': push.expiration,
    'apns-priority': push.priority,
  }
}

function done(line: Line): void {
  line.open -= 1
  line.waiting.shift()?.()
}

/** No new streams; those under way end by themselves. */
function retire(line: Line): void {
  line.usable = false
  clearInterval(line.pings)
  for (const wake of line.waiting.splice(0)) wake()
  if (!line.session.closed && !line.session.destroyed) line.session.close()
}

function end(line: Line): void {
  line.usable = false
  clearInterval(line.pings)
  for (const wake of line.waiting.splice(0)) wake()
}

/** Ends a line that does not answer: it looks open for hours when a middlebox dropped it. */
function ping(line: Line): void {
  const { session } = line
  if (session.destroyed || session.connecting) return
  const timer = setTimeout(() => session.destroy(), pongMs)
  timer.unref()
  try {
    session.ping(() => clearTimeout(timer))
  } catch {
    clearTimeout(timer)
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error ? String(error.code) : error.message
}
