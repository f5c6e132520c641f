import { z } from 'zod'
import { eventType } from '../../base/events.ts'

/** What happens to invitations. */
export const invitationEvents = {
  created: eventType('invitation.created', {
    name: z.string().nullable(),
    platform: z.string(),
    ownership: z.string(),
    user: z.string().nullable(),
    uses: z.number().nullable(),
    expiresAt: z.number(),
  }),
  revoked: eventType('invitation.revoked', { name: z.string().nullable() }),
}

/** What happens to enrollments and their accounts. They are about the device. */
export const enrollmentEvents = {
  started: eventType('enrollment.started', {
    enrollment: z.string(),
    kind: z.string(),
    invitation: z.string().nullable(),
    again: z.boolean(),
  }),
  /** Begun so many minutes ago and not finished. */
  stuck: eventType('enrollment.stuck', { enrollment: z.string(), minutes: z.number() }),
  activated: eventType('enrollment.activated', { enrollment: z.string() }),
  asked: eventType('enrollment.asked-to-leave', { enrollment: z.string() }),
  ended: eventType('enrollment.ended', { enrollment: z.string(), reason: z.string() }),
  /** Someone spoke for a device or to enroll, and was not believed. */
  refused: eventType('enrollment.refused', {
    code: z.string(),
    enrollment: z.string().nullable(),
    claimed: z.string().nullable(),
    message: z.string().nullable(),
    fingerprint: z.string().nullable(),
    address: z.string(),
  }),
  renewed: eventType('enrollment.renewed', { enrollment: z.string(), certificate: z.string() }),
  joined: eventType('account.joined', {
    enrollment: z.string(),
    account: z.string(),
    shortName: z.string().nullable(),
  }),
  left: eventType('account.left', { enrollment: z.string(), account: z.string(), shortName: z.string().nullable() }),
}

const newcomer = { serial: z.string(), name: z.string() }

/** What happens to devices that ask to enroll and wait for an admin. */
export const newcomerEvents = {
  asked: eventType('newcomer.asked', { ...newcomer, mode: z.string(), attested: z.string() }),
  approve: eventType('newcomer.approved', newcomer),
  deny: eventType('newcomer.denied', newcomer),
  entered: eventType('newcomer.entered', { enrollment: z.string(), name: z.string() }),
  /** Its invitation ended before anybody decided. */
  lapsed: eventType('newcomer.lapsed', { name: z.string() }),
  admissionChanged: eventType('admission.changed', { wait: z.boolean() }),
}

/** What happens in setup runs. They are about the device. */
export const setupEvents = {
  began: eventType('setup.began', { enrollment: z.string(), minutes: z.number() }),
  progressed: eventType('setup.progressed', { enrollment: z.string(), done: z.number(), total: z.number() }),
  /** Nothing moves, and why. */
  stuck: eventType('setup.stuck', { enrollment: z.string(), code: z.string(), minutes: z.number() }),
  ended: eventType('setup.ended', {
    enrollment: z.string(),
    why: z.string(),
    minutes: z.number(),
    done: z.number(),
    total: z.number(),
  }),
}
