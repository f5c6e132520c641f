import { z } from 'zod'
import { previewShape } from '../previews/index.ts'
import { importOf } from './header.ts'
import { modes } from './row.ts'

const fact = z.record(z.string(), z.union([z.string(), z.number()]))
export const unitRef = z.object({ id: z.string(), name: z.string(), path: z.string() })
export const by = z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() })

/** What changes for those who go from one place to another; `id` is null for a unit that is yet to be made. */
const place = z.object({ id: z.string().nullable(), name: z.string(), path: z.string() })

export const places = z.array(
  z.object({
    from: place,
    to: place,
    people: z.number(),
    devices: z.number(),
    changed: z.number(),
    added: z.number(),
    altered: z.number(),
    removed: z.number(),
    groups: z.array(previewShape.shape.groups.element.omit({ sample: true })),
    moreGroups: z.number(),
  }),
)

export const needsConfirmation = z
  .object({ phrase: z.string(), removals: z.number(), limit: z.number(), short: z.number() })
  .nullable()

/** How far the devices that were really touched have come, of those the reader may know; null where too many to ask each time. */
export const reach = z
  .object({ devices: z.number(), managed: z.number(), reached: z.number(), failed: z.number(), at: z.number() })
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
  preview: previewShape.nullable(),
  places,
  reach,
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

const actor = z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() })

export const wavesShape = z.object({
  shares: z
    .array(z.number().min(1).max(100))
    .min(1)
    .max(10)
    .refine(all => all.at(-1) === 100 && all.every((s, i) => i === 0 || s > (all[i - 1] ?? 0)), 'must rise to 100'),
  watchMinutes: z.number().int().min(0).max(10_080),
  stopAbovePercentFailed: z.number().min(0).max(100),
  minHeardPercent: z.number().min(0).max(100),
})

export const changeShape = z.object({
  id: z.string(),
  name: z.string(),
  note: z.string().nullable(),
  source: z.enum(['hand', 'file', 'import']),
  import: z.string().nullable(),
  state: z.enum(['draft', 'planned', 'running', 'watching', 'done', 'stopped', 'canceled', 'undoing', 'undone']),
  /** True while what it would do is being computed. */
  computing: z.boolean(),
  at: z.number().nullable(),
  local: z.string().nullable(),
  zone: z.string(),
  devicesFollow: z.boolean(),
  waves: wavesShape,
  wave: z.number(),
  waveUntil: z.number().nullable(),
  moves: z.number(),
  done: z.number(),
  failed: z.number(),
  needsConfirmation,
  preview: previewShape.nullable(),
  places,
  reach,
  byWave: z.array(z.object({ wave: z.number(), percent: z.number(), moves: z.number(), done: z.number() })),
  stopped: z.object({ reason: z.string(), facts: z.record(z.string(), z.number()) }).nullable(),
  by: actor,
  approvedBy: actor.nullable(),
  approvedAt: z.number().nullable(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  undoUntil: z.number().nullable(),
})

const named = z.object({ id: z.string(), name: z.string() })

export const moveShape = z.object({
  n: z.number(),
  wave: z.number(),
  kind: z.enum(['user', 'device']),
  subject: named,
  from: unitRef,
  /** Null: stays where it is. */
  to: unitRef.nullable(),
  /** Of a device; `to` null: to nobody. Null: stays with whom it is. */
  hands: z.object({ to: named.nullable() }).nullable(),
  state: z.enum(['planned', 'applied', 'same', 'failed', 'undone', 'kept']),
  error: z.object({ code: z.string(), facts: fact }).nullable(),
})
