import { classOf, type Declaration, declarationsToken, serverToken } from '@muster/wire/apple/declaration.ts'
import type { Json } from '@muster/wire/apple/result.ts'

/** One declaration of an item, before it has its name on the device. Within `payload`, others are referred to by `name`, or by their item. */
export interface Part {
  readonly name: string
  readonly type: string
  readonly payload: { readonly [key: string]: Json }
}

/** One item as it is declared on a channel. */
export interface Declarable {
  readonly item: string
  readonly version: string
  /** Grows when the same version is to be taken anew. */
  readonly epoch: number
  readonly parts: readonly Part[]
  /** What other items may refer to it by, beside its own name; one that several have means none of them. */
  readonly aliases?: readonly string[]
}

/** What the server itself declares on a channel. */
export interface Ground {
  /** Grows when everything is to be read anew. */
  readonly epoch: number
  readonly organization: { readonly [key: string]: Json }
  /** For predicates; null: the client does not know them. */
  readonly properties: { readonly [key: string]: Json } | null
  /** Names of the status items that the channel subscribes to. */
  readonly status: readonly string[]
}

/** Everything that is declared on a channel: a value of its own, the same for the same state. */
export interface Declared {
  readonly token: string
  readonly declarations: readonly Declaration[]
  /** Which declarations say an item, and which of its versions. */
  readonly items: ReadonlyMap<string, { readonly version: string; readonly identifiers: readonly string[] }>
  /** Items that refer to something which is not declared: they are left out. */
  readonly dangling: ReadonlyMap<string, string>
}

const simple = 'com.apple.activation.simple'
const references = /(?:AssetReferences?|StandardConfigurations)$/
/** Beginning of the Identifier of everything we declare. */
const prefix = 'muster.'

/**
 * What is declared on a channel. Each item has an activation of its own, so that one that cannot be applied holds no other up.
 * What refers to something that is not there is not declared, because a device may stop at it. Pure.
 */
export function declare(items: readonly Declarable[], ground: Ground): Declared {
  const { kept, dangling } = resolvable(items)
  const names = namesOf(kept)
  const activated = activatedElsewhere(kept, names)
  const declarations = [...groundOf(ground)]
  const byItem = new Map<string, { version: string; identifiers: string[] }>()
  for (const one of kept) {
    const own = declarationsOf(one, names, activated, ground)
    declarations.push(...own)
    byItem.set(one.item, { version: one.version, identifiers: own.map(d => d.identifier) })
  }
  return { token: declarationsToken(declarations), declarations, items: byItem, dangling }
}

/** The Identifier of a part: says which item and which type, because one Identifier never changes its type (Apple: Declarations). */
export function identifierOf(item: string, part: Pick<Part, 'name' | 'type'>, place: number): string {
  const type = part.type.replace(/^com\.apple\./, '')
  return `${prefixOf(item)}${type}${place === 0 ? '' : `.${place}`}`
}

/** What the Identifiers of all declarations of an item begin with. */
export function prefixOf(item: string): string {
  return `${prefix}${plain(item)}.`
}

/** The name with everything that a URL could take for something else written as `~` and hexadecimal digits. */
function plain(name: string): string {
  const out = name.replaceAll(/[^A-Za-z0-9_-]/gu, c => `~${c.codePointAt(0)?.toString(16)}.`)
  return out.length <= 120 ? out : `${out.slice(0, 80)}~${serverToken(name, {}).slice(0, 22)}`
}

type Names = ReadonlyMap<string, string>

/** By `item\nname` the Identifier of every part; by `item` that of its first. */
function namesOf(items: readonly Declarable[]): Names {
  const names = new Map<string, string>()
  for (const { item, parts } of items) {
    const seen = new Map<string, number>()
    for (const part of parts) {
      const place = seen.get(part.type) ?? 0
      seen.set(part.type, place + 1)
      const identifier = identifierOf(item, part, place)
      names.set(`${item}\n${part.name}`, identifier)
      if (!names.has(item)) names.set(item, identifier)
    }
  }
  for (const [alias, of] of Map.groupBy(aliasesOf(items), ([alias]) => alias)) {
    const [, item] = of[0] ?? []
    const identifier = item === undefined ? undefined : names.get(item)
    if (of.length === 1 && identifier !== undefined && !names.has(alias)) names.set(alias, identifier)
  }
  return names
}

function aliasesOf(items: readonly Declarable[]): (readonly [alias: string, item: string])[] {
  return items.flatMap(({ item, aliases = [] }) => aliases.map(alias => [alias, item] as const))
}

function nameIn(names: Names, item: string, reference: string): string | undefined {
  return names.get(`${item}\n${reference}`) ?? names.get(reference)
}

/** Those items whose references all lead somewhere, the others with the first that does not; leaving one out may leave others without. */
function resolvable(items: readonly Declarable[]): { kept: Declarable[]; dangling: Map<string, string> } {
  const dangling = new Map<string, string>()
  let kept = [...items]
  for (;;) {
    const names = namesOf(kept)
    const lost = kept.flatMap(one => {
      const missing = one.parts.flatMap(p => referencesIn(p.payload)).find(r => !nameIn(names, one.item, r))
      return missing === undefined ? [] : [[one.item, missing] as const]
    })
    if (lost.length === 0) return { kept, dangling }
    for (const [item, missing] of lost) dangling.set(item, missing)
    kept = kept.filter(one => !dangling.has(one.item))
  }
}

/** Every name in the payload that refers to another declaration. */
export function referencesIn(payload: Json): string[] {
  if (Array.isArray(payload)) return payload.flatMap(referencesIn)
  if (payload === null || typeof payload !== 'object') return []
  return Object.entries(payload).flatMap(([key, value]) => {
    if (!references.test(key)) return referencesIn(value)
    return [value].flat().filter(v => typeof v === 'string')
  })
}

function resolved(payload: Json, find: (reference: string) => string): Json {
  if (Array.isArray(payload)) return payload.map(one => resolved(one, find))
  if (payload === null || typeof payload !== 'object') return payload
  const entries = Object.entries(payload).map(([key, value]): [string, Json] => {
    if (!references.test(key)) return [key, resolved(value, find)]
    if (typeof value === 'string') return [key, find(value)]
    return [key, Array.isArray(value) ? value.map(v => (typeof v === 'string' ? find(v) : v)) : value]
  })
  return Object.fromEntries(entries)
}

/** Configurations that an activation of someone's own decides about: they get none from us. */
function activatedElsewhere(items: readonly Declarable[], names: Names): ReadonlySet<string> {
  return new Set(
    items.flatMap(({ item, parts }) =>
      parts
        .filter(p => classOf(p.type) === 'activation')
        .flatMap(p => referencesIn(p.payload).flatMap(r => nameIn(names, item, r) ?? [])),
    ),
  )
}

function declarationsOf(
  one: Declarable,
  names: Names,
  activated: ReadonlySet<string>,
  { epoch }: Ground,
): Declaration[] {
  const own = one.parts.map(part => {
    const payload = resolved(part.payload, r => nameIn(names, one.item, r) ?? r) as Part['payload']
    return declaration(nameIn(names, one.item, part.name) ?? '', part.type, payload, `${epoch}.${one.epoch}`)
  })
  const open = own.filter(d => classOf(d.type) === 'configuration' && !activated.has(d.identifier))
  return open.length === 0 ? own : [...own, activation(one.item, open, epoch)]
}

function activation(item: string, of: readonly Declaration[], epoch: number): Declaration {
  const StandardConfigurations = of.map(d => d.identifier)
  const identifier = `${prefixOf(item)}activates`
  return declaration(identifier, simple, { StandardConfigurations }, String(epoch))
}

function* groundOf({ epoch, organization, properties, status }: Ground): Iterable<Declaration> {
  const at = String(epoch)
  yield declaration(`${prefix}organization`, 'com.apple.management.organization-info', organization, at)
  const features = { Version: '1.0.0', SupportedFeatures: {} }
  yield declaration(`${prefix}server`, 'com.apple.management.server-capabilities', features, at)
  if (properties) yield declaration(`${prefix}properties`, 'com.apple.management.properties', properties, at)
  if (status.length === 0) return
  const StatusItems = [...status].sort().map(Name => ({ Name }))
  const type = 'com.apple.configuration.management.status-subscriptions'
  const subscription = declaration(`${prefix}status`, type, { StatusItems }, at)
  yield subscription
  yield declaration(`${prefix}status.activates`, simple, { StandardConfigurations: [subscription.identifier] }, at)
}

function declaration(identifier: string, type: string, payload: Part['payload'], epoch: string): Declaration {
  return { identifier, type, payload, token: serverToken(type, payload, epoch) }
}
