/** What JSON can say; values of policies are JSON with the forms below. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/*
 * Forms inside a policy's value, each an object with one key that begins with `$`:
 *   {"$var": "user.email"}            a variable, filled in per device with its type
 *   {"$text": ["a ", {"$var": …}]}    text put together from pieces, each escaped by the codec
 *   {"$secret": "sec_…"}              a secret, opened only when it is delivered
 *   {"$data": "base64"}               bytes
 *   {"$date": "2026-11-20T09:00:00Z"} an instant
 *   {"$real": 1}                      a number that is not an integer although it looks like one
 */

/** A finding about a value: `error` keeps it from being saved, `warning` and `note` do not. `path` is a JSON pointer; `code` has a text `finding.<code>` in four languages. */
export interface Finding {
  readonly severity: 'error' | 'warning' | 'note'
  readonly code: string
  readonly path: string
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>
}

/** How several policies that say something about one key become one value. Default `nearest`. */
export type KeyRule =
  | { readonly rule: 'nearest' }
  | {
      readonly rule: 'strictest'
      readonly by: 'least' | 'most' | 'true' | 'false' | readonly Json[] /* strictest first */
    }
  | { readonly rule: 'union' }

/** How much of a key or kind a platform honors. */
export interface Honor {
  readonly how: 'full' | 'partly' | 'no'
  /** Code of the reason, with a text `honor.<reason>` in four languages; for `partly` and `no`. */
  readonly reason?: string
  readonly from?: string
  readonly until?: string
  readonly supervised?: boolean
  /** Only on devices enrolled so: `device`, `user-enrollment`, … */
  readonly enrollments?: readonly string[]
}

/** One kind of policy: the form of its value, how policies of it come together, what each platform makes of it. */
export interface PolicyKind {
  readonly kind: string
  /** `ours`: written by us for every platform. Else the vendor whose words it speaks. */
  readonly family: 'ours' | 'apple' | 'android'
  readonly merge: 'settings' | 'instances'
  /** Of `instances`: what tells one from another; null: every policy is one of its own. */
  identity?(value: Json): string | null
  /** Rules of keys that are not `nearest`. */
  readonly rules?: Readonly<Record<string, KeyRule>>
  /** Everything wrong with a value; pure. Variables and secrets are forms of the right type wherever their type fits. */
  check(value: Json): readonly Finding[]
  /** JSON Schema 2020-12 of the value, from which forms and documentation are made; null where the vendor's catalog draws them. */
  readonly schema: Json | null
  /** Of vendor kinds: the artifact of the vendor's catalog that the value is. */
  readonly catalog?: { readonly family: string; readonly id: string }
  /** Every key there is, as paths `eap/method`, for the search; items of lists have no step of their own. */
  settings?(): readonly string[]
  /** Per platform and key (a path as in `settings`) what it makes of it; `''` is the kind as a whole. Pure; null where the platform has never heard of the kind. */
  honors(platform: string, key: string): Honor | null
}

/** Finds kinds by name; a family may make kinds on demand (every payload type is one). */
export interface KindSource {
  find(kind: string): PolicyKind | undefined
  list(): readonly PolicyKind[]
}

const sources: KindSource[] = []

/** Makes the kinds of a source known; called by main before the server starts. */
export function offerKinds(source: KindSource): void {
  if (!sources.includes(source)) sources.push(source)
}

/** The kind of this name, if some source knows it. */
export function findPolicyKind(kind: string): PolicyKind | undefined {
  for (const source of sources) {
    const found = source.find(kind)
    if (found) return found
  }
  return undefined
}

/** Every kind there is, ours first. */
export function allPolicyKinds(): readonly PolicyKind[] {
  return sources.flatMap(s => s.list())
}
