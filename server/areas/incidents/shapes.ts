import { z } from 'zod'
import { incidentStates } from './incident.ts'
import { sentences } from './standing.ts'
import { warningCodes } from './warnings.ts'

const text = z.string().nullable()
const instant = z.number().nullable()
const actor = z.object({ kind: z.string(), id: text, name: text })

const fateShape = z.object({
  command: z.string(),
  state: z.enum(['held', 'queued', 'sent', 'done', 'failed', 'expired', 'canceled', 'superseded']),
  createdAt: z.number(),
  sentAt: instant,
  endedAt: instant,
})

/** An incident as lists show it. */
export const rowShape = z.object({
  id: z.string(),
  number: z.number(),
  kind: z.enum(['lost', 'stolen']),
  state: z.enum(incidentStates),
  outcome: z.enum(['found', 'written-off']).nullable(),
  device: z.object({
    id: z.string(),
    name: z.string(),
    model: z.string(),
    serial: z.string(),
    assetTag: z.string(),
    platform: z.string(),
    formFactor: z.string(),
    ownership: z.string(),
    /** Whether we still know it; an incident outlives its device. */
    known: z.boolean(),
    lastSeenAt: instant,
  }),
  user: z.object({ id: z.string(), name: text }).nullable(),
  /** The names of the unit and those above it, the top one first. */
  unit: z.array(z.string()),
  sentence: z.object({
    tone: z.enum(['ok', 'attention', 'danger', 'pending', 'unknown']),
    code: z.enum(sentences),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
  by: actor,
  openedAt: z.number(),
  endedAt: instant,
  closedAt: instant,
})

/** A standing order as it is shown. */
export const orderShape = z.object({
  id: z.string(),
  state: z.enum(['standing', 'due', 'sent', 'held', 'done', 'canceled']),
  why: text,
  keepLocked: z.boolean(),
  locateEveryMinutes: instant,
  until: instant,
  after: z.enum(['nothing', 'erase', 'work-data']),
  command: text,
  by: actor,
  endedAt: instant,
})

export const acts = [
  'message',
  'sound',
  'locate',
  'lock',
  'erase',
  'work-data',
  'order',
  'found',
  'write-off',
  'close',
] as const

/** An incident as its page shows it. */
export const incidentShape = rowShape.extend({
  note: z.string(),
  message: z.string(),
  phone: z.string(),
  action: z.enum(['lost-mode', 'lock', 'none']),
  /** Code: why that action is the right one for this device. */
  why: z.string(),
  supervised: z.boolean().nullable(),
  battery: z.object({ level: z.number(), at: z.number() }).nullable(),
  activationLock: z.boolean().nullable(),
  warnings: z.array(
    z.object({
      code: z.enum(warningCodes),
      tone: z.enum(['attention', 'danger', 'ok']),
      at: instant,
      value: z.number().nullable(),
    }),
  ),
  lock: fateShape.nullable(),
  erase: fateShape.extend({ scope: z.enum(['all', 'work']) }).nullable(),
  order: orderShape.nullable(),
  /** What can be done now, and if not, why: the code of a problem. */
  acts: z.array(z.object({ act: z.enum(acts), allowed: z.boolean(), reason: text })),
  /** How many positions were kept; where they are is asked apart, with a purpose. */
  fixes: z.number(),
})

export type ShownRow = z.input<typeof rowShape>
export type ShownIncident = z.input<typeof incidentShape>
export type Act = (typeof acts)[number]
