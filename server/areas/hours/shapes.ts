import { z } from 'zod'
import { exceptionStates } from './exception-store.ts'

/** Shapes in which working time is answered. */
export const phase = z.object({
  phase: z.enum(['working', 'off']),
  why: z.enum(['window', 'exception', 'no-windows', 'outside', 'holiday']),
  /** When it changes next; null: not within sight. */
  until: z.number().nullable(),
  /** Of whom it was asked: the time zone in which windows and holidays are read. */
  zone: z.string(),
  holiday: z.string().nullable(),
  exception: z.string().nullable(),
})

export const span = z.object({ from: z.number(), to: z.number() })

export const holiday = z.object({ day: z.iso.date(), name: z.string().max(200) })

const ref = z.object({ id: z.string(), name: z.string().nullable() })

export const calendar = z.object({
  id: z.string(),
  name: z.string(),
  unit: ref,
  count: z.number(),
  firstDay: z.string().nullable(),
  lastDay: z.string().nullable(),
  changedAt: z.number(),
  /** Whether you may change it. */
  mine: z.boolean(),
})

export const exception = z.object({
  id: z.string(),
  state: z.enum(exceptionStates),
  subject: z.object({ kind: z.enum(['device', 'user', 'unit']), id: z.string(), name: z.string().nullable() }),
  /** Who asked for it; null where an admin granted it at once. */
  user: ref.nullable(),
  reason: z.string(),
  note: z.string(),
  from: z.number(),
  until: z.number(),
  askedAt: z.number(),
  by: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }).nullable(),
  decidedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
})

export const zone = z.object({ zone: z.string(), own: z.boolean(), from: ref.nullable() })
