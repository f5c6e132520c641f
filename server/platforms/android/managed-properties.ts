import { z } from 'zod'
import type { FormKey } from '../../areas/apps/index.ts'

/** A setting of an app as the store describes it. */
export interface Property {
  key: string
  type: string
  title: string
  description: string
  defaultValue?: unknown
  entries: { name: string; value: string }[]
  nestedProperties: Property[]
}

const entry = z.object({ name: z.string().max(500).default(''), value: z.string().max(2000).default('') })
export const propertyShape: z.ZodType<Property> = z.object({
  key: z.string().max(200).default(''),
  type: z.string().max(60).default('STRING'),
  title: z.string().default(''),
  description: z.string().default(''),
  defaultValue: z.unknown().optional(),
  entries: z.array(entry).max(500).default([]),
  get nestedProperties() {
    return z.array(propertyShape).max(500).default([])
  },
})

const types: Readonly<Record<string, FormKey['type']>> = {
  BOOL: 'flag',
  STRING: 'text',
  INTEGER: 'whole',
  CHOICE: 'text',
  MULTISELECT: 'list',
  BUNDLE: 'group',
  BUNDLE_ARRAY: 'list',
}
const deepest = 3

/** The form of an app's configuration, from what the store says of its settings. What no one is to see is left out. Pure. */
export function formOf(properties: readonly Property[], depth = 1): FormKey[] {
  return properties.flatMap((one): FormKey[] => {
    const type = types[one.type]
    if (type === undefined || one.key === '') return []
    const groups = one.type === 'BUNDLE' || one.type === 'BUNDLE_ARRAY'
    // Of a list of groups the store describes the one group it is of.
    const [inner] = one.nestedProperties
    const nested =
      one.type === 'BUNDLE_ARRAY' && inner?.type === 'BUNDLE' ? inner.nestedProperties : one.nestedProperties
    const keys = groups && depth < deepest ? formOf(nested, depth + 1) : []
    return [
      {
        key: one.key,
        type,
        title: one.title.slice(0, 500) || null,
        help: one.description.slice(0, 500) || null,
        default: standard(type, one.defaultValue),
        options: one.entries.slice(0, 100).map(e => ({ value: e.value, title: (e.name || e.value).slice(0, 200) })),
        secret: /password|secret|token/i.test(one.key) && type === 'text',
        ...(one.type === 'MULTISELECT' ? { item: 'text' as const } : {}),
        ...(one.type === 'BUNDLE_ARRAY' ? { item: 'group' as const } : {}),
        ...(keys.length > 0 ? { keys } : {}),
      },
    ]
  })
}

function standard(type: FormKey['type'], value: unknown): FormKey['default'] {
  if (type === 'flag') return typeof value === 'boolean' ? value : null
  if (type === 'whole') return Number.isInteger(value) ? Number(value) : null
  return type === 'text' && typeof value === 'string' ? value.slice(0, 2000) : null
}
