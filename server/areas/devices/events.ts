import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const text = z.string().nullable()

/** What happens to devices themselves; enrollments and commands have their own events. */
export const deviceEvents = {
  added: eventType('device.added', { platform: z.string(), serial: text }),
  /** A sighting with a new UDID was taken for a device known by its serial number. */
  merged: eventType('device.merged', { by: z.string(), before: text, now: text }),
  /** Two devices in use show the same serial number; both are kept. */
  conflicted: eventType('device.conflicted', { kind: z.string(), value: z.string(), other: z.string() }),
  renamed: eventType('device.renamed', { before: z.string(), now: z.string() }),
  moved: eventType('device.moved', { before: z.string(), now: z.string() }),
  assigned: eventType('device.assigned', { before: text, now: text }),
  changed: eventType('device.changed', { field: z.string(), before: text, now: text }),
  /** The device said something about itself that decides what it should have: names of fields, not their values. */
  described: eventType('device.described', { fields: z.array(z.string()) }),
  /** `rules` is absent where it was done by hand. */
  tagged: eventType('device.tagged', {
    added: z.array(z.string()),
    removed: z.array(z.string()),
    rules: z.array(z.string()).optional(),
  }),
  missed: eventType('device.missed', { days: z.number(), lastSeenAt: z.number() }),
  /** Quiet for some days, not long enough to count as silent; and heard again after that. */
  quieted: eventType('device.quieted', { days: z.number(), lastSeenAt: z.number() }),
  heard: eventType('device.heard', {}),
  /** It is known to be away until then, and its silence is no news; and that is over. */
  held: eventType('device.held', { until: z.number() }),
  holdEnded: eventType('device.hold-ended', {}),
  returned: eventType('device.returned', { silentSince: z.number() }),
  ruleChanged: eventType('devices.rule-changed', { field: z.string(), before: z.number(), now: z.number() }),
  removed: eventType('device.removed', { name: z.string(), serial: text }),
}

/** What happens to tag rules. */
export const tagRuleEvents = {
  added: eventType('tag-rule.added', { name: z.string(), tag: z.string() }),
  changed: eventType('tag-rule.changed', { name: z.string(), fields: z.array(z.string()) }),
  removed: eventType('tag-rule.removed', { name: z.string() }),
}
