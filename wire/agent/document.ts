import type { KeyObject } from 'node:crypto'
import { thumbprint } from '../acme/jws.ts'
import { Malformed } from '../malformed.ts'
import type { Approval, Endorsement } from './approval.ts'
import { isSignedBy, jwkOf, objectOf, p256KeyOf, readCompact, signCompact, signCompactBeside } from './compact.ts'
import type { AgentMode, Approvers, Next, ServerKey } from './messages.ts'

/** One thing a device should have: the merged value of a policy kind, with variables and secrets filled in. */
export interface DocumentItem {
  readonly item: string
  readonly version: string
  readonly kind: string
  readonly value: unknown
  /** Items that must be there before. */
  readonly needs: readonly string[]
}

/**
 * What a device should be at some times only, and when: the agent keeps the time by itself, also where it reaches nobody. Between `from` and `until` the item
 * is there in the spans of `off` and not outside of them, whatever `items` says of it; after that `items` counts.
 */
export interface Hours {
  readonly item: DocumentItem
  readonly from: number
  readonly until: number
  /** Beginnings, each with its end, in order and apart from each other. */
  readonly off: readonly (readonly [from: number, to: number])[]
}

/** All that a device should be, in one signed text. */
export interface AgentDocument {
  readonly v: 1
  readonly org: string
  readonly enrollment: string
  readonly device: string
  /** Only grows. */
  readonly generation: number
  readonly etag: string
  readonly at: number
  readonly mode: AgentMode
  readonly items: readonly DocumentItem[]
  readonly hours?: Hours
  /** What may be reported at all. */
  readonly collect: {
    readonly facts: readonly string[]
    readonly apps: 'all' | 'managed' | 'none'
    readonly everyMs: number
  }
  /** What the person is told about who manages the device. */
  readonly support: { readonly org: string; readonly text: string; readonly contact: string; readonly url: string }
  /** Keys to trust from now on. */
  readonly keys: readonly ServerKey[]
  readonly approvers: Approvers
  /** How they came to be, each change endorsed by those before; absent: the first are the only ones. */
  readonly endorsed?: readonly Endorsement[]
  readonly next: Next
}

/** One order. */
export interface SignedOrder {
  readonly id: string
  /** Grows by one with each order to the enrollment. */
  readonly seq: number
  readonly kind: string
  readonly args: Readonly<Record<string, unknown>>
  /** Not to be carried out after; null: whenever. */
  readonly notAfter: number | null
  /** Who agreed to what cannot be undone. */
  readonly approval?: readonly Approval[]
}

/** The orders that wait for a device, in one signed text. */
export interface AgentOrders {
  readonly v: 1
  readonly org: string
  readonly enrollment: string
  readonly at: number
  readonly orders: readonly SignedOrder[]
}

/** Why an agent does not take a text: the codes of the event `document.refused` and of refused orders. */
export type Refusal = 'unsigned' | 'malformed' | 'other-device' | 'older'

/** A signed text, its key's name in the header. */
export type Signed = 'muster-document' | 'muster-orders'

const longest = 4 * 1024 * 1024

/** Signs a document or a list of orders with the server's key. */
export function signFor(
  typ: Signed,
  payload: AgentDocument | AgentOrders,
  key: KeyObject,
  publicKey: KeyObject,
): string {
  return signCompact({ typ, kid: kidOf(publicKey) }, payload, key)
}

/** The same beside the main thread. */
export function signForBeside(
  typ: Signed,
  payload: AgentDocument | AgentOrders,
  key: KeyObject,
  publicKey: KeyObject,
): Promise<string> {
  return signCompactBeside({ typ, kid: kidOf(publicKey) }, payload, key)
}

const kids = new WeakMap<KeyObject, string>()

function kidOf(publicKey: KeyObject): string {
  const known = kids.get(publicKey)
  if (known !== undefined) return known
  const kid = thumbprint(jwkOf(publicKey))
  kids.set(publicKey, kid)
  return kid
}

/** What a signed text says if one of the trusted keys signed it; else why it is refused. Never throws. */
export function openSigned(
  typ: Signed,
  text: string,
  trusted: readonly ServerKey[],
): Record<string, unknown> | Refusal {
  try {
    const compact = readCompact(text, typ, longest)
    const key = trusted.find(k => k.kid === compact.header.kid)
    if (!key || !isSignedBy(compact, p256KeyOf(key.jwk))) return 'unsigned'
    return objectOf(compact.payload, typ)
  } catch (error) {
    if (error instanceof Malformed) return error.code.startsWith('jws') ? 'unsigned' : 'malformed'
    throw error
  }
}

/** What an agent knows when it is given a document. */
export interface Held {
  readonly org: string
  readonly enrollment: string
  readonly device: string
  readonly keys: readonly ServerKey[]
  readonly generation: number | null
  readonly etag: string | null
}

/** The document, if this agent may take it; else why not. Pure. */
export function takeDocument(text: string, held: Held): AgentDocument | Refusal {
  const said = openSigned('muster-document', text, held.keys)
  if (typeof said === 'string') return said
  const { v, org, enrollment, device, generation, etag, items } = said
  if (v !== 1 || typeof generation !== 'number' || typeof etag !== 'string' || !Array.isArray(items)) return 'malformed'
  if (org !== held.org || enrollment !== held.enrollment || device !== held.device) return 'other-device'
  if (held.generation !== null && generation < held.generation) return 'older'
  if (generation === held.generation && etag !== held.etag) return 'older'
  return said as unknown as AgentDocument
}

/** What a device should have at an instant, by the server's clock. Pure. */
export function itemsAt({ items, hours }: Pick<AgentDocument, 'items' | 'hours'>, at: number): readonly DocumentItem[] {
  if (!hours || at < hours.from || at >= hours.until) return items
  const others = items.filter(i => i.item !== hours.item.item)
  return hours.off.some(([from, to]) => from <= at && at < to) ? [...others, hours.item] : others
}

/** The next instant at which that may be something else; null: none is known. Pure. */
export function nextHour({ hours }: Pick<AgentDocument, 'hours'>, at: number): number | null {
  if (!hours) return null
  const all = [hours.from, ...hours.off.flat(), hours.until].filter(instant => instant > at && instant <= hours.until)
  return all.length === 0 ? null : Math.min(...all)
}

/** The orders, if they are for this agent; else why not. Pure. */
export function takeOrders(text: string, held: Pick<Held, 'org' | 'enrollment' | 'keys'>): AgentOrders | Refusal {
  const said = openSigned('muster-orders', text, held.keys)
  if (typeof said === 'string') return said
  if (said.v !== 1 || typeof said.at !== 'number' || !Array.isArray(said.orders)) return 'malformed'
  if (said.org !== held.org || said.enrollment !== held.enrollment) return 'other-device'
  return said as unknown as AgentOrders
}
