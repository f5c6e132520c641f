import type { Json } from '../../contract/policies.ts'

/** Values by key: what every policy is. */
export type Values = Readonly<Record<string, Json>>

/** What a person has changed and not saved. */
export interface Draft {
  value: Values
  /** The version it started from; 0 for a policy that does not exist yet. */
  base: number
}

/** One key that a draft changes. */
export interface DraftChange {
  key: string
  how: 'new' | 'changed' | 'gone'
  before: Json
  after: Json
}

/** A value as an object; anything else has no keys. */
export const valuesOf = (value: Json | undefined): Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {}

/** Whether two values say the same, whatever the order of their keys. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: Json | undefined): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
}

/** What differs between two values, key by key, in the order of the newer and then what is gone. */
export function changesOf(before: Values, after: Values): DraftChange[] {
  const changed = Object.keys(after)
    .filter(key => !same(before[key], after[key]))
    .map(
      (key): DraftChange => ({
        key,
        how: key in before ? 'changed' : 'new',
        before: before[key] ?? null,
        after: after[key] ?? null,
      }),
    )
  const gone = Object.keys(before)
    .filter(key => !(key in after))
    .map((key): DraftChange => ({ key, how: 'gone', before: before[key] ?? null, after: null }))
  return [...changed, ...gone]
}

/** The value without a key. */
export function without(value: Values, key: string): Values {
  return Object.fromEntries(Object.entries(value).filter(([one]) => one !== key))
}

/** The value with a key as it was before; a key that was not there goes. */
export function putBack(value: Values, before: Values, key: string): Values {
  return key in before ? { ...value, [key]: before[key] ?? null } : without(value, key)
}

/** A value without secrets that were typed and not yet sealed: those are never written to the browser's storage. */
export function withoutSecrets(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => !(typeof one === 'object' && one !== null && '$newSecret' in one))
      .map(([key, one]) => [key, withoutSecrets(one)]),
  )
}

const place = (name: string): string => `muster-draft.${name}`

/** The draft kept in this tab under a name, if there is one. */
export function keptDraft(name: string): Draft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(place(name)) ?? 'null')
    if (typeof kept !== 'object' || kept === null || !('value' in kept) || !('base' in kept)) return null
    return { value: valuesOf(kept.value as Json), base: Number(kept.base) }
  } catch {
    return null
  }
}

/** Keeps a draft for this tab, or forgets it. */
export function keepDraft(name: string, draft: Draft | null): void {
  try {
    if (draft) sessionStorage.setItem(place(name), JSON.stringify({ ...draft, value: withoutSecrets(draft.value) }))
    else sessionStorage.removeItem(place(name))
  } catch {
    // Storage may be refused or full; the draft then lasts for this page.
  }
}
