import { z } from 'zod'
import type { Json } from './kind.ts'

/** Shapes that the routes of policies take and answer. */
export const name = z.string().trim().min(1).max(200)
export const note = z.string().trim().max(2000)
export const description = z.string().trim().max(2000)
export const unitRef = z.object({ id: z.string(), name: z.string(), path: z.string() })
export const byRef = z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() })
export const nameRef = z.object({ id: z.string(), name: z.string() })

/** Any JSON; how large and deep it may be, and whether it makes sense, is asked later. */
export const value: z.ZodType<Json, Json> = z.json() as z.ZodType<Json, Json>

/** Room for a value of 1 MiB and what is said beside it. */
export const valueLimit = 1536 * 1024

export const finding = z.object({
  severity: z.enum(['error', 'warning', 'note']),
  code: z.string(),
  path: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
})

export const policyRow = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  description: z.string(),
  unit: unitRef,
  version: z.number(),
  createdAt: z.number(),
  updatedAt: z.number(),
  updatedBy: byRef,
  archivedAt: z.number().nullable(),
  usedBy: z.array(nameRef),
  devices: z.object({ desired: z.number(), installed: z.number(), failed: z.number(), pending: z.number() }).nullable(),
  rollout: z
    .object({ id: z.string(), state: z.string(), from: z.number(), to: z.number(), percent: z.number() })
    .nullable(),
})

export const versionRow = z.object({
  version: z.number(),
  note: z.string(),
  by: byRef,
  at: z.number(),
})

export const secretRow = z.object({
  id: z.string(),
  name: z.string(),
  unit: unitRef,
  version: z.number(),
  createdAt: z.number(),
  rotatedAt: z.number(),
})
