import type { Json } from '../../../contract/policies.ts'

type Values = Readonly<Record<string, Json>>

/** The keys this form draws itself; the others are drawn as of any kind. */
export const drawn: readonly string[] = ['apps', 'mode', 'features']

/** The buttons of the system, in the order they are shown. */
export const buttons = ['home', 'overview', 'notifications', 'system-info', 'power', 'lock-screen'] as const
export type ButtonName = (typeof buttons)[number]

/** Whether a text can be the package name of an app. */
export const isPackage = (text: string): boolean => /^[A-Za-z]\w*(?:\.[A-Za-z0-9_]+)+$/.test(text)

/** The texts of a list. */
export function textsIn(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter(one => typeof one === 'string') : []
}

/** The same list with one of it at another place. */
export function moved(list: readonly string[], from: number, to: number): string[] {
  const rest = list.filter((_, at) => at !== from)
  const one = list[from]
  const place = Math.max(0, Math.min(to, rest.length))
  return one === undefined ? [...list] : [...rest.slice(0, place), one, ...rest.slice(place)]
}

/** A value with one key changed or taken out. */
export function withPart(value: Values, key: string, to: Json | undefined): Values {
  const { [key]: _, ...rest } = value
  return to === undefined ? rest : { ...rest, [key]: to }
}

/** The part of a value that this form draws, or the rest. */
export function partOf(value: Values, own: boolean): Values {
  return Object.fromEntries(Object.entries(value).filter(([key]) => drawn.includes(key) === own))
}

/** The schema without what this form draws itself. */
export function restSchema(schema: Json): Json {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema
  const { properties, required: _, ...rest } = schema as Values
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return schema
  return { ...rest, properties: partOf(properties as Values, false) }
}

/** The last part of a package name, as a stand-in for an unknown name: `com.android.settings` is `settings`. */
export function shortName(name: string): string {
  return name.split('.').at(-1) ?? name
}
