import { Malformed } from '../malformed.ts'
import type { DeclarationClass } from './declaration.ts'
import type { Json } from './result.ts'

/** Why something is as it is: a code of Apple's, and what the device added. */
export interface StatusReason {
  readonly code: string
  readonly description: string | null
  readonly details: Json
}

/** What a device says about one declaration (Apple: management.declarations). */
export interface DeclarationStatus {
  readonly of: DeclarationClass
  readonly identifier: string
  /** The ServerToken it speaks about; null when it does not say. */
  readonly token: string | null
  readonly active: boolean | null
  readonly valid: 'unknown' | 'valid' | 'invalid'
  readonly reasons: readonly StatusReason[]
  /** The device has it no more. */
  readonly removed: boolean
}

/** What a client can do (Apple: management.client-capabilities). Null means that it does not say, which is not the same as none. */
export interface ClientCapabilities {
  readonly versions: readonly string[] | null
  readonly features: readonly string[] | null
  readonly declarations: Readonly<Record<DeclarationClass, readonly string[] | null>>
  readonly statusItems: readonly string[] | null
}

/** A report as it came, of which only the form was checked. */
export interface StatusReport {
  /** Everything there is, not only what changed. */
  readonly full: boolean
  /** The tree of status items, with unknown ones. */
  readonly items: StatusTree
  readonly errors: readonly { readonly item: string; readonly reasons: readonly StatusReason[] }[]
}

export interface StatusTree {
  [key: string]: Json
}

const limits = { bytes: 4 * 1024 * 1024, depth: 32, nodes: 200_000, text: 64 * 1024 }
const most = 20_000

/** Reads a status report as devices send it (Apple: StatusReport); throws only `Malformed`. */
export function decodeStatus(body: Uint8Array): StatusReport {
  if (body.length > limits.bytes) throw new Malformed('status.size')
  const said = asTree(bounded(parsed(body)))
  if (said === undefined) throw new Malformed('status.root')
  const items = said.StatusItems ?? {}
  const tree = asTree(items)
  if (tree === undefined) throw new Malformed('status.items')
  // Apple's schema has it beside the items; devices were seen to put it among them.
  const full = said.FullReport === true || tree.FullReport === true
  delete tree.FullReport
  const errors = listOf(said.Errors).flatMap(one => {
    const entry = asTree(one)
    const item = entry && textOf(entry, 'StatusItem')
    return entry && item ? [{ item, reasons: reasonsOf(entry.Reasons ?? entry.reasons) }] : []
  })
  return { full, items: tree, errors }
}

/** The value of a status item by its dotted name; undefined when the report does not speak of it. */
export function itemOf(tree: StatusTree, name: string): Json | undefined {
  let at: Json | undefined = tree
  for (const part of name.split('.')) {
    const here = asTree(at)
    if (here === undefined || !Object.hasOwn(here, part)) return undefined
    at = here[part]
  }
  return at
}

/**
 * What is known after a report: all of it when the report is full, else the old with what the report says in its place.
 * Lists of things with an `identifier` are brought up to date one by one, and `_removed` takes one away; other lists are replaced.
 */
export function mergeStatus(known: StatusTree, report: StatusReport): StatusTree {
  return asTree(merged(report.full ? {} : known, report.items)) ?? {}
}

function merged(known: Json | undefined, said: Json): Json {
  if (Array.isArray(said)) return mergedList(Array.isArray(known) ? known : [], said)
  const now = asTree(said)
  if (now === undefined) return said
  const out: StatusTree = { ...(asTree(known) ?? {}) }
  for (const [key, value] of Object.entries(now)) out[key] = merged(out[key], value)
  return out
}

/** One report may name a thing twice, with different tokens; both rows are kept, and together they replace what was known of it. */
function mergedList(known: readonly Json[], said: readonly Json[]): Json[] {
  if (said.length === 0 || !said.every(one => nameOf(one) !== undefined)) return [...said]
  const out = Map.groupBy(known, nameOf)
  for (const [name, rows] of Map.groupBy(said, nameOf)) {
    const kept = rows.filter(one => !isRemoved(one))
    if (kept.length === 0) out.delete(name)
    else out.set(name, kept)
  }
  return [...out.values()].flat().slice(-most)
}

function nameOf(one: Json): string | undefined {
  const row = asTree(one)
  return row && textOf(row, 'identifier')
}

function isRemoved(one: Json): boolean {
  return asTree(one)?._removed === true
}

const classes: readonly (readonly [key: string, of: DeclarationClass])[] = [
  ['activations', 'activation'],
  ['configurations', 'configuration'],
  ['assets', 'asset'],
  ['management', 'management'],
]

/** What the items say about declarations; null when they do not speak of them, which is not the same as none. */
export function declarationsOf(tree: StatusTree): DeclarationStatus[] | null {
  const said = asTree(itemOf(tree, 'management.declarations'))
  if (said === undefined) return null
  return classes.flatMap(([key, of]) => listOf(said[key]).flatMap(one => statusOf(of, one)))
}

function statusOf(of: DeclarationClass, one: Json): DeclarationStatus[] {
  const row = asTree(one)
  const identifier = row && textOf(row, 'identifier')
  if (row === undefined || identifier === undefined) return []
  const valid = textOf(row, 'valid')
  return [
    {
      of,
      identifier,
      token: textOf(row, 'server-token') ?? null,
      active: truth(row.active),
      valid: valid === 'valid' || valid === 'invalid' ? valid : 'unknown',
      reasons: reasonsOf(row.reasons),
      removed: isRemoved(one),
    },
  ]
}

/** What the items say the client can do; null when they do not speak of it. What a partial answer leaves out stays null. */
export function capabilitiesOf(tree: StatusTree): ClientCapabilities | null {
  const said = asTree(itemOf(tree, 'management.client-capabilities'))
  if (said === undefined) return null
  const features = asTree(said['supported-features'])
  const payloads = asTree(said['supported-payloads'])
  const declarations = asTree(payloads?.declarations)
  return {
    versions: texts(said['supported-versions']),
    features: features ? Object.keys(features) : texts(said['supported-features']),
    declarations: {
      activation: texts(declarations?.activations),
      configuration: texts(declarations?.configurations),
      asset: texts(declarations?.assets),
      management: texts(declarations?.management),
    },
    statusItems: texts(payloads?.['status-items']),
  }
}

function reasonsOf(said: Json | undefined): StatusReason[] {
  return listOf(said)
    .slice(0, 64)
    .flatMap(one => {
      const reason = asTree(one)
      const code = reason && (textOf(reason, 'code') ?? textOf(reason, 'Code'))
      if (reason === undefined || code === undefined) return []
      const description = textOf(reason, 'description') ?? textOf(reason, 'Description')
      return [
        {
          code: code.slice(0, 200),
          description: description?.slice(0, 2000) ?? null,
          details: reason.details ?? reason.Details ?? null,
        },
      ]
    })
}

/** Older systems were seen to say truths as numbers. */
function truth(value: Json | undefined): boolean | null {
  if (value === true || value === 1) return true
  return value === false || value === 0 ? false : null
}

function texts(value: Json | undefined): string[] | null {
  return Array.isArray(value) ? value.filter(v => typeof v === 'string').slice(0, most) : null
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value.slice(0, most) : []
}

function textOf(from: StatusTree, key: string): string | undefined {
  const value = from[key]
  return typeof value === 'string' && value !== '' ? value.slice(0, limits.text) : undefined
}

function asTree(value: Json | undefined): StatusTree | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined
}

function parsed(body: Uint8Array): unknown {
  const text = new TextDecoder('utf-8').decode(body)
  const depth = deepest(text)
  if (depth > limits.depth) throw new Malformed('status.depth')
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Malformed('status.json', undefined, cause)
  }
}

/** How deep brackets go, without parsing: nesting is refused before anything recurses into it. */
function deepest(text: string): number {
  let depth = 0
  let most = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (quoted) {
      if (c === 0x5c) i++
      else if (c === 0x22) quoted = false
    } else if (c === 0x22) quoted = true
    else if (c === 0x7b || c === 0x5b) most = Math.max(most, ++depth)
    else if (c === 0x7d || c === 0x5d) depth--
  }
  return most
}

/** The value without what could reach a prototype, and without U+0000, which some databases cannot hold. */
function bounded(value: unknown): Json {
  let nodes = 0
  const copy = (one: unknown): Json => {
    if (++nodes > limits.nodes) throw new Malformed('status.nodes')
    if (typeof one === 'string') return one.replaceAll('\u0000', '')
    if (Array.isArray(one)) return one.map(copy)
    if (one === null || typeof one !== 'object') return one as Json
    const out: StatusTree = {}
    for (const [key, inner] of Object.entries(one)) if (key !== '__proto__') out[key] = copy(inner)
    return out
  }
  return copy(value)
}
