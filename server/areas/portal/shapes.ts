import { z } from 'zod'
import { languages } from '../../base/say.ts'
import { type DataType, dataTypes } from '../privacy/index.ts'

const text = z.string().nullable()
const instant = z.number().nullable()
const dataType = z.enum(dataTypes as readonly [DataType, ...DataType[]])

const device = z.object({
  id: z.string(),
  name: z.string(),
  model: text,
  platform: z.string(),
  formFactor: z.string(),
  ownership: z.string(),
  mode: text,
  osVersion: text,
  serial: text,
  state: z.string(),
  lastSeenAt: instant,
  enrolledAt: instant,
  missing: z.object({ number: z.number(), openedAt: z.number() }).nullable(),
  update: z.object({ version: z.string(), due: z.string(), details: z.string() }).nullable(),
})

/** A person's own page. */
export const page = z.object({
  person: z.object({ name: z.string(), email: text, language: z.enum(languages) }),
  org: z.object({ name: z.string() }),
  devices: z.array(device),
  asks: z.array(
    z.object({
      id: z.string(),
      state: z.string(),
      device: text,
      reason: z.string(),
      note: z.string(),
      from: z.number(),
      until: z.number(),
      askedAt: z.number(),
    }),
  ),
  provenUntil: instant,
  trusted: z.boolean(),
  codes: z.boolean(),
})

/** What a person can read of one of their devices. */
export const devicePage = z.object({
  device,
  collected: z.array(
    z.object({
      type: dataType,
      how: z.enum(['never', 'sealed', 'hidden', 'shown']),
      facts: z.array(z.object({ key: z.string(), value: z.unknown(), at: z.number() })),
      list: z.object({ names: z.array(z.string()), count: z.number(), at: z.number() }).nullable(),
      masked: z.boolean(),
      keptDays: instant,
    }),
  ),
  never: z.array(dataType),
  orders: z.array(
    z.object({
      order: z.string(),
      rule: z.enum(['allow', 'consent', 'two-persons', 'never']),
      able: z.boolean(),
      roles: z.array(z.object({ role: z.string(), people: z.number() })),
    }),
  ),
  looks: z.array(z.object({ at: z.number(), name: text, byKind: z.string(), what: z.string(), purpose: z.string() })),
  violations: z.array(
    z.object({
      rule: z.string(),
      name: z.string(),
      severity: z.string(),
      verdict: z.enum(['violating', 'grace', 'excepted']),
      since: z.number(),
      graceUntil: instant,
      fix: z.string(),
      code: text,
      found: z.array(z.string()),
    }),
  ),
  consents: z.array(
    z.object({ id: z.string(), order: z.string(), reason: z.string(), name: text, at: z.number(), until: z.number() }),
  ),
  hours: z.object({ phase: z.string(), since: z.number() }).nullable(),
  charter: z.object({
    version: z.number(),
    since: instant,
    cosigners: z.array(z.string()),
    checked: z.object({ at: z.number(), holds: z.boolean() }).nullable(),
  }),
  readAt: z.number(),
})

/** Everything, to take along. */
export const everything = page.extend({ madeAt: z.number(), details: z.array(devicePage) })

const reason = z.string().trim().min(1).max(500)

/** What a person asks for: to be released from working hours for a time, or that a rule need not be kept. */
export const ask = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hours'), device: z.string().max(40), until: z.number().int(), reason }),
  z.object({ kind: z.literal('exception'), device: z.string().max(40), rule: z.string().max(40), reason }),
])
