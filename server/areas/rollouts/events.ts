import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const name = z.string()
const version = z.number()

/** What happens to rollouts. They are about the policy; numbers of devices, never which. */
export const rolloutEvents = {
  begun: eventType('rollout.begun', {
    rollout: z.string(),
    name,
    from: version,
    to: version,
    waves: z.array(z.number()),
  }),
  advanced: eventType('rollout.advanced', {
    rollout: z.string(),
    name,
    to: version,
    wave: z.number(),
    percent: z.number(),
  }),
  paused: eventType('rollout.paused', { rollout: z.string(), name }),
  resumed: eventType('rollout.resumed', { rollout: z.string(), name }),
  finished: eventType('rollout.finished', { rollout: z.string(), name, to: version }),
  stopped: eventType('rollout.stopped', {
    rollout: z.string(),
    name,
    from: version,
    to: version,
    reason: z.string(),
    percent: z.number().nullable(),
    failed: z.number(),
  }),
}

/** What happens to trials. They are about the device. */
export const trialEvents = {
  begun: eventType('trial.begun', { trial: z.string(), policy: z.string(), name, until: z.number() }),
  ended: eventType('trial.ended', { trial: z.string(), policy: z.string(), name, early: z.boolean() }),
}
