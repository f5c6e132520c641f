import type { Json, Kind } from '../../contract/policies.ts'
import { valuesOf } from './draft.ts'

/** One setting a kind knows. */
export interface Setting {
  key: string
  /** Part of the form; empty where the kind has none. */
  section: string
  required: boolean
  schema: Json
}

/** Every setting of a kind, in the order of its form. */
export function settingsOf(kind: Kind): Setting[] {
  const schema = valuesOf(kind.schema)
  const properties = valuesOf(schema['properties'])
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : [])
  const keys = Object.keys(properties)
  if (keys.length > 0) {
    return keys.map(key => {
      const about = valuesOf(properties[key])
      const section = about['section']
      return {
        key,
        section: typeof section === 'string' ? section : '',
        required: required.has(key),
        schema: about,
      }
    })
  }
  const named = new Set<string>()
  for (const honors of Object.values(kind.honors)) {
    for (const key of Object.keys(honors)) if (key !== '') named.add(key.split('/')[0] ?? key)
  }
  return [...named].map(key => ({ key, section: '', required: false, schema: {} }))
}
