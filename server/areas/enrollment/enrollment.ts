import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { asId, type Id, newId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import * as certificates from '../certificates/index.ts'
import * as devices from '../devices/index.ts'
import * as identity from '../identity/index.ts'
import { leaveAll } from './account.ts'
import { aboutDevice } from './about.ts'
import { endRun } from './run.ts'
import { watch } from './stuck.ts'
import { findArrival, reached } from './arrival.ts'
import { enrollmentEvents } from './events.ts'
import { greet } from './greeter.ts'
import * as rows from './enrollment-store.ts'
import type { Invitation } from './invitation.ts'
import * as store from './store.ts'

/** Why an enrollment ended: the device said so, it enrolled anew, or an admin ended it. */
export type EndReason = 'left' | 'replaced' | 'admin'

/** One period of management of one device over one platform. */
export interface Enrollment {
  id: Id<'enrollment'>
  device: Id<'device'>
  platform: string
  /** How the platform tells this device from others. */
  identityKey: string
  kind: string
  state: 'pending' | 'active' | 'ended'
  invitation: Id<'invitation'> | null
  arrival: Id<'arrival'> | null
  /** What the person who enrolled granted; null when the platform has no such thing. */
  accessRights: number | null
  startedAt: number
  activatedAt: number | null
  /** When the device first called by itself, after it could be reached. */
  heardAt: number | null
  /** Since when the device is asked to leave. */
  endingAt: number | null
  endedAt: number | null
  endReason: EndReason | null
  /** A setup run of it goes on. */
  settingUp: boolean
}

/** What a platform knows when a device begins to enroll. */
export interface Beginning {
  platform: string
  identityKey: string
  kind: string
  arrival: Id<'arrival'>
  device: Omit<Parameters<typeof devices.sighted>[1], 'unit' | 'user' | 'ownership'>
  /** It was promised to the org, whoever holds it: into which unit and for whom it comes, and it may come again from wherever it was moved to. */
  promised?: { unit: Id<'unit'>; user: Id<'user'> | null }
}

/** An enrollment that has just begun, and those of the same device that it ended. */
export interface Begun {
  enrollment: Enrollment
  replaced: readonly Enrollment[]
  unitPath: string
}

/**
 * Begins an enrollment by an invitation: merges the device with its former sightings, uses the invitation up by one and ends the enrollments
 * the device had. A device that is managed in a unit the invitation does not reach stays as it is, and the newcomer is refused.
 */
export async function begin(ctx: Ctx, beginning: Beginning): Promise<Begun> {
  const invitation = await invitationOf(ctx, beginning.arrival)
  const { promised } = beginning
  const unit = await identity.unitOf(ctx, promised?.unit ?? invitation.unit)
  const user = promised ? promised.user : invitation.user
  const reach = promised ? '/' : unit.path
  const claimed = await rows.findLive(ctx, beginning.platform, beginning.identityKey)
  if (claimed) await demandReach(ctx, claimed.device, reach)
  const seen = await devices.sighted(ctx, {
    ...beginning.device,
    unit: unit.id,
    ...(user === null ? {} : { user }),
    ownership: invitation.ownership,
    road: beginning.platform,
    mode: beginning.kind,
  })
  const replaced = (await rows.listOfDevice(ctx, seen.id)).filter(e => e.state !== 'ended')
  if (replaced.length > 0) await demandReach(ctx, seen.id, reach)
  await use(ctx, invitation, replaced)
  for (const former of replaced) await end(ctx, former.id, 'replaced')
  const enrollment = fresh(ctx, beginning, seen.id, invitation)
  await rows.putEnrollment(ctx, enrollment)
  await reached(ctx, beginning.arrival, { authenticatedAt: ctx.now, enrollment: enrollment.id })
  await devices.setState(ctx, seen.id, 'enrolling')
  const device = await greet(ctx, seen, enrollment.id)
  await record(ctx, enrollmentEvents.started, devices.about(device), {
    enrollment: enrollment.id,
    kind: enrollment.kind,
    invitation: invitation.id,
    again: replaced.length > 0,
  })
  await watch(ctx, enrollment.id)
  return { enrollment, replaced, unitPath: device.unitPath }
}

/** Makes a pending enrollment active: the device can be reached. Answers whether it was pending; an active one stays as it is. */
export async function activate(ctx: Ctx, id: string): Promise<boolean> {
  const enrollment = await get(ctx, id)
  if (enrollment.state === 'ended') throw new Problem('enrollment.ended')
  if (enrollment.state === 'active') return false
  await rows.putEnrollment(ctx, { ...enrollment, state: 'active', activatedAt: ctx.now })
  if (enrollment.arrival) await reached(ctx, enrollment.arrival, { addressedAt: ctx.now })
  await devices.setState(ctx, enrollment.device, 'active')
  await record(ctx, enrollmentEvents.activated, await aboutDevice(ctx, enrollment), { enrollment: id })
  return true
}

/** Ends an enrollment and its accounts; ending it again changes nothing. Its certificates no longer speak for a managed device. */
export async function end(ctx: Ctx, id: string, reason: EndReason): Promise<void> {
  const enrollment = await get(ctx, id)
  if (enrollment.state === 'ended') return
  await leaveAll(ctx, enrollment)
  await endRun(ctx, id, 'skipped')
  await rows.retirePins(ctx, id, ctx.now)
  await certificates.retireOthers(ctx, { kind: 'enrollment', id }, null)
  await certificates.endItems(ctx, enrollment.device, `enrollment ${reason}`)
  await rows.putEnrollment(ctx, {
    ...enrollment,
    state: 'ended',
    endedAt: ctx.now,
    endReason: reason,
    settingUp: false,
  })
  await devices.setState(ctx, enrollment.device, 'ended')
  await record(ctx, enrollmentEvents.ended, await aboutDevice(ctx, enrollment), { enrollment: id, reason })
}

/** Notes that the device called by itself; the first time counts. */
export async function heard(ctx: Ctx, enrollment: Enrollment): Promise<void> {
  if (enrollment.heardAt === null) await rows.putEnrollment(ctx, { ...enrollment, heardAt: ctx.now })
}

/** Notes that the device is asked to leave. */
export async function askToLeave(ctx: Ctx, enrollment: Enrollment): Promise<void> {
  if (enrollment.endingAt !== null) return
  await rows.putEnrollment(ctx, { ...enrollment, endingAt: ctx.now })
  await record(ctx, enrollmentEvents.asked, await aboutDevice(ctx, enrollment), { enrollment: enrollment.id })
}

/** The enrollment with this id in the org of the transaction, or null. */
export async function find(ctx: Ctx, id: string): Promise<Enrollment | null> {
  return (await rows.findEnrollment(ctx, id)) ?? null
}

/** The enrollment with this id; refuses when there is none. */
export async function get(ctx: Ctx, id: string): Promise<Enrollment> {
  const enrollment = await rows.findEnrollment(ctx, id)
  if (!enrollment) throw new Problem('id.unknown')
  return enrollment
}

/** The enrollment with this id, when the actor may do this to its device. */
export async function demanded(ctx: Ctx, id: string, permission: string): Promise<Enrollment> {
  const enrollment = await get(ctx, asId('enrollment', id))
  const { path } = await aboutDevice(ctx, enrollment)
  demand(ctx.authority, permission, path, 'devices:read')
  return enrollment
}

/** How a device is managed, or was last; null when it never was. */
export async function modeOf(ctx: Ctx, device: string): Promise<string | null> {
  const all = await rows.listOfDevice(ctx, device)
  return (all.find(e => e.state !== 'ended') ?? all[0])?.kind ?? null
}

/** The enrollment through which a device is managed now or will be; null when it is not. */
export async function byDevice(ctx: Ctx, device: string): Promise<Enrollment | null> {
  const all = await rows.listOfDevice(ctx, device)
  return all.find(e => e.state === 'active') ?? all.find(e => e.state === 'pending') ?? null
}

/** The enrollments through which these devices are managed now, by device; those not managed are absent. */
export async function activeOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Enrollment>> {
  return new Map((await rows.activeOf(ctx, ids)).map(e => [e.device, e]))
}

/** Every enrollment the device has had, newest first. */
export function history(ctx: Ctx, device: string): Promise<Enrollment[]> {
  return rows.listOfDevice(ctx, device)
}

/** Says that people sign in to the device in turn, which is known only once one has. */
export async function setKind(ctx: Ctx, enrollment: Enrollment, kind: string): Promise<void> {
  if (enrollment.kind === kind) return
  await rows.putEnrollment(ctx, { ...enrollment, kind })
  await devices.hold(ctx, enrollment.device, { road: enrollment.platform, mode: kind })
}

export { aboutDevice } from './about.ts'

async function invitationOf(ctx: Ctx, arrival: string): Promise<Invitation> {
  const invitation = await store.findInvitation(ctx, (await findArrival(ctx, arrival))?.invitation ?? '')
  if (!invitation) throw new Problem('invitation.unknown')
  if (invitation.revokedAt !== null) throw new Problem('invitation.revoked')
  return invitation
}

/** An invitation reaches devices of its unit and below; others cannot be taken over with it. */
async function demandReach(ctx: Ctx, device: string, unitPath: string): Promise<void> {
  const known = await devices.get(ctx, device)
  if (!known.unitPath.startsWith(unitPath)) throw new Problem('enrollment.device-elsewhere')
}

/** Who got the profile in time may finish after the expiry: the one-time challenge in it has an end of its own. */
async function use(ctx: Ctx, invitation: Invitation, replaced: readonly Enrollment[]): Promise<void> {
  // The same device trying again does not use the invitation twice.
  if (replaced.some(e => e.state === 'pending' && e.invitation === invitation.id)) return
  if (invitation.uses !== null && invitation.used >= invitation.uses) throw new Problem('invitation.used')
  await store.changeInvitation(ctx, { ...invitation, used: invitation.used + 1 })
}

function fresh(ctx: Ctx, beginning: Beginning, device: Id<'device'>, invitation: Invitation): Enrollment {
  return {
    id: newId('enrollment'),
    device,
    platform: beginning.platform,
    identityKey: beginning.identityKey,
    kind: beginning.kind,
    state: 'pending',
    invitation: invitation.id,
    arrival: beginning.arrival,
    accessRights: invitation.accessRights,
    startedAt: ctx.now,
    activatedAt: null,
    heardAt: null,
    endingAt: null,
    endedAt: null,
    endReason: null,
    settingUp: false,
  }
}
