import { z } from 'zod'
import { checkCodes } from './check.ts'
import { intakeStates } from './intake.ts'
import { faultCodes } from './line.ts'
import { causes } from './standing.ts'

const text = z.string().nullable()
const instant = z.number().nullable()
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])
const facts = z.record(z.string(), scalar)
const ref = z.object({ id: z.string(), name: z.string() })

const lineStates = ['blocked', 'expected', 'unboxed', 'enrolled', 'configuring', 'ready', 'stuck'] as const

/** How many devices are where on their way. */
export const countsShape = z.object({
  total: z.number(),
  blocked: z.number(),
  expected: z.number(),
  unboxed: z.number(),
  enrolled: z.number(),
  configuring: z.number(),
  ready: z.number(),
  stuck: z.number(),
})

/** An intake as lists show it. */
export const rowShape = z.object({
  id: z.string(),
  name: z.string(),
  day: z.string(),
  zone: z.string(),
  dayAt: z.number(),
  state: z.enum(intakeStates),
  unit: z.object({ id: z.string(), name: z.string(), path: z.string() }),
  blueprint: ref.nullable(),
  setup: ref.nullable(),
  counts: countsShape,
  reds: z.number(),
  ambers: z.number(),
  /** When everything was looked at last; null: not yet. */
  checkedAt: instant,
  createdAt: z.number(),
  openedAt: instant,
  closedAt: instant,
})

/** A check as a page shows it. */
export const checkShape = z.object({
  code: z.enum(checkCodes),
  subject: z.string(),
  state: z.enum(['red', 'amber', 'green']),
  facts,
  /** Where in the console it is put right; '' where there is no such place. */
  link: z.string(),
  since: z.number(),
})

/** An intake as its page shows it. */
export const intakeShape = rowShape.extend({
  note: z.string(),
  tag: z.string(),
  source: z.enum(['list', 'roster']),
  filter: z.string(),
  /** The roster is still being read. */
  gathering: z.boolean(),
  by: z.object({ kind: z.string(), id: text, name: text }),
  checks: z.array(checkShape),
})

/** A fault of a line. */
export const faultShape = z.object({
  code: z.enum(faultCodes),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
})

/** A line with its device, as pages show it. */
export const lineShape = z.object({
  n: z.number(),
  line: z.number().nullable(),
  raw: z.string(),
  serial: z.string(),
  assetTag: z.string(),
  /** As it was said. */
  person: z.string(),
  user: ref.nullable(),
  place: z.string(),
  unit: z.object({ id: z.string(), name: z.string(), path: z.string() }),
  faults: z.array(faultShape),
  state: z.enum(lineStates),
  cause: z.enum(causes).nullable(),
  facts,
  apps: z.object({ wanted: z.number(), there: z.number() }),
  device: ref.nullable(),
  unboxedAt: instant,
  enrolledAt: instant,
  heardAt: instant,
  readyAt: instant,
  since: z.number(),
})

/** What a file was read as, before anything is kept. */
export const readingShape = z.object({
  encoding: z.string(),
  columns: z.array(z.string()),
  devices: z.number(),
  blocked: z.number(),
  matched: z.number(),
  named: z.number(),
  lines: z.array(
    z.object({
      line: z.number().nullable(),
      raw: z.string(),
      serial: z.string(),
      assetTag: z.string(),
      person: z.string(),
      user: ref.nullable(),
      place: z.string(),
      unit: z.object({ id: z.string(), name: z.string(), path: z.string() }),
      faults: z.array(faultShape),
      blocked: z.boolean(),
    }),
  ),
})
