import { z } from 'zod'
import { fold } from '../../base/text.ts'

const id = z.string().max(40)
const few = z.array(id).max(1000).default([])
const tag = z.string().trim().min(1).max(60).transform(fold)
const word = z.string().trim().min(1).max(40)
const osVersion = z.string().regex(/^\d{1,6}(\.\d{1,6}){0,5}$/)

/** Some of the things that tell devices apart, as people write them: units by id, with or without what is below. */
export const selectionShape = z.strictObject({
  units: z
    .array(z.strictObject({ unit: id, below: z.boolean().default(true) }))
    .max(1000)
    .default([]),
  groups: few,
  tags: z.array(tag).max(200).default([]),
  users: few,
  devices: few,
})

const none = { units: [], groups: [], tags: [], users: [], devices: [] }

/** A scope as people write it and as it is stored. */
export const scopeShape = z.strictObject({
  include: selectionShape.default(none),
  exclude: selectionShape.default(none),
  conditions: z
    .strictObject({
      ownership: z.array(word).min(1).max(10).optional(),
      platforms: z.array(word).min(1).max(20).optional(),
      osFrom: osVersion.optional(),
      osBelow: osVersion.optional(),
      supervised: z.boolean().optional(),
      tags: z.array(tag).min(1).max(50).optional(),
    })
    .default({}),
})

const instant = z.number().int().min(0).max(8_640_000_000_000_000).nullable()

/** From when until when; null and absent mean always. */
export const windowShape = z.strictObject({ from: instant.default(null), until: instant.default(null) })

export type ScopeWish = z.output<typeof scopeShape>
export type WindowWish = z.output<typeof windowShape>

/** A scope that means everything below its anchor. */
export const everything: ScopeWish = { include: none, exclude: none, conditions: {} }

export const always: WindowWish = { from: null, until: null }
