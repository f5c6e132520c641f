import { z } from 'zod'

/** What a key of a managed configuration can hold. */
export const formTypes = ['text', 'whole', 'number', 'flag', 'date', 'data', 'list', 'group'] as const
export type FormType = (typeof formTypes)[number]

/** One key of an app's managed configuration, as its vendor or an admin describes it. */
export interface FormKey {
  key: string
  type: FormType
  title: string | null
  help: string | null
  default: string | number | boolean | null
  /** The only values there are; none: any. */
  options: { value: string | number; title: string }[]
  secret: boolean
  /** The app does not work without it. */
  needed?: boolean
  /** Bounds of a number. */
  min?: number
  max?: number
  /** What a list is of. */
  item?: Exclude<FormType, 'list'>
  /** The keys of a group, or of each group in a list; absent: any. */
  keys?: FormKey[]
}

/** How deep groups may stand in each other. */
export const deepestForm = 3

const title = z.string().max(500).nullable()
const leaf = z.strictObject({
  key: z.string().min(1).max(200),
  type: z.enum(formTypes),
  title: title.default(null),
  help: title.default(null),
  default: z
    .union([z.string().max(2000), z.number(), z.boolean()])
    .nullable()
    .default(null),
  options: z
    .array(z.strictObject({ value: z.union([z.string().max(2000), z.number()]), title: z.string().max(200) }))
    .max(100)
    .default([]),
  secret: z.boolean().default(false),
  needed: z.boolean().exactOptional(),
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
  item: z.enum(['text', 'whole', 'number', 'flag', 'date', 'data', 'group']).exactOptional(),
})
const most = 200
const below = leaf.extend({ keys: z.array(leaf).max(most).exactOptional() })

/** A key as it is written by hand and as answers say it. */
export const formKey = leaf.extend({ keys: z.array(below).max(most).exactOptional() })

/** Whether keys fit together: each once, defaults and options of the type of their key, bounds that leave something. Pure. */
export function soundKeys(keys: readonly FormKey[]): boolean {
  if (new Set(keys.map(k => k.key)).size !== keys.length) return false
  return keys.every(one => {
    const plain = one.type === 'list' ? (one.item ?? 'text') : one.type
    const fits = one.options.every(o => fitsPlain(plain, o.value))
    const standard = one.default === null || (one.type !== 'list' && fitsPlain(one.type, one.default))
    const bounds = one.min === undefined || one.max === undefined || one.min <= one.max
    return fits && standard && bounds && soundKeys(one.keys ?? [])
  })
}

/** Whether a plain value is of this type. */
export function fitsPlain(type: FormType, value: unknown): boolean {
  if (type === 'text') return typeof value === 'string'
  if (type === 'flag') return typeof value === 'boolean'
  if (type === 'number') return typeof value === 'number'
  return type === 'whole' && Number.isInteger(value)
}
