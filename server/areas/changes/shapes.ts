import { z } from 'zod'
import { importOf } from './header.ts'
import { modes } from './row.ts'

const counted = z.record(z.string(), z.number())
const fact = z.record(z.string(), z.union([z.string(), z.number()]))
export const unitRef = z.object({ id: z.string(), name: z.string(), path: z.string() })
export const by = z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() })

const effect = z.object({
  sign: z.enum(['add', 'change', 'remove']),
  item: z.string(),
  kind: z.string(),
  name: z.string(),
  policy: z.string(),
  keys: z.array(z.object({ key: z.string(), before: z.unknown(), after: z.unknown() })).readonly(),
})

const sums = {
  devices: z.number(),
  changed: z.number(),
  people: z.number(),
  added: z.number(),
  altered: z.number(),
  removed: z.number(),
}

/** What moves would do to devices, alike devices together. */
export const outlook = z.object({
  ...sums,
  groups: z.array(
    z.object({
      key: z.string(),
      devices: z.number(),
      people: z.number(),
      byPlatform: counted,
      sample: z.array(z.object({ id: z.string(), name: z.string(), user: z.string().nullable() })),
      effects: z.array(effect).readonly(),
    }),
  ),
  moreGroups: z.number(),
})

export const needsConfirmation = z.object({ phrase: z.string(), removals: z.number(), limit: z.number() }).nullable()

/** How far the devices that were really touched have come. */
export const reach = z
  .object({ devices: z.number(), reached: z.number(), failed: z.number(), at: z.number() })
  .nullable()

export const importShape = z.object({
  id: z.string(),
  name: z.string(),
  of: z.enum(importOf),
  mode: z.enum(modes),
  unit: unitRef,
  devicesFollow: z.boolean(),
  state: z.enum(['reading', 'checking', 'ready', 'applying', 'applied', 'undoing', 'undone', 'failed', 'expired']),
  step: z.string(),
  encoding: z.string().nullable(),
  encodingKnown: z.string().nullable(),
  separator: z.string().nullable(),
  columns: z.array(z.object({ title: z.string(), field: z.string().nullable() })),
  size: z.number(),
  progress: z.object({ done: z.number(), of: z.number() }),
  counts: z.object({
    add: z.number(),
    change: z.number(),
    same: z.number(),
    remove: z.number(),
    error: z.number(),
    applied: z.number(),
    failed: z.number(),
    undone: z.number(),
    kept: z.number(),
  }),
  failure: z.object({ code: z.string(), facts: fact }).nullable(),
  needsConfirmation,
  preview: outlook.nullable(),
  by,
  createdAt: z.number(),
  appliedAt: z.number().nullable(),
  undoUntil: z.number().nullable(),
  change: z.string().nullable(),
})

const remark = z.object({ column: z.string().nullable(), code: z.string(), facts: fact })

export const lineShape = z.object({
  n: z.number(),
  line: z.number().nullable(),
  label: z.string(),
  outcome: z.enum(['add', 'change', 'same', 'remove', 'error']).nullable(),
  state: z.enum(['planned', 'applied', 'failed', 'undone', 'kept']),
  cells: z.record(z.string(), z.string()),
  errors: z.array(remark),
  notes: z.array(remark),
  fields: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  target: z.string().nullable(),
})
