import { createHash } from 'node:crypto'
import { canonical } from '../../base/canonical.ts'
import type { Effective, EffectiveItem } from '../blueprints/index.ts'
import { outsideOf, workTimeKind } from '../hours/index.ts'
import { appIn, appKind, type Bindings, type Json, secretsIn, variablesIn } from '../policies/index.ts'
import { type PackedSet, packed, type Source } from './desired-store.ts'

/** One item of a set, with what its version is made of. */
export interface Content {
  readonly effective: EffectiveItem
  readonly policy: string
  readonly policyVersion: number
  readonly variables: readonly string[]
  readonly secrets: readonly string[]
  /** Of the kind `app`: which app it is about. */
  readonly app: string | null
  /** Hash of kind and value: its version, where it uses neither variables nor secrets. */
  readonly base: string
}

/** A set ready to be stored, and its items ready to be compared: made once for all devices that have it. */
export interface Contents extends PackedSet {
  readonly items: readonly Content[]
}

const made = new WeakMap<Effective, Contents>()

/** The contents of a set. Devices of one class share the object, so this is cheap for all but the first of them. */
export function contentsOf(effective: Effective): Contents {
  const known = made.get(effective)
  if (known) return known
  const text = JSON.stringify(effective)
  const contents: Contents = {
    hash: hashed(text),
    body: packed(text),
    sources: sourcesOf(effective),
    items: effective.items.map(item => ({
      effective: item,
      policy: item.from[0]?.policy ?? '',
      policyVersion: item.from[0]?.version ?? 0,
      variables: variablesIn(item.value),
      secrets: secretsIn(item.value),
      app: item.kind === appKind ? appIn(item.value) : null,
      // When people work is not said to devices, so that other hours are no other version.
      base: hashed(canonical([item.kind, item.kind === workTimeKind ? outsideOf(item.value) : item.value])),
    })),
  }
  made.set(effective, contents)
  return contents
}

/**
 * The version of an item on a device: equal exactly when kind, merged value, the values of its variables, the versions of its secrets and the keys that are
 * left out are. Variables without a value are listed: then it cannot be delivered. An app counts by its revision in the catalog, like a secret by its version.
 */
export function versionOf(
  { base, variables, secrets, app }: Content,
  bindings: Bindings,
  versions: ReadonlyMap<string, number>,
  without: readonly string[],
): { version: string; missing: readonly string[] } {
  // With what the device cannot take left out it is another version, so that it is said again when the device can.
  const told = (version: string): string => (without.length === 0 ? version : hashed([version, ...without].join(' ')))
  const named = app === null ? secrets : [...secrets, app]
  if (variables.length + named.length === 0) return { version: told(base), missing: [] }
  const bound = variables.map((name): Json => bindings[name] ?? null)
  const missing = variables.filter((_, i) => bound[i] === null)
  return { version: told(hashed(canonical([base, bound, named.map(id => versions.get(id) ?? 0)]))), missing }
}

/** SHA-256 of a text, its first 128 bits. */
export function hashed(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

function sourcesOf(effective: Effective): Source[] {
  const found = new Map<string, Source>()
  const add = (source: string, item = '', version = 0, nearest = 0): void => {
    const key = `${source} ${item}`
    if (!found.has(key)) found.set(key, { source, item, version, nearest })
  }
  for (const { item, from } of effective.items)
    for (const [i, c] of from.entries()) {
      add(c.policy, item, c.version, i === 0 ? 1 : 0)
      add(c.blueprint)
      add(c.assignment)
      if (c.through) add('rollout' in c.through ? c.through.rollout : c.through.trial)
    }
  return [...found.values()]
}
