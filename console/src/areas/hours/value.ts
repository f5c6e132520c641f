import type { Json } from '../../contract/policies.ts'
import { type Weekday, weekdays, type Window } from './week.ts'

/** The keys that say when; the others say what remains outside. */
export const whenKeys: readonly string[] = ['windows', 'zone', 'calendars', 'holidays']

/** The windows of a value, as far as it has them. */
export function windowsIn(value: Readonly<Record<string, Json>>): Window[] {
  const { windows } = value
  if (!Array.isArray(windows)) return []
  return windows.flatMap((one: Json): Window[] => {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return []
    const { days, from, to } = one as Readonly<Record<string, Json>>
    const named = textsIn(days).filter((day): day is Weekday => weekdays.some(w => w === day))
    return [{ days: named, from: typeof from === 'string' ? from : '', to: typeof to === 'string' ? to : '' }]
  })
}

/** The texts of a list. */
export function textsIn(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter(one => typeof one === 'string') : []
}

/** A value without what says when, or only that. */
export function partOf(value: Readonly<Record<string, Json>>, when: boolean): Readonly<Record<string, Json>> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => whenKeys.includes(key) === when))
}

/** The schema of the kind without the keys that say when, which have a form of their own. */
export function outsideSchema(schema: Json): Json {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema
  const { properties, ...rest } = schema as Readonly<Record<string, Json>>
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return schema
  return { ...rest, properties: partOf(properties as Readonly<Record<string, Json>>, false) }
}
