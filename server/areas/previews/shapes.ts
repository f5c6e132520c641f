import { z } from 'zod'
import { shapes as policyShapes } from '../policies/index.ts'

/** Shapes in which previews are answered. */
export const deviceRef = z.object({
  id: z.string(),
  name: z.string(),
  user: z.string().nullable(),
  platform: z.string(),
  formFactor: z.string(),
})

const effect = z.object({
  sign: z.enum(['add', 'change', 'remove']),
  item: z.string(),
  kind: z.string(),
  name: z.string(),
  policy: z.string(),
  keys: z.array(
    z.object({ key: z.string(), before: policyShapes.value.nullable(), after: policyShapes.value.nullable() }),
  ),
  moreKeys: z.number(),
})

const licenseShift = z.object({ app: z.string(), name: z.string(), taken: z.number(), returned: z.number() })

const failure = z.object({
  device: z.object({ id: z.string(), name: z.string() }),
  /** Code of what is wrong, with a text in four languages. */
  why: z.string(),
  item: z.string(),
  key: z.string().optional(),
  is: policyShapes.value.optional(),
})

export const testResult = z.object({
  id: z.string(),
  name: z.string(),
  passed: z.boolean(),
  devices: z.number(),
  failing: z.number(),
  /** Of those failing, how many the change makes fail. Only these keep it from being saved. */
  newly: z.number(),
  failures: z.array(failure),
})

export const preview = z.object({
  id: z.string(),
  state: z.enum(['computing', 'done', 'failed']),
  progress: z.object({ looked: z.number(), of: z.number() }),
  devices: z.number(),
  changed: z.number(),
  people: z.number(),
  added: z.number(),
  altered: z.number(),
  removed: z.number(),
  groups: z.array(
    z.object({
      key: z.string(),
      devices: z.number(),
      people: z.number(),
      byPlatform: z.record(z.string(), z.number()),
      sample: z.array(deviceRef),
      effects: z.array(effect),
      /** Licenses that these devices and their people take and give back. */
      licenses: z.array(licenseShift).default([]),
    }),
  ),
  moreGroups: z.number(),
  tests: z.array(testResult),
  conflicts: z.array(
    z.object({
      item: z.string(),
      key: z.string().nullable(),
      policies: z.array(policyShapes.nameRef),
      winner: z.string(),
      level: z.enum(['equal', 'nearer']),
      devices: z.number(),
    }),
  ),
  unhonored: z.array(
    z.object({
      policy: z.string(),
      kind: z.string().default(''),
      platform: z.string(),
      /** By which road the devices are held and in which of its modes, where that makes the difference. */
      road: z.string().nullable().default(null),
      mode: z.string().nullable().default(null),
      reason: z.string(),
      /** The settings it is about; none: the whole. */
      keys: z.array(z.string()).default([]),
      devices: z.number(),
    }),
  ),
  /** What the change runs into elsewhere, with a text for each code. */
  notes: z
    .array(z.object({ code: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])) }))
    .default([]),
  /** Licenses that the change takes and gives back, by app; those that will be missing come first. `free` is before the change. */
  licenses: z.array(licenseShift.extend({ free: z.number(), total: z.number(), short: z.number() })).default([]),
  /** What is to be typed: where much is removed, and where licenses are missing. */
  needsConfirmation: z
    .object({ phrase: z.string(), removals: z.number(), limit: z.number(), short: z.number() })
    .nullable(),
})

/** A preview as everybody would see it: what a reader may not see is still in it. */
export type Preview = z.input<typeof preview>
