import { z } from 'zod'
import { eventType } from '../../base/events.ts'

const name = z.string()
const text = z.string().nullable()

/** What happens to rules. */
export const ruleEvents = {
  added: eventType('rule.added', { name, kind: z.string(), template: text }),
  changed: eventType('rule.changed', { name, fields: z.array(z.string()) }),
  removed: eventType('rule.removed', { name }),
}

/** What becomes of devices by rules. They are about the device. */
export const verdictEvents = {
  /** `before` and `now` may be `none`: the rule does not apply. `apps`: names of what was found, at most 20. `person`: whose device it is. */
  changed: eventType('verdict.changed', {
    rule: z.string(),
    name,
    kind: z.string(),
    before: z.string(),
    now: z.string(),
    severity: z.string(),
    why: text,
    apps: z.array(z.string()).optional(),
    person: text,
    graceUntil: z.number().nullable(),
  }),
  /** A response was carried out, or refused with a code. `fix`: what the person can do, in the admin's words. */
  responded: eventType('verdict.responded', {
    rule: z.string(),
    name,
    kind: z.string(),
    response: z.string(),
    /** The same in one word, for the sentence: person, admins, message, tag, restrict, ticket, lock, refused. */
    done: z.string(),
    severity: z.string(),
    why: text,
    apps: z.array(z.string()).optional(),
    person: text,
    fix: z.string(),
    graceUntil: z.number().nullable(),
    tag: text,
    command: text,
    refused: text,
  }),
}

const exception = {
  exception: z.string(),
  rule: z.string(),
  name,
  device: text,
  person: text,
  reason: z.string(),
  until: z.number(),
}

/** What happens to exceptions. They are about the device, or the person. */
export const exceptionEvents = {
  asked: eventType('exception.asked', exception),
  granted: eventType('exception.granted', { ...exception, wrong: z.boolean() }),
  denied: eventType('exception.denied', exception),
  ended: eventType('exception.ended', { ...exception, early: z.boolean() }),
}
