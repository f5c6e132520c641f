import type { Scope } from '../../base/ctx.ts'
import type { Base } from '../../base/transact.ts'

/**
 * What became of a wake that was handed to the outside. `dead`: the address is gone. `spent`: it was taken, and the address was good once. `rejected`: a person must do something.
 * `later`: another one may succeed. `skipped`: it was not tried. `provider` says that every wake would fare alike.
 */
export interface Handed {
  readonly kind: 'sent' | 'spent' | 'dead' | 'rejected' | 'later' | 'skipped'
  readonly reason: string
  readonly provider: boolean
}

/** A wake on its way out. */
export interface Outgoing {
  readonly enrollment: string
  readonly nonce: string
  /** As the agent told it, JSON. */
  readonly address: string
  /** Of the channel in this org: its settings and its opened secret, both JSON. */
  readonly settings: string
  readonly secret: string
}

/** Hands one wake to the outside; it never throws for what the outside does. */
export type Sender = (base: Base, scope: Scope, wake: Outgoing) => Promise<Handed>

/** It was taken. */
export const sent: Handed = { kind: 'sent', reason: '', provider: false }

/** It was not, and why. */
export function not(kind: Exclude<Handed['kind'], 'sent'>, reason: string, provider = false): Handed {
  return { kind, reason: reason.slice(0, 200), provider }
}
