import { z } from 'zod'
import { eventType } from '../../base/events.ts'

/** What happens to programs. What they say with is never in the log. */
export const programEvents = {
  added: eventType('program.added', { kind: z.string(), name: z.string() }),
  changed: eventType('program.changed', { kind: z.string(), name: z.string(), state: z.string() }),
  /** Somebody must do something, or what should have passed has not. */
  troubled: eventType('program.troubled', { kind: z.string(), name: z.string(), state: z.string(), code: z.string() }),
  recovered: eventType('program.recovered', { kind: z.string(), name: z.string() }),
  renewed: eventType('program.renewed', { kind: z.string(), name: z.string(), expiresAt: z.number().nullable() }),
  removed: eventType('program.removed', { kind: z.string(), name: z.string() }),
  /** The vendor promised devices, or took them back. */
  grew: eventType('roster.grew', { program: z.string(), added: z.number() }),
  shrank: eventType('roster.shrank', { program: z.string(), gone: z.number() }),
  /** The vendor did not take a setup for some of the devices. */
  unassigned: eventType('roster.unassigned', { program: z.string(), code: z.string(), devices: z.number() }),
  /** Every device that a filter matches is changed, page by page. */
  bulkBegun: eventType('roster.bulk-begun', {
    bulk: z.string(),
    filter: z.string(),
    devices: z.number(),
    setup: z.string().nullable().optional(),
    unit: z.string().optional(),
    user: z.string().nullable().optional(),
  }),
  bulkDone: eventType('roster.bulk-done', { bulk: z.string(), devices: z.number(), changed: z.number() }),
  bulkFailed: eventType('roster.bulk-failed', {
    bulk: z.string(),
    devices: z.number(),
    changed: z.number(),
    code: z.string(),
  }),
  wished: eventType('roster.changed', {
    devices: z.number(),
    setup: z.string().nullable().optional(),
    unit: z.string().optional(),
    user: z.string().nullable().optional(),
  }),
}

/** What happens to setups. */
export const setupEvents = {
  added: eventType('setup.added', { name: z.string() }),
  changed: eventType('setup.changed', { name: z.string(), fields: z.array(z.string()) }),
  removed: eventType('setup.removed', { name: z.string() }),
}
