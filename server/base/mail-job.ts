import { Counter } from 'prom-client'
import type { Scope } from './ctx.ts'
import { record } from './events.ts'
import type { AnyJobKind, JobKind } from './jobs.ts'
import { bodyPlace, type MailBody, mailEvents, mailReady, sendMails } from './mail.ts'
import { type Line, openLine, type Outcome } from './mail-line.ts'
import * as store from './mail-store.ts'
import { metricsOf } from './metrics.ts'
import type { Base } from './transact.ts'

const connections = 4
const atOnce = 100
const keepMs = 30 * 24 * 3_600_000
const minute = 60_000

/** How long a mail waits after so many attempts of its own: 1, 2, 4 … minutes, at most an hour. */
const mailWaitMs = (attempts: number): number => Math.min(60 * minute, minute * 2 ** Math.min(attempts - 1, 6))

/** How long all wait after the mail server itself failed so many times: 5, 10, 20 … seconds, at most two minutes. */
const lineWaitMs = (tries: number): number => Math.min(2 * minute, 5000 * 2 ** Math.min(tries - 1, 6))

interface Round {
  base: Base
  scope: Scope
  signal: AbortSignal
}

const send: JobKind<Record<string, never>> = {
  name: sendMails,
  attempts: 1_000_000,
  leaseMs: 5 * minute,
  maxWaitMs: 2 * minute,
  run: async (base, { scope, signal }) => {
    if (!mailReady(base.config))
      return (await endLate({ base, scope, signal })) ? { againInMs: 60 * minute } : undefined
    const round = { base, scope, signal }
    const troubled = await sendDue(round)
    await base.transact(scope, ctx => store.forget(ctx, ctx.now - keepMs, 1000))
    const { tries, next } = await base.read(scope, async ctx => ({
      tries: (await store.line(ctx)).tries,
      next: await store.nextDue(ctx),
    }))
    if (next === null) return undefined
    const ahead = Math.max(0, next - base.clock.now())
    return { againInMs: troubled ? Math.max(ahead, lineWaitMs(tries)) : ahead }
  },
}

/** What base does by itself with mail. */
export const mailJobs: readonly AnyJobKind[] = [send]

/** Sends what is due until nothing is, the time is up, or the mail server fails; answers whether it failed. */
async function sendDue(round: Round): Promise<boolean> {
  const line = await openLine(round.base.config, connections)
  try {
    while (!round.signal.aborted) {
      const rows = await round.base.read(round.scope, ctx => store.due(ctx, atOnce))
      if (rows.length === 0) return false
      if (await sendPage(round, line, rows)) return true
    }
    return false
  } finally {
    line.close()
  }
}

/** One page over a few connections at once; nobody begins another mail once the mail server has failed. */
async function sendPage(round: Round, line: Line, rows: readonly store.MailRow[]): Promise<boolean> {
  let troubled = false
  const left = [...rows]
  const one = async (): Promise<void> => {
    for (let row = left.shift(); row && !troubled && !round.signal.aborted; row = left.shift())
      if ((await sendOne(round, line, row)) === 'trouble') troubled = true
  }
  await Promise.all(Array.from({ length: connections }, one))
  return troubled
}

async function sendOne({ base, scope }: Round, line: Line, row: store.MailRow): Promise<Outcome['kind'] | 'late'> {
  if (row.until <= base.clock.now()) {
    await base.transact(scope, ctx => end(ctx, row, { state: 'late', code: null, answer: row.answer }))
    return 'late'
  }
  const outcome = await attempt(base, scope, line, row)
  metricsMail(base).inc({ outcome: outcome.kind })
  await base.transact(scope, async ctx => {
    await noteLine(ctx, outcome)
    const { kind, code, answer } = outcome
    if (kind === 'sent' || kind === 'refused') return end(ctx, row, { state: kind, code, answer })
    const attempts = row.attempts + 1
    // Who meets a failing server goes behind those who were not tried yet, and is not made to wait long for it.
    const wait = kind === 'later' ? mailWaitMs(attempts) : Math.min(mailWaitMs(attempts), 2 * minute)
    await store.change(ctx, row.id, { attempts, answer, next_at: Math.min(ctx.now + wait, row.until) })
  })
  if (outcome.kind === 'trouble') base.log.warn({ mail: row.id, answer: outcome.answer }, 'mail waits for its server')
  return outcome.kind
}

async function attempt(base: Base, scope: Scope, line: Line, row: store.MailRow): Promise<Outcome> {
  const { id, recipient: to, subject, language, created_at: at } = row
  const sealed = row.body
  if (sealed === null) return { kind: 'refused', code: null, answer: 'its words are gone' }
  const opened = await base.read(scope, ctx => base.secrets.open(ctx, bodyPlace(id), sealed))
  const body = JSON.parse(Buffer.from(opened).toString('utf8')) as MailBody
  const files: Uint8Array[] = []
  for (const { blob } of body.attachments) {
    const bytes = await base.blobs.get(blob).catch(() => null)
    if (bytes === null) return { kind: 'refused', code: null, answer: 'a file that goes with it is gone' }
    files.push(bytes)
  }
  return line.send({ id, to, subject, language, at, body, files })
}

type Ctx = Parameters<typeof store.change>[0]

/** Ends a mail once; its words go with its end. */
async function end(
  ctx: Ctx,
  row: store.MailRow,
  { state, code, answer }: { state: 'sent' | 'refused' | 'late'; code: number | null; answer: string | null },
): Promise<void> {
  const attempts = row.attempts + (state === 'late' ? 0 : 1)
  if (!(await store.change(ctx, row.id, { state, attempts, answer, ended_at: ctx.now, body: null }))) return
  if (state !== 'sent')
    await record(ctx, mailEvents.undelivered, { kind: 'mail', id: row.id, path: '/' }, { state, code })
}

async function noteLine(ctx: Ctx, { kind, answer }: Outcome): Promise<void> {
  const before = await store.line(ctx)
  if (kind === 'trouble') {
    const { tries, failing_since, delivered_at } = before
    return store.putLine(ctx, {
      tries: tries + 1,
      failing_since: failing_since ?? ctx.now,
      trouble: answer,
      delivered_at,
    })
  }
  // Several mails end at once: the row they share is written only where it says something new.
  const fresh = before.tries === 0 && ctx.now - (before.delivered_at ?? 0) < minute
  if (before.tries === 0 && (kind !== 'sent' || fresh)) return
  const delivered_at = kind === 'sent' ? ctx.now : before.delivered_at
  await store.putLine(ctx, { tries: 0, failing_since: null, trouble: null, delivered_at })
}

/** Where mail is no longer set up, what waits ends when its time is over; answers whether some still waits. */
async function endLate({ base, scope }: Round): Promise<boolean> {
  return base.transact(scope, async ctx => {
    for (const row of await store.due(ctx, atOnce))
      if (row.until <= ctx.now) await end(ctx, row, { state: 'late', code: null, answer: row.answer })
      else await store.change(ctx, row.id, { next_at: Math.min(row.until, ctx.now + 60 * minute) })
    return (await store.nextDue(ctx)) !== null
  })
}

const counted = new WeakMap<object, Counter<'outcome'>>()

function metricsMail(base: Base): Counter<'outcome'> {
  const found = counted.get(base.secrets)
  if (found) return found
  const made = new Counter({
    name: 'muster_mails_total',
    help: 'Attempts to hand over a mail, by outcome.',
    labelNames: ['outcome'] as const,
    registers: [metricsOf(base).registry],
  })
  counted.set(base.secrets, made)
  return made
}
