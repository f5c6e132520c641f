import * as devices from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import * as guard from '../guard/index.ts'
import * as push from '../push/index.ts'
import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { demandAllowed } from './charter.ts'
import { about } from './deliver.ts'
import { commandEvents } from './events.ts'
import { detailOf, hold } from './held.ts'
import { type AnyCommandKind, findKind, impactOf, meaningOf, type Priority, type Subject } from './kind.ts'
import { ranks } from './rank.ts'
import { keeper } from './keeper.ts'
import { sealArgs } from './sealing.ts'
import { keepStanding, shortestLookMs } from './standing.ts'
import { insert } from './insert-store.ts'
import { subjectOf } from './subject.ts'

/** An order, as someone gives it. */
export interface Order {
  readonly device: string
  /** The account whose channel it goes by; absent for the device itself. */
  readonly account?: Id<'account'> | undefined
  readonly kind: string
  readonly args?: unknown
  readonly reason?: string | undefined
  readonly priority?: Priority | undefined
  readonly expiresInMs?: number | undefined
  readonly batch?: string | undefined
  /** Part of something that is logged and counted elsewhere. */
  readonly quiet?: boolean
  /** The device is calling right now, so it need not be woken. */
  readonly awake?: boolean
}

/**
 * Queues a command for a device and wakes it, or lets it wait when the guard holds it: its id is the same. Refuses what the actor may not do and what
 * this device cannot take.
 * Secret arguments are sealed, and secrets of the device kept, before anything can leave.
 */
export async function send(ctx: Ctx, order: Order): Promise<Id<'command'>> {
  return (await place(ctx, order)).id
}

/** The same, and in which intent it is held; null when it joined the queue. */
export async function place(ctx: Ctx, order: Order): Promise<{ id: Id<'command'>; held: Id<'intent'> | null }> {
  const device = await devices.get(ctx, order.device)
  const kind = await kindFor(ctx, order.kind, device.id)
  demand(ctx.authority, kind.permission, device.unitPath, 'devices:read')
  const given = readArgs(kind, order.args)
  const demands = kind.demands?.(given) ?? { permissions: [], wipes: kind.destructive }
  for (const permission of demands.permissions) demand(ctx.authority, permission, device.unitPath, 'devices:read')
  if (order.expiresInMs !== undefined && kind.expiresInMs === null)
    throw new Problem('command.never-expires', { kind: kind.kind })
  const subject = await subjectOf(ctx, device, kind, order.account ?? '')
  if (!subject) throw new Problem('command.not-enrolled')
  if (order.account !== undefined) await demandAccount(ctx, subject.enrollment.id, order.account)
  const eligible = kind.eligible(subject)
  if (eligible !== true) throw new Problem(eligible, { kind: kind.kind })
  const need = await demandAllowed(ctx, kind, subject, { args: given, wipes: demands.wipes })
  const args = kind.prepare ? await kind.prepare(ctx, subject, given) : given
  const id = newId('command')
  const admitted = await admitting(ctx, order, { kind, device, given, need })
  if (guard.isHeld(admitted)) {
    await hold(ctx, { order, kind, subject, given }, { id, intent: admitted.held })
    return { id, held: admitted.held }
  }
  await queue(ctx, order, { id, permit: admitted, kind, subject, args, wipes: demands.wipes })
  if (order.awake) await keepStanding(ctx)
  else await call(ctx, subject, (order.priority ?? kind.priority) === 'high')
  return { id, held: null }
}

/** Queues kinds without arguments for a device that was looked at already and found eligible, and wakes it once. */
export async function sendAll(ctx: Ctx, subject: Subject, kinds: readonly AnyCommandKind[]): Promise<Id<'command'>[]> {
  const ids: Id<'command'>[] = []
  for (const kind of kinds) {
    demand(ctx.authority, kind.permission, subject.device.unitPath, 'devices:read')
    const given = readArgs(kind, {})
    const args = kind.prepare ? await kind.prepare(ctx, subject, given) : given
    const impact = impactOf(kind, given)
    if (impact !== 'read' && impact !== 'reversible') throw new Error(`${kind.kind} is not sent in passing`)
    const permit = guard.harmless(kind.kind, subject.device.id, impact)
    const order = { device: subject.device.id, kind: kind.kind }
    ids.push(await queue(ctx, order, { id: newId('command'), permit, kind, subject, args, wipes: false }))
  }
  if (ids.length > 0) await call(ctx, subject, false)
  return ids
}

/** Wakes the device that a command waits for. */
export async function call(ctx: Ctx, { enrollment: { id }, account }: Subject, urgent: boolean): Promise<void> {
  await push.wake(ctx, { enrollment: id, account, urgent })
  await keepStanding(ctx)
}

/** A command that may join the queue now, which its permit proves. */
export interface Ready {
  id: Id<'command'>
  permit: guard.Permit
  kind: AnyCommandKind
  subject: Subject
  args: Record<string, unknown>
  wipes: boolean
}

/** Puts a command into the queue. Nothing else does, and it takes the guard's permit for exactly this. */
export async function queue(ctx: Ctx, order: Order, ready: Ready): Promise<Id<'command'>> {
  const { id, permit, kind, subject, args, wipes } = ready
  guard.demandPermit(permit, kind.kind, subject.device.id)
  await kind.onQueue?.(ctx, subject)
  const quiet = order.quiet === true || kind.quiet === true || (kind.inventory === true && ctx.actor.kind === 'system')
  const priority = order.priority ?? kind.priority ?? (quiet ? 'low' : 'normal')
  const expiresInMs = order.expiresInMs ?? kind.expiresInMs
  const expires_at = expiresInMs === null ? null : ctx.now + expiresInMs
  await keep(ctx, kind, { id, device: subject.device.id, args })
  const row = {
    id,
    enrollment: subject.enrollment.id,
    account: subject.account,
    device: subject.device.id,
    unit_path: subject.device.unitPath,
    priority: ranks[priority],
    kind: kind.kind,
    road: subject.enrollment.platform,
    ...(await sealArgs(ctx, kind, id, args)),
    quiet: quiet ? 1 : 0,
    wipes: wipes ? 1 : 0,
    impact: guard.rankOf(permit.impact),
    epoch: permit.epoch,
    intent: permit.intent,
    expires_at,
    due_at: Math.min(ctx.now + shortestLookMs[quiet ? 'quiet' : 'loud'], expires_at ?? Infinity),
    by_kind: ctx.actor.kind,
    by_id: ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id,
    reason: order.reason ?? null,
    batch: order.batch ?? null,
  }
  await insert(ctx, row)
  if (!quiet) {
    await devices.setWaiting(ctx, subject.device.id, 1)
    const { reason, batch } = row
    const told = { command: id, kind: kind.kind, args: loggable(kind, args), reason, priority, batch }
    await record(ctx, commandEvents.queued, about(row), told)
  }
  return id
}

async function keep(
  ctx: Ctx,
  kind: AnyCommandKind,
  { id, device, args }: { id: string; device: string; args: Record<string, unknown> },
): Promise<void> {
  const value = kind.keeps ? args[kind.keeps.arg] : undefined
  if (!kind.keeps || typeof value !== 'string') return
  await keeper().put(ctx, { device, kind: kind.keeps.as, command: id, value })
}

async function demandAccount(ctx: Ctx, enrolled: string, account: string): Promise<void> {
  const accounts = await enrollment.accountsOf(ctx, enrolled)
  if (!accounts.some(a => a.id === account && a.state === 'active')) throw new Problem('id.unknown')
}

/** The kind of this name as it is said to this device; of one that is not enrolled, as it is said to others. Refuses what cannot be said to it at all. */
export async function kindFor(ctx: Ctx, name: string, device: string): Promise<AnyCommandKind> {
  const meant = knownKind(name)
  const enrolled = await enrollment.byDevice(ctx, device)
  if (enrolled?.state !== 'active') return meant
  const kind = findKind(name, enrolled.platform)
  if (!kind) throw new Problem('command.platform', { kind: meant.kind })
  return kind
}

/** What the kind of this name means; refuses when there is none. */
export function knownKind(name: string): AnyCommandKind {
  const kind = meaningOf(name)
  if (!kind) throw new Problem('command.kind-unknown', { kind: name.slice(0, 80) })
  return kind
}

/** The arguments as the kind takes them; refuses others by field. */
export function readArgs(kind: AnyCommandKind, args: unknown): Record<string, unknown> {
  const parsed = kind.args.safeParse(args ?? {})
  if (parsed.success) return parsed.data as Record<string, unknown>
  const fields = parsed.error.issues.map(i => ({ path: ['args', ...i.path.map(String)].join('.'), message: i.message }))
  throw new Problem('request.malformed', {}, { fields })
}

/** The kind of this name that people may send; the internal ones are only sent by the server's own deeds. */
export function offeredKind(name: string): AnyCommandKind {
  const kind = knownKind(name)
  if (kind.internal) throw new Problem('command.kind-unknown', { kind: name.slice(0, 80) })
  return kind
}

type Args = Record<string, unknown>
type Need = Awaited<ReturnType<typeof demandAllowed>>

/** The guard's answer to an order. */
async function admitting(
  ctx: Ctx,
  order: Order,
  { kind, device, given, need }: { kind: AnyCommandKind; device: devices.Device; given: Args; need: Need },
): ReturnType<typeof guard.admit> {
  const impact = impactOf(kind, given)
  const harmless = impact === 'read' || impact === 'reversible'
  const { id, name, unit, unitPath } = device
  return guard.admit(ctx, {
    action: kind.kind,
    impact,
    device: { id, name, unit, unitPath, tags: harmless ? [] : await devices.tagsOf(ctx, id) },
    batch: order.batch ?? null,
    reason: order.reason,
    detail: detailOf(kind, given),
    need: need ?? undefined,
    ...(kind.proved ? { proved: (await guard.approversNow(ctx)).need } : {}),
  })
}

function loggable(kind: AnyCommandKind, args: Record<string, unknown>): Record<string, devices.JsonValue> {
  const entries = Object.entries(args).filter(([name, value]) => kind.loggable.includes(name) && value !== undefined)
  return Object.fromEntries(entries) as Record<string, devices.JsonValue>
}
