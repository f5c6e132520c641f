import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import * as devices from '../devices/index.ts'
import { userOf } from '../identity/index.ts'
import { exceptionEvents } from './events.ts'
import * as store from './exception-store.ts'
import { rejudge, sweepName } from './pass.ts'
import { findRow } from './rule-store.ts'

/** For whom which rule need not be kept, why, and until when. */
export interface ExceptionWish {
  rule: string
  device: string | null
  user: string | null
  reason: string
  until: number
  /** The rule is wrong about this device, not the device about the rule. */
  wrong: boolean
}

const dayMs = 24 * 3_600_000
const longestMs = 366 * dayMs

/** Grants an exception, from now until it ends by itself. One that held for the same before is replaced. */
export async function grantException(ctx: Ctx, wish: ExceptionWish): Promise<store.ExceptionRow> {
  const row = await drafted(ctx, wish, 'compliance:except')
  for (const alike of await store.openAlike(ctx, row)) await end(ctx, alike, true)
  const granted = { ...row, state: 'granted' as const, ...decidedBy(ctx) }
  await keep(ctx, granted)
  await record(ctx, exceptionEvents.granted, about(granted), { ...(await told(ctx, granted)), wrong: wish.wrong })
  return granted
}

/** A person asks that a rule need not be kept; someone who may decides. Asking again changes what is asked. */
export async function askException(
  ctx: Ctx,
  { user, ...wish }: { user: Id<'user'>; device: string | null; rule: string; reason: string; until?: number },
): Promise<Id<'exception'>> {
  const device = wish.device === null ? null : await devices.get(ctx, wish.device)
  if (device !== null && device.user !== user) throw new Problem('id.unknown')
  const full = { ...wish, user: device === null ? user : null, until: wish.until ?? ctx.now + 30 * dayMs, wrong: false }
  const row = { ...(await drafted(ctx, full, null)), asked_kind: 'user', asked_id: user }
  const open = await store.openAlike(ctx, row)
  if (open.some(o => o.state === 'granted')) throw new Problem('exception.granted')
  const asked = { ...row, id: open[0]?.id ?? row.id }
  await store.putException(ctx, asked)
  await record(ctx, exceptionEvents.asked, about(asked), await told(ctx, asked))
  return asked.id as Id<'exception'>
}

/** Grants or denies what was asked. */
export async function decideException(
  ctx: Ctx,
  id: string,
  decision: { grant: boolean; until?: number | undefined; reason?: string | undefined },
): Promise<store.ExceptionRow> {
  const row = await exceptionFor(ctx, id, 'compliance:except')
  if (row.state !== 'asked') throw new Problem('exception.decided', { state: row.state })
  const until = decision.until ?? row.until
  if (decision.grant) checkUntil(ctx, until)
  const reason = decision.reason ?? row.reason
  const decided = {
    ...row,
    until,
    reason,
    state: decision.grant ? ('granted' as const) : ('denied' as const),
    ...decidedBy(ctx),
  }
  await keep(ctx, decided)
  if (decision.grant)
    await record(ctx, exceptionEvents.granted, about(decided), { ...(await told(ctx, decided)), wrong: false })
  else await record(ctx, exceptionEvents.denied, about(decided), await told(ctx, decided))
  return decided
}

/** Ends an exception before its time. */
export async function endException(ctx: Ctx, id: string): Promise<void> {
  const row = await exceptionFor(ctx, id, 'compliance:except')
  if (row.state !== 'granted') throw new Problem('exception.decided', { state: row.state })
  await end(ctx, row, true)
}

/** The exception, where the actor holds the permission on the unit of the device or person. */
export async function exceptionFor(ctx: Ctx, id: string, permission: string): Promise<store.ExceptionRow> {
  const row = await store.findException(ctx, id)
  if (!row) throw new Problem('id.unknown')
  demand(ctx.authority, permission, row.unit_path, 'compliance:read')
  return row
}

/** Ends those whose time is over; what was asked and never decided is denied. Answers how many. */
export async function endOverdue(ctx: Ctx, most: number): Promise<number> {
  const rows = await store.overdue(ctx, most)
  for (const row of rows) {
    if (row.state === 'granted') await end(ctx, row, false)
    else {
      await store.putException(ctx, { ...row, state: 'denied', ...decidedBy(ctx) })
      await record(ctx, exceptionEvents.denied, about(row), await told(ctx, row))
    }
  }
  return rows.length
}

async function end(ctx: Ctx, row: store.ExceptionRow, early: boolean): Promise<void> {
  await keep(ctx, { ...row, state: 'ended', ended_at: ctx.now })
  await record(ctx, exceptionEvents.ended, about(row), { ...(await told(ctx, row)), early })
}

async function keep(ctx: Ctx, row: store.ExceptionRow): Promise<void> {
  await store.putException(ctx, row)
  await enqueue(ctx, sweepName, {}, { dedupe: 'org', inMs: 60_000 })
  const held = row.user_id === null ? [] : await devices.devicesAmong(ctx, { users: [row.user_id] })
  await rejudge(ctx, [...(row.device === null ? [] : [row.device]), ...held.map(d => d.id)])
}

async function drafted(ctx: Ctx, wish: ExceptionWish, permission: string | null): Promise<store.ExceptionRow> {
  if ((wish.device === null) === (wish.user === null)) throw new Problem('exception.for-whom')
  const rule = await findRow(ctx, wish.rule)
  const path =
    wish.device === null
      ? (await userOf(ctx, wish.user ?? '')).unitPath
      : (await devices.get(ctx, wish.device)).unitPath
  if (permission !== null) demand(ctx.authority, permission, path, 'compliance:read')
  if (!rule || rule.removed === 1) throw new Problem('rule.unknown')
  checkUntil(ctx, wish.until)
  return {
    org: ctx.org,
    id: newId('exception'),
    rule: wish.rule,
    device: wish.device,
    user_id: wish.user,
    unit_path: path,
    state: 'asked',
    reason: wish.reason,
    wrong: Number(wish.wrong),
    until: wish.until,
    asked_kind: ctx.actor.kind,
    asked_id: ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id,
    asked_at: ctx.now,
    decided_kind: null,
    decided_id: null,
    decided_at: null,
    ended_at: null,
  }
}

/** Every exception ends: after now, and within a year. */
function checkUntil(ctx: Ctx, until: number): void {
  if (until <= ctx.now || until > ctx.now + longestMs) throw new Problem('exception.until')
}

function decidedBy(ctx: Ctx): Pick<store.ExceptionRow, 'decided_kind' | 'decided_id' | 'decided_at'> {
  const id = ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id
  return { decided_kind: ctx.actor.kind, decided_id: id, decided_at: ctx.now }
}

function about(row: store.ExceptionRow): { kind: string; id: string; path: string } {
  const [kind, id] = row.device === null ? ['user', row.user_id ?? ''] : ['device', row.device]
  return { kind, id, path: row.unit_path }
}

async function told(ctx: Ctx, row: store.ExceptionRow) {
  const name = (await findRow(ctx, row.rule))?.name ?? ''
  const { id: exception, rule, device, user_id: person, reason, until } = row
  return { exception, rule, name, device, person, reason, until }
}
