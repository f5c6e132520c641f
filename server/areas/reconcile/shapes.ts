import { z } from 'zod'
import { shapes as policyShapes } from '../policies/index.ts'
import { itemStates } from './item.ts'

/** Shapes in which devices' policies are answered. */
const ref = z.object({ id: z.string(), name: z.string() })
const json = policyShapes.value

export const stuck = z.object({
  code: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

export const status = z.object({
  state: z.enum(itemStates),
  /** Since when. */
  at: z.number(),
  error: stuck.nullable(),
  attempts: z.number(),
  /** When it is tried again; null: at the next contact, or not by itself. */
  nextAt: z.number().nullable(),
  handedAt: z.number().nullable(),
  reportedAt: z.number().nullable(),
  driftedAt: z.number().nullable(),
  /** The account whose channel it goes by; null: the device itself. */
  account: ref.nullable(),
  via: z.string().nullable(),
})

export const source = z.object({
  policy: ref,
  version: z.number(),
  blueprint: ref,
  assignment: z.string(),
  reach: z.object({ level: z.string(), by: z.string(), name: z.string() }),
  through: z.object({ kind: z.enum(['rollout', 'trial']), id: z.string() }).nullable(),
})

export const setting = z.object({
  key: z.string(),
  value: json,
  decided: z.string(),
  /** Whose value it is, nearest first: several where they agree or are united. */
  from: z.array(source),
  lost: z.array(source.extend({ value: json })),
})

export const deviceItem = z.object({
  item: z.string(),
  kind: z.string(),
  instance: z.string().nullable(),
  name: z.string(),
  policy: z.string(),
  version: z.number(),
  /** The channel that is furthest behind; null where nothing can be delivered. */
  status: status.nullable(),
  channels: z.array(status),
  settings: z.array(setting),
  /** What of it the device makes nothing of, or less of, and the code of why; key '' is the whole. */
  lacks: z.array(z.object({ key: z.string(), reason: z.string() })),
})

/** `unmanaged`: what it would have. `computing`: something has changed and is being worked out. */
export const devicePolicy = z.object({
  state: z.enum(['unmanaged', 'computing', 'pending', 'failed', 'reached']),
  generation: z.number(),
  at: z.number().nullable(),
  reachedAt: z.number().nullable(),
  items: z.array(deviceItem),
})

export const policyDevice = z.object({
  device: ref,
  item: z.string(),
  version: z.number(),
  state: z.enum(itemStates),
  error: stuck.nullable(),
  attempts: z.number(),
  at: z.number(),
})

export const policyStatus = z.object({
  counts: z.object({ desired: z.number(), installed: z.number(), failed: z.number(), pending: z.number() }),
  states: z.array(z.object({ version: z.number(), state: z.enum(itemStates), devices: z.number() })),
})
