import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { type About, record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import * as devices from '../devices/index.ts'
import { timeTrusted } from '../guard/index.ts'
import { unitOf, userOf } from '../identity/index.ts'
import { hourEvents } from './events.ts'
import * as store from './exception-store.ts'
import { endExceptionName } from './later.ts'
import { findLook } from './look-store.ts'

/** For whom an exception is. */
export interface Subject {
  readonly kind: 'device' | 'user' | 'unit'
  readonly id: string
}

/** A time for which somebody is released from being off, wherever it has come to. */
export interface Exception {
  readonly id: Id<'ask'>
  readonly state: store.ExceptionState
  readonly subject: Subject
  readonly unitPath: string
  readonly user: string | null
  readonly reason: string
  readonly note: string
  readonly from: number
  readonly until: number
  readonly askedAt: number
  readonly by: { readonly kind: string; readonly id: string | null }
  readonly decidedAt: number | null
  readonly endedAt: number | null
}

const dayMs = 86_400_000
/** How long a person may ask for, and an admin grant: whoever needs more needs another policy. */
const mostAskedMs = 7 * dayMs
const mostGrantedMs = 92 * dayMs
const doubtMs = 60_000

/**
 * A person asks to be released for a time on one of their devices. Whoever may approve it there decides; nobody answering is a no when the time is
 * over. Asking again before there is an answer changes what is asked for.
 */
export async function ask(
  ctx: Ctx,
  wish: { user: string; device: string; untilMs: number; reason: string },
): Promise<Exception> {
  const device = await devices.find(ctx, wish.device)
  if (!device || device.user !== wish.user) throw new Problem('id.unknown')
  if ((await findLook(ctx, device.id)) === undefined) throw new Problem('hours.no-working-time')
  demandTime(ctx, ctx.now, wish.untilMs, mostAskedMs)
  const before = await store.openAsk(ctx, wish.user, device.id)
  if (before) {
    const change = { until_at: wish.untilMs, from_at: ctx.now, reason: wish.reason }
    await store.changeException(ctx, before.id, 'asked', change)
    await endLater(ctx, before.id, wish.untilMs)
    return toException({ ...before, ...change })
  }
  const row = { ...fresh(ctx, device, wish), state: 'asked' as const, user_id: wish.user }
  await store.addException(ctx, row)
  await endLater(ctx, row.id, row.until_at)
  const told = { exception: row.id, from: row.from_at, until: row.until_at, user: wish.user }
  await record(ctx, hourEvents.asked, devices.about(device), told)
  return toException(row)
}

/** What a person has asked for, newest first. */
export async function asksOf(ctx: Ctx, user: string): Promise<Exception[]> {
  return (await store.askedBy(ctx, user, 20)).map(toException)
}

/** A person takes back what they asked for. */
export async function withdraw(ctx: Ctx, id: string, user: string): Promise<Exception> {
  const row = await store.findException(ctx, id)
  if (!row || row.user_id !== user) throw new Problem('id.unknown')
  if (row.state === 'granted') return end(ctx, row, true)
  await become(ctx, row, 'asked', { state: 'withdrawn', ended_at: ctx.now })
  await record(ctx, hourEvents.withdrawn, await aboutOf(ctx, row), { exception: id, user })
  return found(ctx, id)
}

/** An admin grants an exception without being asked. */
export async function grant(
  ctx: Ctx,
  wish: { subject: Subject; fromMs?: number | undefined; untilMs: number; reason: string },
): Promise<Exception> {
  const about = await subjectOf(ctx, wish.subject)
  demand(ctx.authority, 'hours:approve', about.path, seeing[wish.subject.kind])
  const from = Math.max(ctx.now, wish.fromMs ?? ctx.now)
  demandTime(ctx, from, wish.untilMs, mostGrantedMs)
  const row: store.ExceptionRow = {
    ...fresh(ctx, { id: about.id, unitPath: about.path }, wish),
    subject: wish.subject.kind,
    state: 'granted',
    from_at: from,
    ...decidedBy(ctx),
  }
  await store.addException(ctx, row)
  await endLater(ctx, row.id, row.until_at)
  await record(ctx, hourEvents.granted, about, { exception: row.id, from, until: row.until_at, user: null })
  return toException(row)
}

/** Says yes to what was asked, until then or for shorter or longer. */
export async function approve(
  ctx: Ctx,
  id: string,
  answer: { untilMs?: number | undefined; note: string },
): Promise<Exception> {
  const row = await decidable(ctx, id)
  const until = answer.untilMs ?? row.until_at
  demandTime(ctx, ctx.now, until, mostGrantedMs)
  const change = { state: 'granted', from_at: ctx.now, until_at: until, note: answer.note, ...decidedBy(ctx) } as const
  await become(ctx, row, 'asked', change)
  await endLater(ctx, id, until)
  const told = { exception: id, from: ctx.now, until, user: row.user_id }
  await record(ctx, hourEvents.granted, await aboutOf(ctx, row), told)
  return found(ctx, id)
}

/** Says no to what was asked. */
export async function deny(ctx: Ctx, id: string, note: string): Promise<Exception> {
  const row = await decidable(ctx, id)
  await become(ctx, row, 'asked', { state: 'denied', note, ended_at: ctx.now, ...decidedBy(ctx) })
  await record(ctx, hourEvents.denied, await aboutOf(ctx, row), { exception: id, user: row.user_id })
  return found(ctx, id)
}

/** Ends what was granted before its time. */
export async function endEarly(ctx: Ctx, id: string): Promise<Exception> {
  return end(ctx, await decidable(ctx, id), true)
}

/** Ends an exception whose time is over; answers how long it still has, null where there is nothing left to do. Safe to repeat. */
export async function endByTime(ctx: Ctx, id: string): Promise<number | null> {
  const row = await store.findException(ctx, id)
  if (!row || (row.state !== 'granted' && row.state !== 'asked')) return null
  if (row.until_at > ctx.now) return row.until_at - ctx.now
  // A clock that is doubted ends nothing.
  if (!(await timeTrusted(ctx))) return doubtMs
  await end(ctx, row, false)
  return null
}

/** The exception, where the actor holds the permission on whom it is for. */
export async function exceptionFor(ctx: Ctx, id: string, permission: string): Promise<Exception> {
  const row = await store.findException(ctx, id)
  if (!row) throw new Problem('id.unknown')
  demand(ctx.authority, permission, row.unit_path, 'hours:read')
  return toException(row)
}

/** An exception as it is stored, as a value. */
export function toException(row: store.ExceptionRow): Exception {
  return {
    id: row.id as Id<'ask'>,
    state: row.state,
    subject: { kind: row.subject, id: row.subject_id },
    unitPath: row.unit_path,
    user: row.user_id,
    reason: row.reason,
    note: row.note,
    from: row.from_at,
    until: row.until_at,
    askedAt: row.asked_at,
    by: { kind: row.by_kind, id: row.by_id },
    decidedAt: row.decided_at,
    endedAt: row.ended_at,
  }
}

const seeing = { device: 'devices:read', user: 'users:read', unit: 'units:read' } as const

async function end(ctx: Ctx, row: store.ExceptionRow, early: boolean): Promise<Exception> {
  const granted = row.state === 'granted'
  if (!granted && early) throw new Problem('hours.exception-over', { state: row.state })
  await become(ctx, row, row.state, { state: 'ended', ended_at: ctx.now })
  const told = { exception: row.id, user: row.user_id, early, granted }
  await record(ctx, hourEvents.ended, await aboutOf(ctx, row), told)
  return found(ctx, row.id)
}

async function decidable(ctx: Ctx, id: string): Promise<store.ExceptionRow> {
  await exceptionFor(ctx, id, 'hours:approve')
  const row = await store.findException(ctx, id)
  if (!row) throw new Problem('id.unknown')
  return row
}

async function become(
  ctx: Ctx,
  row: store.ExceptionRow,
  from: store.ExceptionState,
  change: Partial<store.ExceptionRow>,
): Promise<void> {
  if (row.state !== from || !(await store.changeException(ctx, row.id, from, change)))
    throw new Problem('hours.exception-over', { state: row.state })
}

function fresh(
  ctx: Ctx,
  on: { id: string; unitPath: string },
  wish: { untilMs: number; reason: string },
): store.ExceptionRow {
  return {
    org: ctx.org,
    id: newId('ask'),
    state: 'asked',
    subject: 'device',
    subject_id: on.id,
    unit_path: on.unitPath,
    user_id: null,
    reason: wish.reason,
    note: '',
    from_at: ctx.now,
    until_at: wish.untilMs,
    asked_at: ctx.now,
    by_kind: 'system',
    by_id: null,
    decided_at: null,
    ended_at: null,
  }
}

function decidedBy(ctx: Ctx): Pick<store.ExceptionRow, 'by_kind' | 'by_id' | 'decided_at'> {
  return { by_kind: ctx.actor.kind, by_id: ctx.actor.id, decided_at: ctx.now }
}

function demandTime(ctx: Ctx, from: number, until: number, most: number): void {
  if (until <= ctx.now || until <= from) throw new Problem('hours.time-over')
  if (until - from > most) throw new Problem('hours.too-long', { days: most / dayMs })
}

async function endLater(ctx: Ctx, id: string, until: number): Promise<void> {
  await enqueue(ctx, endExceptionName, { exception: id }, { dedupe: id, inMs: until - ctx.now })
}

/** Whom an exception is for, as the log says it; where they are gone, the place it was made at. */
async function aboutOf(ctx: Ctx, row: store.ExceptionRow): Promise<About> {
  return { kind: row.subject, id: row.subject_id, path: row.unit_path }
}

async function subjectOf(ctx: Ctx, { kind, id }: Subject): Promise<About> {
  if (kind === 'device') return devices.about(await devices.get(ctx, id))
  if (kind === 'user') {
    const user = await userOf(ctx, id)
    return { kind, id: user.id, path: user.unitPath }
  }
  const unit = await unitOf(ctx, id)
  return { kind, id: unit.id, path: unit.path }
}

async function found(ctx: Ctx, id: string): Promise<Exception> {
  const row = await store.findException(ctx, id)
  if (!row) throw new Problem('id.unknown')
  return toException(row)
}
