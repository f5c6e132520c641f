import { isObject, type Json, segments } from '@muster/wire/apple/catalog/catalog.ts'
import type { FormField } from '@muster/wire/apple/catalog/form.ts'

/** A dictionary of a value. */
export type Table = { readonly [key: string]: Json }

/** The value as a dictionary; anything else counts as an empty one. */
export const tableOf = (value: Json | undefined): Table => (isObject(value) ? value : {})

/** The value as a list; anything else counts as an empty one. */
export const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])

/** Whether two values say the same, whatever the order of their keys. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one: Json, i) => same(one, b[i]))
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every(key => Object.hasOwn(b, key) && same(a[key], b[key]))
}

/** The dictionary with one key changed; undefined takes it out. */
export function withKey(value: Json | undefined, key: string, to: Json | undefined): Table {
  const entries = Object.entries(tableOf(value))
  if (to === undefined) return Object.fromEntries(entries.filter(([name]) => name !== key))
  const there = entries.some(([name]) => name === key)
  // An own property of that name, also where assignment would reach the prototype.
  return Object.fromEntries(
    there ? entries.map(([name, old]) => [name, name === key ? to : old]) : [...entries, [key, to]],
  )
}

/** The list with one item changed; undefined takes it out. */
export function withItem(value: Json | undefined, at: number, to: Json | undefined): readonly Json[] {
  return listOf(value).flatMap((old, i) => (i === at ? (to === undefined ? [] : [to]) : [old]))
}

/** The list with an item moved one place up. */
export function movedUp(value: Json | undefined, at: number): readonly Json[] {
  const list = [...listOf(value)]
  const [item] = list.splice(at, 1)
  if (item !== undefined) list.splice(Math.max(0, at - 1), 0, item)
  return list
}

/** The value with something put at keys one inside the other; dictionaries on the way are made. */
export function putAt(value: Json | undefined, keys: readonly string[], to: Json | undefined): Json {
  const [key, ...rest] = keys
  if (key === undefined) return to ?? {}
  if (rest.length === 0) return withKey(value, key, to)
  return withKey(value, key, putAt(tableOf(value)[key], rest, to))
}

/** What is at keys one inside the other. */
export function valueAt(value: Json | undefined, keys: readonly string[]): Json | undefined {
  let here = value
  for (const key of keys) {
    const table = tableOf(here)
    here = Object.hasOwn(table, key) ? table[key] : undefined
  }
  return here
}

/** What a setting says when it is added: its default, else the least that its type can say. Required keys of a group are put in with it. */
export function initialOf(field: FormField, depth = 0): Json {
  if (field.secret) return { $newSecret: '' }
  if (field.default !== undefined) return field.default
  switch (field.widget) {
    case 'switch':
      return field.words === 'allow' ? false : field.words === 'force'
    case 'select':
      return field.options?.[0]?.value ?? ''
    case 'number':
      return field.min ?? 0
    case 'data':
      return { $data: '' }
    case 'date':
      return { $date: '' }
    case 'list': {
      const item = field.item()
      const least = depth > 4 ? 0 : (field.count?.min ?? 0)
      return item ? Array.from({ length: least }, () => initialOf(item, depth + 1)) : []
    }
    case 'group':
      return requiredOf(field.fields(), depth)
    case 'union': {
      const [first] = field.cases()
      return first ? { ...requiredOf(first.fields(), depth), [field.by ?? '']: first.name } : {}
    }
    case 'text':
    case 'long':
    case 'code':
    case 'any':
      return ''
  }
}

function requiredOf(fields: readonly FormField[], depth: number): Table {
  if (depth > 4) return {}
  return Object.fromEntries(fields.filter(f => f.required).map(f => [f.name, initialOf(f, depth + 1)]))
}

/** A setting with the groups it is in, from the outside in. */
export interface Placed {
  readonly keys: readonly string[]
  readonly field: FormField
  readonly inside: readonly FormField[]
}

/** How deep the list of settings looks into groups, and how many it shows at most. */
const deepest = 3
const most = 2000

/** Every setting of a form that has a name, groups and what is in them. */
export function settingsOf(form: FormField): readonly Placed[] {
  const found: Placed[] = []
  const walk = (field: FormField, keys: readonly string[], inside: readonly FormField[]): void => {
    if (found.length >= most) return
    for (const below of field.fields()) {
      const placed = { keys: [...keys, below.name], field: below, inside }
      found.push(placed)
      if (below.widget === 'group' && keys.length + 1 < deepest) walk(below, placed.keys, [...inside, below])
    }
  }
  walk(form, [], [])
  return found
}

/** Whether a setting is shown beside the values of the keys around it. */
export function isShown(field: FormField, around: Table): boolean {
  return Object.entries(field.when ?? {}).every(([key, values]) => {
    const is = around[key]
    return is !== undefined && values.some(v => same(v, is))
  })
}

/** Whether a finding is about this place itself, or about something below it. */
export const isBelow = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`)

/** The first key of a pointer; '' for the value as a whole. */
export const firstOf = (path: string): string => segments(path)[0] ?? ''

/** A value with every key of a form: groups filled in as deep as the list of settings looks, lists with one item each. */
export function exampleOf(form: FormField, depth = 0): Json {
  if (depth > deepest + 2) return initialOf(form, 9)
  const all = (fields: readonly FormField[]): Table =>
    Object.fromEntries(fields.map(field => [field.name, exampleOf(field, depth + 1)]))
  if (form.widget === 'group') return all(form.fields())
  if (form.widget === 'list') {
    const item = form.item()
    if (!item) return ['']
    // Of a union one item for every case.
    if (item.widget === 'union') return item.cases().map(c => ({ ...all(c.fields()), [item.by ?? '']: c.name }))
    const least = Math.max(1, form.count?.min ?? 1)
    return Array.from({ length: least }, () => exampleOf(item, depth + 1))
  }
  return initialOf(form)
}
