import { z } from 'zod'
import { scopeShape, windowShape } from './shapes.ts'

/** Shapes in which blueprints and assignments are answered. */
const unitRef = z.object({ id: z.string(), name: z.string(), path: z.string() })

const blueprint = {
  id: z.string(),
  name: z.string(),
  description: z.string(),
  unit: unitRef,
  place: z.number(),
  createdAt: z.number(),
  updatedAt: z.number(),
}

/** A blueprint as lists show it: how many policies it holds and how often it is assigned. */
export const blueprintRow = z.object({ ...blueprint, policies: z.number(), assignments: z.number() })

/** `names` tells what each id in the scope is called. */
export const assignmentRow = z.object({
  id: z.string(),
  blueprint: z.string(),
  unit: unitRef,
  scope: scopeShape,
  window: windowShape,
  enabled: z.boolean(),
  names: z.record(z.string(), z.string()),
  createdAt: z.number(),
  updatedAt: z.number(),
})

export const blueprintFull = z.object({
  ...blueprint,
  items: z.array(z.object({ id: z.string(), name: z.string(), kind: z.string(), version: z.number() })),
  assignments: z.array(assignmentRow),
})
