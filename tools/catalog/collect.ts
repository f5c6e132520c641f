import { parse } from 'yaml'
import { isNode, merged, type Node, nodes, tableOf } from './facts.ts'
import { readKeys, sharedLists } from './keys.ts'

interface File {
  readonly name: string
  readonly text: string
}

interface Found extends Record<string, unknown> {
  family: string
  id: string
}

const order = ['family', 'id', 'os', 'apply', 'beta', 'about', 'fields', 'rest', 'answer', 'types', 'variants']

/** The table of facts, one JSON text per family, one artifact per line, the same for the same files. */
export function collect(files: readonly File[]): Map<string, string> {
  const found = files.flatMap(artifactsOf)
  const families = Map.groupBy(joined(found), a => a.family)
  const texts = new Map<string, string>()
  for (const family of [...families.keys()].sort()) {
    const lines = (families.get(family) ?? [])
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(a => JSON.stringify(Object.fromEntries(order.filter(k => a[k] !== undefined).map(k => [k, a[k]]))))
    texts.set(family, `[\n${lines.join(',\n')}\n]\n`)
  }
  return texts
}

/** Definitions that share an identifier become variants of one artifact. */
function joined(found: readonly Found[]): Found[] {
  const out: Found[] = []
  for (const group of Map.groupBy(found, a => `${a.family} ${a.id}`).values()) {
    const [first] = group
    if (!first) continue
    if (group.length === 1) {
      const { variant: _, ...one } = first
      out.push(one as Found)
      continue
    }
    const variants = group.map(({ variant, os, fields, rest }) => ({
      name: variant,
      os,
      fields,
      ...(rest ? { rest } : {}),
    }))
    const names = group.flatMap(a => Object.keys(a.types ?? {}))
    if (new Set(names).size < names.length) throw new Error(`catalog: ${first.id}: types of variants share a name`)
    const types = Object.assign({}, ...group.map(a => a.types ?? {}))
    const os = group.map(a => a.os as Record<string, object | null>).reduce((a, b) => wider(a, b))
    const { fields: _f, rest: _r, variant: _v, ...shared } = first
    out.push({ ...shared, os, variants, ...(Object.keys(types).length > 0 ? { types } : {}) } as Found)
  }
  return out
}

/** What is there where any of the variants is. */
function wider(a: Record<string, object | null>, b: Record<string, object | null>): Record<string, object | null> {
  const out = { ...b, ...a }
  for (const [system, facts] of Object.entries(b)) if (!out[system] && facts) out[system] = facts
  return out
}

function artifactsOf(file: File): Found[] {
  // Versions are text: as numbers 18.10 and 18.1 would be one. Only plain words of those keys are touched.
  const text = file.text.replaceAll(
    /^(\s*(?:introduced|deprecated|removed):\s*)([0-9][0-9.]*)\s*$/gm,
    (_, key, value) => `${key}'${value}'`,
  )
  const read: unknown = parse(text, { maxAliasCount: -1 })
  if (!isNode(read)) throw new Error(`catalog: ${file.name} is not a table`)
  const where = whereOf(file.name, isNode(read.payload) ? read.payload : {})
  const payload = isNode(read.payload) ? read.payload : {}
  const os = tableOf(payload.supportedOS) ?? {}
  const keys = readKeys(sharedLists(read))
  const artifact: Found = { ...where, os, ...keys.dictionary(read.payloadkeys) }
  if (read.responsekeys) artifact.answer = keys.dictionary(read.responsekeys)
  const types = keys.types()
  if (Object.keys(types).length > 0) artifact.types = types
  if (payload.apply !== undefined) artifact.apply = payload.apply
  if (payload.beta === true) artifact.beta = true
  const variant = /\(([^)]+)\)/.exec(file.name)?.[1]
  artifact.variant = variant === undefined ? 'generic' : variant.replace('Mobililty', 'Mobility')
  if (where.family === 'skip') return skipKeys(read, os)
  return [artifact, ...reasonsOf(read, where.id), ...within(read, artifact, os)]
}

/** The parts of two commands that are artifacts of their own: settings and queries. */
function within(read: Node, command: Found, os: Record<string, object | null>): Found[] {
  if (command.family !== 'command') return []
  const keys = readKeys(sharedLists(read))
  const [first] = nodes(read.payloadkeys)
  if (command.id === 'Settings')
    return nodes(first?.subkeys).map(one => ({
      family: 'setting',
      id: String(one.key),
      os: merged(os, tableOf(one.supportedOS)),
      ...keys.dictionary(one.subkeys),
    }))
  if (command.id !== 'DeviceInformation') return []
  const answers = new Map(
    nodes(nodes(read.responsekeys).find(k => k.key === 'QueryResponses')?.subkeys).map(k => [String(k.key), k]),
  )
  const queries = nodes(nodes(first?.subkeys)[0]?.subkeys)
  return queries.map(query => {
    const id = String(query.key)
    const answer = answers.get(id)
    const field = answer && keys.field(answer, id)
    const types = keys.types()
    return {
      family: 'query',
      id,
      os: merged(os, tableOf(query.supportedOS)),
      fields: [],
      ...(field ? { answer: { fields: [field] } } : {}),
      ...(Object.keys(types).length > 0 ? { types } : {}),
    }
  })
}

function skipKeys(read: Node, os: Record<string, object | null>): Found[] {
  return nodes(read.payloadkeys).map(key => ({
    family: 'skip',
    id: String(key.key),
    os: merged(os, tableOf(key.supportedOS)),
    fields: [],
  }))
}

function reasonsOf(read: Node, about: string): Found[] {
  return nodes(read.reasons).map(reason => ({
    family: 'reason',
    id: String(reason.value),
    os: {},
    about,
    ...readKeys(new Map()).dictionary(reason.details),
  }))
}

function whereOf(name: string, payload: Node): { family: string; id: string } {
  const base = name.replace(/.*\//, '').replace(/\.yaml$/, '')
  const id = (key: string): string => String(payload[key] ?? base)
  if (name.startsWith('mdm/commands/')) return { family: 'command', id: id('requesttype') }
  if (name.startsWith('mdm/checkin/')) return { family: 'checkin', id: id('requesttype') }
  if (name.startsWith('mdm/errors/')) return { family: 'error', id: `com.apple.${base}` }
  if (name.startsWith('mdm/profiles/') && !/^(TopLevel|CommonPayloadKeys)$/.test(base))
    return { family: 'payload', id: id('payloadtype') }
  if (name.includes('/credentials/')) return { family: 'credential', id: id('credentialtype') }
  if (name.includes('/declarations/') && base !== 'declarationbase')
    return { family: 'declaration', id: id('declarationtype') }
  if (name.includes('/status/') && base !== 'statusreason') return { family: 'status', id: id('statusitemtype') }
  if (base === 'skipkeys') return { family: 'skip', id: base }
  return { family: 'document', id: base }
}
