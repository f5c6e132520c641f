import { isNode, type Node, nodes, tableOf } from './facts.ts'

/** Fields of one file; lists of keys that several places share, or that hold themselves, become named types. */
export interface Keys {
  /** What a list of keys says of a dictionary. */
  dictionary(keys: unknown): object
  /** One key as a field. */
  field(key: Node, name: string): Record<string, unknown>
  /** The named types met so far, by name; empty when there are none. */
  types(): Record<string, object>
}

const plain: Readonly<Record<string, string>> = {
  '<string>': 'string',
  '<integer>': 'integer',
  '<real>': 'real',
  '<boolean>': 'boolean',
  '<date>': 'date',
  '<data>': 'data',
  '<array>': 'array',
  '<dictionary>': 'dictionary',
  '<any>': 'any',
}

const isAny = (key: Node): boolean => /^ANY\b/.test(String(key.key))

/** Reads keys of one file. `shared` are the lists of keys that occur in more than one place. */
export function readKeys(shared: ReadonlyMap<unknown, string>): Keys {
  const types = new Map<string, object>()

  function shapeOf(list: readonly Node[], type: string): Record<string, unknown> {
    if (type === 'array') {
      const [item] = list
      if (list.length > 1) return { item: unionOf(list) }
      return item ? { item: field(item, '') } : {}
    }
    const open = list.find(isAny)
    const named = list.filter(k => !isAny(k)).map(k => field(k, String(k.key)))
    return { ...(named.length > 0 || !open ? { fields: named } : {}), ...(open ? { rest: field(open, '') } : {}) }
  }

  // Settings alone: a list of dictionaries of different kinds, told apart by `Item`.
  function unionOf(list: readonly Node[]): object {
    const cases = list.map(one => ({
      name: String(one.key),
      ...osOf(one),
      fields: nodes(one.subkeys).map(k => field(k, String(k.key))),
    }))
    return { name: '', type: 'union', by: 'Item', cases }
  }

  function holding(key: Node, type: string): Record<string, unknown> {
    if (!Array.isArray(key.subkeys)) return type === 'dictionary' ? { rest: { name: '', type: 'any' } } : {}
    const name = shared.get(key.subkeys)
    if (name === undefined) return shapeOf(nodes(key.subkeys), type)
    if (!types.has(name)) {
      types.set(name, {}) // the place is taken before its inside is read, which may name it again
      types.set(name, shapeOf(nodes(key.subkeys), type))
    }
    return { of: name }
  }

  function field(key: Node, name: string): Record<string, unknown> {
    const type = plain[String(key.type)]
    if (type === undefined) throw new Error(`catalog: ${String(key.key)} has the type ${String(key.type)}`)
    const container = type === 'array' || type === 'dictionary'
    const out: Record<string, unknown> = { name, type }
    // Of items and of keys with any name it would mean nothing.
    if (key.presence === 'required' && name !== '') out.required = true
    Object.assign(out, osOf(key), boundsOf(key, type), textOf(key))
    if (key.default !== undefined && key.default !== null) out.default = key.default
    if (container) Object.assign(out, holding(key, type))
    else if (Array.isArray(key.subkeys))
      out.choices = nodes(key.subkeys).map(k => ({ name: String(k.key), ...osOf(k) }))
    const inner = type === 'array' ? nodes(key.subkeys)[0] : undefined
    // The number of items is said of the item.
    if (isNode(inner?.repetition)) out.count = limits(inner.repetition)
    return out
  }

  return {
    dictionary: keys => shapeOf(nodes(keys), 'dictionary'),
    field,
    types: () => Object.fromEntries([...types].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

function osOf(key: Node): { os?: object } {
  const os = tableOf(key.supportedOS)
  return os ? { os } : {}
}

function boundsOf(key: Node, type: string): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  if (Array.isArray(key.rangelist)) out.allowed = key.rangelist
  if (isNode(key.range)) Object.assign(out, limits(key.range))
  if (type === 'array' && isNode(key.repetition)) out.count = limits(key.repetition)
  return out
}

function textOf(key: Node): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  if (key.format !== undefined) out.format = key.format
  const form = key.valuetype ?? key.subtype
  if (form !== undefined) out.form = String(form).replaceAll(/[<>]/g, '')
  if (key.assettypes !== undefined) out.assets = key.assettypes
  if (key['asset-content-types'] !== undefined) out.contents = key['asset-content-types']
  if (key.combinetype !== undefined) out.combine = key.combinetype
  return out
}

function limits(range: Node): { min?: number; max?: number } {
  const out: { min?: number; max?: number } = {}
  if (typeof range.min === 'number') out.min = range.min
  if (typeof range.max === 'number') out.max = range.max
  return out
}

/** The lists of keys that occur in more than one place of a file, each with a name; such lists may hold themselves. */
export function sharedLists(file: Node): Map<unknown, string> {
  const seen = new Map<unknown, string>()
  const again = new Set<unknown>()
  const walk = (list: unknown, called: string): void => {
    if (!Array.isArray(list)) return
    if (seen.has(list)) {
      again.add(list)
      return
    }
    seen.set(list, called)
    for (const key of nodes(list)) walk(key.subkeys, String(key.subkeytype ?? key.key))
  }
  walk(file.payloadkeys, '')
  walk(file.responsekeys, '')
  const names = new Map<unknown, string>()
  const taken = new Set<string>()
  for (const [list, called] of seen) {
    if (!again.has(list)) continue
    let name = called
    for (let n = 2; taken.has(name); n++) name = `${called} ${n}`
    taken.add(name)
    names.set(list, name)
  }
  return names
}
