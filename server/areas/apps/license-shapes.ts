import { z } from 'zod'

/** Shapes in which licenses and seats are answered. */
export const license = z.object({
  id: z.string(),
  program: z.object({ id: z.string(), name: z.string(), state: z.string() }),
  storeId: z.string(),
  pricing: z.enum(['standard', 'plus']),
  product: z.enum(['app', 'book']),
  name: z.string(),
  /** The entry of the catalog that is this item. */
  app: z.object({ id: z.string(), name: z.string() }).nullable(),
  toDevices: z.boolean(),
  revocable: z.boolean(),
  total: z.number(),
  assigned: z.number(),
  /** What can be given at once. */
  free: z.number(),
  retired: z.number(),
  /** How many are wanted and cannot be given. */
  short: z.number(),
  seats: z.object({
    wanted: z.number(),
    asked: z.number(),
    held: z.number(),
    returning: z.number(),
    refused: z.number(),
    unused: z.number(),
    slow: z.number(),
  }),
  syncedAt: z.number(),
})

export const seat = z.object({
  id: z.string(),
  license: z.string(),
  state: z.enum(['wanted', 'asked', 'held', 'returning', 'refused']),
  /** A code with a text; null where there is nothing to explain. */
  reason: z.string().nullable(),
  /** Somebody wishes for it; a held one that nobody wishes for is unused. */
  wished: z.boolean(),
  holder: z.object({
    kind: z.enum(['device', 'user']),
    /** The device or person, where they are known here and may be seen. */
    id: z.string().nullable(),
    name: z.string().nullable(),
    /** The serial, or what the vendor calls the person; null where it may not be seen. */
    known: z.string().nullable(),
    /** Of a person: the address under which they accept; null once accepted. */
    invite: z.string().nullable(),
  }),
  since: z.number(),
  at: z.number(),
})

/** Items that are wanted and of which no program holds a license. */
export const unlicensed = z.object({
  app: z.object({ id: z.string(), name: z.string() }),
  storeId: z.string(),
  wanted: z.number(),
})
