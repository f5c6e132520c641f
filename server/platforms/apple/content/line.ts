import type { z } from 'zod'
import type { Config } from '../../../base/config.ts'
import { ask } from '../../../base/outside.ts'
import { Unavailable } from '../../../base/problem.ts'
import { begun, common, type limits as limitsShape, standingOf } from './answers.ts'

/** How we stand with the service when it does not do what was asked of the token as a whole. */
export class Standing extends Error {
  readonly state: 'expired' | 'refused' | 'throttled' | 'silent'
  readonly code: string
  readonly text: string
  readonly waitMs: number
  constructor(state: Standing['state'], code: string, text: string, waitMs: number) {
    super(`${code}: ${text}`)
    this.state = state
    this.code = code
    this.text = text
    this.waitMs = waitMs
  }
}

/** The service did not take this one request, and says why. */
export class Refusal extends Error {
  readonly number: number
  readonly text: string
  constructor(number: number, text: string) {
    super(`${number}: ${text}`)
    this.number = number
    this.text = text
  }
}

/** What one speaks with the service by. */
export interface Line {
  config: Config
  bearer: string
  /** Addresses the service said, by its own names. */
  urls: Readonly<Record<string, string>>
  limits: z.output<typeof limitsShape>
  signal: AbortSignal
  /** What the last answer said of the token. */
  heard: { uId: string | null; expires: string | null }
}

/** Where an address is when the service has not said. */
const usual = {
  serviceConfig: 'service/config',
  clientConfig: 'client/config',
  getAssets: 'assets',
  associateAssets: 'assets/associate',
  disassociateAssets: 'assets/disassociate',
  eventStatus: 'status',
  getAssignments: 'assignments',
  getUsers: 'users',
  createUsers: 'users/create',
  retireUsers: 'users/retire',
} as const
/** The parts of the service that we use. */
export type Part = keyof typeof usual

const who = 'Apps and Books'
const patienceMs = { refused: 3_600_000, expired: 3_600_000, throttled: 60_000, silent: 60_000 }
const longestMs = 6 * 3_600_000

/** Asks a part of the service and reads the answer by its shape. Throws Standing, Refusal, or Unavailable; an answer that is none of ours is the service being silent. */
export async function call<S extends z.ZodType>(
  line: Line,
  part: Part,
  shape: S,
  asking: { query?: Record<string, string>; body?: unknown } = {},
): Promise<z.output<S>> {
  const url = addressOf(line, part)
  for (const [name, value] of Object.entries(asking.query ?? {})) url.searchParams.set(name, value)
  const answer = await ask(line.config, who, {
    url: url.href,
    method: asking.body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${line.bearer}`,
      accept: 'application/json',
      ...(asking.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(asking.body === undefined ? {} : { body: JSON.stringify(asking.body) }),
    signal: line.signal,
  })
  const value = parsed(answer.text())
  const said = common.safeParse(value).data ?? {}
  if (typeof said.uId === 'string') line.heard.uId = said.uId
  if (typeof said.tokenExpirationDate === 'string') line.heard.expires = said.tokenExpirationDate
  judge(answer.status, answer.retryAfterSeconds, said)
  const read = shape.safeParse(value)
  if (!read.success) throw new Unavailable(who, read.error)
  return read.data
}

/** Failures come with any status, most of them with 200. */
function judge(status: number, retryAfter: number | null, said: z.output<typeof common>): void {
  const number = said.errorNumber ?? 0
  const text = (said.errorMessage ?? '').slice(0, 300)
  const state =
    standingOf(number) ??
    (number !== 0
      ? null
      : status === 429 || status === 503
        ? 'throttled'
        : status === 401 || status === 403
          ? 'refused'
          : status >= 200 && status < 300
            ? null
            : 'silent')
  if (state !== null) {
    const waitMs = retryAfter === null ? patienceMs[state] : Math.min(longestMs, Math.max(1, retryAfter) * 1000)
    throw new Standing(state, number === 0 ? `content.status-${status}` : `content.${number}`, text, waitMs)
  }
  if (number !== 0) throw new Refusal(number, text)
}

/** An address of the service is believed only on its own host: the token goes nowhere else. */
function addressOf(line: Line, part: Part): URL {
  const base = new URL(line.config.contentUrl)
  const own = new URL(`${line.config.contentUrl}/${usual[part]}`)
  const said = line.urls[part]
  if (said === undefined || !URL.canParse(said)) return own
  const url = new URL(said)
  return url.protocol === 'https:' && url.host === base.host ? url : own
}

/** Begins work that the service does behind the request; answers what it calls it. */
export async function begin(line: Line, part: Part, body: unknown): Promise<string> {
  return (await call(line, part, begun, { body })).eventId
}

/** Reads a list to its end, page by page. Numbers of pages may change under way; more than there can be is an end too. */
export async function everyPage<T extends { totalPages: number }>(
  line: Line,
  part: Part,
  shape: z.ZodType<T>,
  take: (page: T) => Promise<void>,
  query: Record<string, string> = {},
): Promise<void> {
  for (let index = 0; index < 10_000; index += 1) {
    line.signal.throwIfAborted()
    const read = await call(line, part, shape, { query: { ...query, pageIndex: String(index) } })
    await take(read)
    if (index + 1 >= read.totalPages) return
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
