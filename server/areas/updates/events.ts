import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const name = z.string()

/** What happens to versions. They belong to no unit. */
export const updateEvents = {
  released: eventType('update.released', { platform: z.string(), version: z.string(), build: z.string() }),
  feedTroubled: eventType('update.feed-troubled', { source: z.string(), state: z.string(), problem: z.string() }),
  feedRecovered: eventType('update.feed-recovered', { source: z.string() }),
}

const numbers = {
  eligible: z.number(),
  blocked: z.number(),
  done: z.number(),
  unknown: z.number(),
  excepted: z.number(),
}

/** What happens to campaigns. They are about the campaign; numbers of devices, never which. */
export const campaignEvents = {
  added: eventType('campaign.added', { name, targets: z.record(z.string(), z.string()) }),
  changed: eventType('campaign.changed', { name, fields: z.array(z.string()) }),
  started: eventType('campaign.started', {
    name,
    targets: z.record(z.string(), z.string()),
    due: z.string(),
    /** How many devices could take it then, of how many. */
    eligible: z.number(),
    of: z.number(),
  }),
  advanced: eventType('campaign.advanced', { name, wave: z.number(), percent: z.number() }),
  halted: eventType('campaign.halted', {
    name,
    reason: z.string(),
    percent: z.number(),
    failed: z.number(),
    reached: z.number(),
    wave: z.number(),
  }),
  paused: eventType('campaign.paused', { name }),
  resumed: eventType('campaign.resumed', { name }),
  retargeted: eventType('campaign.retargeted', { name, targets: z.record(z.string(), z.string()), due: z.string() }),
  finished: eventType('campaign.finished', { name, ...numbers }),
  stopped: eventType('campaign.stopped', { name, ...numbers }),
  removed: eventType('campaign.removed', { name }),
  excepted: eventType('campaign.excepted', { name, device: z.string(), until: z.number(), reason: z.string() }),
  /** What is demanded after the date was settled by a rule, made for it or there before. */
  gated: eventType('campaign.gated', { name, rule: z.string(), made: z.boolean() }),
  ungated: eventType('campaign.ungated', { name, rule: z.string() }),
  /** People were told that it is due in so many hours. */
  warned: eventType('campaign.warned', { name, hours: z.number(), people: z.number() }),
  unexcepted: eventType('campaign.exception-ended', { name, device: z.string() }),
}
