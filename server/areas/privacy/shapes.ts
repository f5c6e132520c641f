import { z } from 'zod'
import { actions, collects, commandings, rulesShape } from './charter.ts'
import { dataTypes, owned } from './type.ts'

const where = { ownership: z.enum(owned), mode: z.string().nullable(), unit: z.string().nullable() }
const loosens = z.boolean()

/** One thing that differs between two charters, as the API shows it. */
export const differenceShape = z.discriminatedUnion('of', [
  z.object({
    of: z.literal('collect'),
    type: z.enum(dataTypes),
    before: z.enum(collects),
    now: z.enum(collects),
    loosens,
    ...where,
  }),
  z.object({
    of: z.literal('command'),
    action: z.enum(actions),
    before: z.enum(commandings),
    now: z.enum(commandings),
    loosens,
    ...where,
  }),
  z.object({
    of: z.literal('retention'),
    type: z.enum(dataTypes),
    before: z.number().nullable(),
    now: z.number().nullable(),
    loosens,
  }),
  z.object({ of: z.literal('app'), name: z.string(), before: z.boolean(), now: z.boolean(), loosens }),
  z.object({ of: z.literal('cosigner'), name: z.string(), before: z.boolean(), now: z.boolean(), loosens }),
])

const signer = z.object({ id: z.string(), name: z.string(), able: z.boolean() })
const signature = z.object({ admin: z.string(), name: z.string(), passkey: z.string(), at: z.number() })
const by = z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() })

/** A version of the charter without its rules, for lists. */
export const versionShape = z.object({
  id: z.string(),
  version: z.number(),
  hash: z.string(),
  why: z.string(),
  at: z.number(),
  by,
  signatures: z.array(signature),
})

/** A change of the charter that waits or waited. */
export const changeShape = z.object({
  id: z.string(),
  state: z.enum(['open', 'applied', 'refused', 'withdrawn', 'outdated']),
  reason: z.string().nullable(),
  hash: z.string(),
  why: z.string(),
  at: z.number(),
  by,
  effectiveAt: z.number().nullable(),
  differences: z.array(differenceShape),
  signers: z.array(signer),
  signatures: z.array(signature),
  /** Whether who asks is to sign it, and has not. */
  mine: z.boolean(),
})

/** The charter in force, with what it takes to draw and to change it. */
export const charterShape = z.object({
  id: z.string().nullable(),
  version: z.number(),
  hash: z.string(),
  at: z.number().nullable(),
  rules: rulesShape,
  cosigners: z.array(signer),
  /** What no charter can loosen. */
  floors: z.object({
    collect: z.array(z.object({ type: z.enum(dataTypes), ownership: z.enum(owned), most: z.enum(collects) })),
    command: z.array(z.object({ action: z.enum(actions), ownership: z.enum(owned) })),
  }),
  /** The ways each kind of datum can be kept. */
  choices: z.record(z.enum(dataTypes), z.array(z.enum(collects))),
  change: changeShape.nullable(),
})

/** A wish for another charter. */
export const wishShape = z.strictObject({
  rules: rulesShape,
  cosigners: z.array(z.string().max(60)).max(20).optional(),
  why: z.string().trim().min(3).max(1000),
})

/** What an examination of the invariants found. */
export const checkShape = z.object({
  at: z.number(),
  results: z.array(z.object({ id: z.string(), holds: z.boolean(), found: z.string().nullable() })),
})
