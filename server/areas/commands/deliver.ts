import * as devices from '../devices/index.ts'
import * as guard from '../guard/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { type About, record } from '../../base/events.ts'
import { type Id, isId } from '../../base/id.ts'
import { noteworthy } from '../../base/pace.ts'
import { Problem, type ProblemCode } from '../../base/problem.ts'
import { forbiddenNow } from './charter.ts'
import { commandEvents } from './events.ts'
import { type AnyCommandKind, type CommandError, findKind } from './kind.ts'
import { keeper } from './keeper.ts'
import * as pace from './pace-store.ts'
import { openArgs, sealResult } from './sealing.ts'
import * as results from './result-store.ts'
import * as open from './open-store.ts'
import * as store from './store.ts'
import { subjectOf } from './subject.ts'
import { idOf, uuidOf } from './uuid.ts'

/** A command as it is handed to a device; `args` include the secret ones. */
export interface Handed {
  readonly id: Id<'command'>
  readonly uuid: string
  /** Grows with every order to its enrollment. */
  readonly seq: number
  /** When it is of no use any more; null: never. */
  readonly expiresAt: number | null
  readonly kind: AnyCommandKind
  readonly args: Record<string, unknown>
  /** In which it was agreed to, if it was held. */
  readonly intent: string | null
}

/** What a device said about a command. */
export interface Answer extends store.Channel {
  /** The command's id on the wire; null when the answer could not be read that far. */
  readonly uuid: string | null
  readonly status: 'done' | 'failed' | 'deferred'
  readonly error?: CommandError
  /** The answer as its kind reads it. */
  readonly result?: unknown
  /** The same as JSON without secrets, to be kept with the command. */
  readonly shown?: devices.JsonValue
  /** The bytes of an answer that could not be decoded. */
  readonly undecodable?: Uint8Array
}

/** A deferred command is not offered again on the same connection; a new one begins within a minute at most. */
const connectionMs = 60_000
/** One that has not had its turn for so long is offered even behind another deferral, so that none can keep it from ever being tried. */
const starvedMs = 3_600_000
/** A device that deferred and then took something else does not call back by itself; these are the waits until we wake it. */
const deferWaits = [5, 15, 60, 240, 720, 1440].map(minutes => minutes * 60_000)
/** After this long in the queue it is asked again whether the device may still take the command. */
const staleMs = 3_600_000
const keptResult = 64 * 1024

/**
 * The next command for the channel, marked as sent; null when there is none for now. What was sent and never answered is offered again.
 * `after` says what the device has just said: on `contact` deferred commands are offered again, after a `deferral` none but the starved,
 * after an `answer` those that were not deferred on this connection. What the guard has stopped since it was queued stays where it is.
 */
export async function next(
  ctx: Ctx,
  channel: store.Channel & { after: 'contact' | 'answer' | 'deferral' },
): Promise<Handed | null> {
  const deferredUntil = { contact: Infinity, answer: ctx.now - connectionMs, deferral: ctx.now - starvedMs }[
    channel.after
  ]
  const gate = await guard.gate(ctx)
  for (;;) {
    const row = await store.takeNext(ctx, channel, { deferredUntil, gate })
    if (!row || !isId('command', row.id)) return null
    const kind = findKind(row.kind, row.road)
    const ready = kind ? await readyArgs(ctx, row, kind, channel) : 'command.kind-unknown'
    if (kind && typeof ready !== 'string') {
      if (row.quiet === 0)
        await record(ctx, commandEvents.sent, about(row), { command: row.id, kind: row.kind, times: row.offers })
      const { id, seq, intent, expires_at: expiresAt } = row
      return { id, uuid: uuidOf(id), seq, expiresAt, kind, intent, args: ready }
    }
    const error = unexplained(typeof ready === 'string' ? ready : 'command.kind-unknown')
    const end = { state: 'failed', end_reason: error.explained, error: JSON.stringify(error) } as const
    const told = await store.endUnanswered(ctx, row.id, end)
    if (told) await ended(ctx, told, () => tellFailed(ctx, told, error))
  }
}

/** The whole arguments, or the code of what has come to stand against the command since it was sent. */
async function readyArgs(
  ctx: Ctx,
  row: store.Offered,
  kind: AnyCommandKind,
  channel: store.Channel,
): Promise<Record<string, unknown> | ProblemCode> {
  const refused = await refusedNow(ctx, row, kind, channel)
  if (refused !== null) return refused
  const args = await openArgs(ctx, row)
  if (!kind.complete) return args
  try {
    return { ...args, ...(await kind.complete(ctx, channel.enrollment, { account: channel.account, args })) }
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

/** A device may have changed hands or systems while an order waited, and an order to erase must not meet a device that has become personal. */
async function refusedNow(
  ctx: Ctx,
  row: store.Offered,
  kind: AnyCommandKind,
  channel: store.Channel,
): Promise<ProblemCode | null> {
  const old = ctx.now - row.created_at > staleMs
  if (!old && (kind.quiet || kind.inventory)) return null
  const device = await devices.find(ctx, row.device)
  if (!device) return 'id.unknown'
  if (row.impact === 3 && (await guard.isSpared(ctx, { id: device.id, tags: await devices.tagsOf(ctx, device.id) })))
    return 'guard.never-wipe'
  const final = row.wipes === 1 || row.impact === 3 || kind.destructive
  const refused = old || final ? await ineligible(ctx, device, kind, channel) : null
  if (refused !== null) return refused
  const args = JSON.parse(row.args) as Record<string, unknown>
  return (await forbiddenNow(ctx, kind, device, { args, wipes: row.wipes === 1 })) ? 'privacy.forbids' : null
}

async function ineligible(
  ctx: Ctx,
  device: devices.Device,
  kind: AnyCommandKind,
  channel: store.Channel,
): Promise<ProblemCode | null> {
  const subject = await subjectOf(ctx, device, kind, channel.account)
  if (subject === null) return 'command.not-enrolled'
  const eligible = kind.eligible(subject)
  return eligible === true ? null : eligible
}

/**
 * Takes a device's answer. Each command ends once: an answer that no open command of this very channel awaits
 * (a duplicate, one that comes after its end, an unknown id, another enrollment's) is recorded and changes nothing.
 */
export async function answered(ctx: Ctx, answer: Answer): Promise<'done' | 'failed' | 'deferred' | 'ignored'> {
  const id = answer.uuid === null ? await open.findUnderWay(ctx, answer) : idOf(answer.uuid)
  if (!id) return ignored(ctx, answer, null)
  if (answer.status === 'deferred') return deferred(ctx, id, answer)
  const shown = answer.shown === undefined ? null : JSON.stringify(answer.shown)
  const cut = shown !== null && shown.length > keptResult
  const told = await store.endAnswered(ctx, id, answer, {
    state: answer.status,
    error: answer.error ? JSON.stringify(answer.error) : null,
    result: cut ? null : shown,
    result_cut: cut ? 1 : 0,
  })
  if (!told) return ignored(ctx, answer, id)
  if (forgets(told)) await pace.forgetResult(ctx, told.id)
  await ended(ctx, told, () => (answer.status === 'done' ? carryOut(ctx, told, answer) : fail(ctx, told, answer)))
  return answer.status
}

async function carryOut(ctx: Ctx, told: store.Told, answer: Answer): Promise<void> {
  const kind = findKind(told.kind, told.road)
  const read = kind && answer.undecodable === undefined ? readBy(kind, answer.result) : null
  if (read?.refusal) return fail(ctx, told, { ...answer, error: read.refusal })
  if (read === null) await markUndecodable(ctx, told, answer)
  const undecodable = read === null
  if (told.quiet === 0)
    await record(ctx, commandEvents.done, about(told), { command: told.id, kind: told.kind, undecodable })
  if (told.impact === 3) await guard.acknowledged(ctx, { intent: told.intent })
  if (kind?.keeps && kind.keeps.until !== 'proven') await keeper().confirm(ctx, told.id)
  if (kind && read) await kind.onDone?.(ctx, answeredOf(told), read.said)
}

async function fail(ctx: Ctx, told: store.Told, answer: Answer): Promise<void> {
  const error = answer.error ?? unexplained('command.failed')
  const forgiven = findKind(told.kind, told.road)?.forgives?.includes(error.explained) === true
  if (answer.undecodable) await markUndecodable(ctx, told, answer)
  if (forgiven || answer.status === 'done')
    await results.regrade(ctx, told.id, forgiven ? 'done' : 'failed', JSON.stringify(error))
  if (!forgiven) return tellFailed(ctx, told, error)
  if (told.quiet === 0)
    await record(ctx, commandEvents.done, about(told), { command: told.id, kind: told.kind, undecodable: false })
  await findKind(told.kind, told.road)?.onDone?.(ctx, answeredOf(told), undefined)
}

const forgets = (told: store.Told): boolean =>
  findKind(told.kind, told.road)?.forgets?.(JSON.parse(told.args) as Record<string, unknown>) === true

const unexplained = (explained: string): CommandError => ({ code: null, domain: null, message: null, explained })

/** A kind may meet any nonsense in an answer; that must end the command, not the queue. */
function readBy(kind: AnyCommandKind, result: unknown): { said: unknown; refusal: CommandError | null } | null {
  try {
    return { said: kind.read ? kind.read(result) : result, refusal: kind.judge?.(result) ?? null }
  } catch {
    return null
  }
}

async function markUndecodable(ctx: Ctx, told: store.Told, answer: Answer): Promise<void> {
  // Where anything may not be kept nothing is: the platform then says that there were bytes, and not which.
  const raw =
    answer.undecodable?.length && !forgets(told)
      ? await sealResult(ctx, told.id, answer.undecodable.subarray(0, keptResult))
      : null
  await results.keepRaw(ctx, told.id, raw, JSON.stringify(unexplained('result.undecodable')))
}

async function deferred(ctx: Ctx, id: string, answer: Answer): Promise<'deferred' | 'ignored'> {
  const told = await store.defer(ctx, id, answer, deferWaits)
  if (!told) return ignored(ctx, answer, id)
  // Only the first is news; a locked phone may say so a hundred times.
  if (told.quiet === 0 && told.deferrals === 1)
    await record(ctx, commandEvents.deferred, about(told), { command: told.id, kind: told.kind, times: told.deferrals })
  return 'deferred'
}

async function ignored(ctx: Ctx, answer: Answer, id: string | null): Promise<'ignored'> {
  const known = id === null ? undefined : await store.find(ctx, id)
  const same = known?.enrollment === answer.enrollment && known.account === answer.account
  const why = !known ? 'unknown' : !same ? 'foreign' : whyIgnored(known, answer)
  const path = known && same ? known.unit_path : '/'
  // A device may send anything as the id of a command it was never sent.
  const command = /^[0-9A-Za-z-]{1,64}$/.test(answer.uuid ?? '') ? (answer.uuid ?? '') : ''
  const on = ctx.actor.kind === 'device' ? { kind: 'device', id: ctx.actor.id, path } : null
  if (noteworthy(ctx.secrets, `answer ${answer.enrollment}`, ctx.now))
    await record(ctx, commandEvents.ignored, on, { command, why, status: answer.status })
  return 'ignored'
}

function whyIgnored(known: store.CommandRow, answer: Answer): string {
  if (known.offers === 0) return 'never-sent'
  if (known.ended_at === null) return 'duplicate'
  return known.state === answer.status ? 'duplicate' : 'late'
}

/** What every end has in common: the order of its event, and one fewer under way. */
export async function ended(ctx: Ctx, told: store.Told, tell: () => Promise<void>): Promise<void> {
  if (told.quiet === 0) await devices.setWaiting(ctx, told.device, -1)
  await tell()
}

async function tellFailed(ctx: Ctx, told: store.Told, error: CommandError): Promise<void> {
  const { explained, domain, code } = error
  const { id: command, kind } = told
  if (told.quiet === 0) await record(ctx, commandEvents.failed, about(told), { command, kind, explained, domain, code })
  const of = findKind(kind, told.road)
  if (of?.keeps && of.keeps.until !== 'proven') await keeper().refuse(ctx, told.id)
  await of?.onFailed?.(ctx, answeredOf(told), error)
}

function answeredOf(told: store.Told): Parameters<NonNullable<AnyCommandKind['onDone']>>[1] {
  return {
    id: told.id as Id<'command'>,
    enrollment: told.enrollment as Id<'enrollment'>,
    account: told.account as Id<'account'> | '',
    device: told.device as Id<'device'>,
    unitPath: told.unit_path,
    args: JSON.parse(told.args) as Record<string, unknown>,
  }
}

/** What events of this command are about. */
export function about(row: Pick<store.CommandRow, 'device' | 'unit_path'>): About {
  return { kind: 'device', id: row.device, path: row.unit_path }
}

/** Writes down that a device has taken the order to erase itself. */
export async function recordWiped(ctx: Ctx, device: { device: string; unitPath: string }): Promise<void> {
  await record(ctx, commandEvents.wiped, about({ device: device.device, unit_path: device.unitPath }), {})
}
