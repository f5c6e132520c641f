import { createHash } from 'node:crypto'
import { canonical } from '../canonical.ts'
import { Malformed } from '../malformed.ts'
import type { Json } from './result.ts'

/** The four classes of declarations, in the order in which their arrays are written (Apple: DeclarationItemsResponse). */
export const declarationClasses = ['activation', 'configuration', 'asset', 'management'] as const
export type DeclarationClass = (typeof declarationClasses)[number]

/** One declaration as it is served; `token` is its ServerToken. */
export interface Declaration {
  readonly type: string
  readonly identifier: string
  readonly token: string
  readonly payload: { readonly [key: string]: Json }
}

/** What a channel asks of declarative management (Apple: DeclarativeManagement, Endpoint). */
export type Endpoint =
  | { readonly asks: 'tokens' | 'declaration-items' | 'status' }
  | {
      readonly asks: 'declaration'
      readonly of: DeclarationClass
      /** As it stands, and once more with its percent escapes undone, when that differs. */
      readonly identifiers: readonly string[]
    }

const arrays = {
  activation: 'Activations',
  configuration: 'Configurations',
  asset: 'Assets',
  management: 'Management',
} as const satisfies Record<DeclarationClass, string>

/** Apple: a DeclarationsToken has at most this many octets. */
export const longestToken = 256

/** The class of a declaration's type: `com.apple.configuration.legacy` is a configuration. */
export function classOf(type: string): DeclarationClass | undefined {
  const [com, apple, name] = type.split('.', 3)
  return com === 'com' && apple === 'apple' ? declarationClasses.find(c => c === name) : undefined
}

/** The ServerToken of a declaration: changes when its type or payload does, or when `epoch` does. */
export function serverToken(type: string, payload: { readonly [key: string]: Json }, epoch = ''): string {
  return hashed(`${epoch}\n${type}\n${canonical(payload)}`)
}

/** The DeclarationsToken of a set: depends on which (Identifier, ServerToken) there are, and on nothing else. */
export function declarationsToken(set: Iterable<Pick<Declaration, 'identifier' | 'token'>>): string {
  const pairs = new Set([...set].map(d => `${JSON.stringify(d.identifier)}:${JSON.stringify(d.token)}`))
  return hashed([...pairs].sort().join('\n'))
}

/** Answer of `tokens`, and Data of the DeclarativeManagement command (Apple: TokensResponse). The time is RFC 3339 in UTC, in whole seconds. */
export function encodeTokens(token: string, changedAt: number): string {
  const Timestamp = new Date(changedAt).toISOString().replace(/\.\d+Z$/, 'Z')
  return JSON.stringify({ SyncTokens: { DeclarationsToken: token, Timestamp } })
}

/** Answer of `declaration-items`: all four arrays, always (Apple: DeclarationItemsResponse). */
export function encodeItems(set: readonly Declaration[], token: string): string {
  const Declarations = Object.fromEntries(
    declarationClasses.map(of => [
      arrays[of],
      set
        .filter(d => classOf(d.type) === of)
        .map(d => ({ Identifier: d.identifier, ServerToken: d.token }))
        .sort((a, b) => (a.Identifier < b.Identifier ? -1 : 1)),
    ]),
  )
  return JSON.stringify({ Declarations, DeclarationsToken: token })
}

/** Answer of `declaration/…`: the declaration whole. */
export function encodeDeclaration({ type, identifier, token, payload }: Declaration): string {
  return JSON.stringify({ Type: type, Identifier: identifier, ServerToken: token, Payload: payload })
}

/** Reads what is asked. An Identifier may hold anything, slashes too: only the first two of the path divide. Throws only `Malformed`. */
export function decodeEndpoint(endpoint: string): Endpoint {
  if (endpoint === 'tokens' || endpoint === 'declaration-items' || endpoint === 'status') return { asks: endpoint }
  const [, name, identifier] = /^declaration\/([^/]*)\/([\s\S]*)$/.exec(endpoint) ?? []
  if (name === undefined) throw new Malformed('declarative.endpoint', endpoint.slice(0, 80))
  const of = declarationClasses.find(c => c === name)
  if (of === undefined) throw new Malformed('declarative.class', name.slice(0, 80))
  if (!identifier) throw new Malformed('declarative.identifier')
  return { asks: 'declaration', of, identifiers: spellings(identifier) }
}

function spellings(identifier: string): string[] {
  try {
    const undone = decodeURIComponent(identifier)
    return undone === identifier ? [identifier] : [identifier, undone]
  } catch {
    // A bare % is part of the name.
    return [identifier]
  }
}

function hashed(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
