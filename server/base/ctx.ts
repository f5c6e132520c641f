import type { Authority } from './authority.ts'
import type { Config } from './config.ts'
import type { Tx } from './db.ts'
import type { Id } from './id.ts'
import type { Secrets } from './secrets.ts'

/** Who does something. `id` is null for the system. */
export type Actor =
  | { kind: 'admin'; id: Id<'admin'>; session: string }
  | { kind: 'key'; id: Id<'key'> }
  | { kind: 'user'; id: Id<'user'>; visit: string }
  | { kind: 'device'; id: Id<'device'> }
  | { kind: 'system'; id: null; what: string }

/** One transaction, one instant, one actor: the first argument of every domain function. A domain function may run twice and must touch nothing else. */
export interface Ctx {
  readonly tx: Tx
  readonly org: Id<'org'>
  readonly actor: Actor
  readonly now: number
  /** How far the wall clock has moved apart from the time this process has been running. */
  readonly driftMs: number
  readonly authority: Authority
  readonly secrets: Secrets
  readonly config: Config
  /** The request or job this belongs to, for logs and events. */
  readonly request: string
  /** Runs `what` once, after the commit, never on rollback or on a run that is repeated. For waking loops in this process; never for work that must happen. */
  after(what: () => void): void
}

/** The part of a Ctx that says for whom and on whose behalf a transaction runs. */
export interface Scope {
  org: Id<'org'>
  actor: Actor
  authority: Authority
  request?: string
}

/** The same transaction on behalf of someone else: a request that learns inside the transaction whose device is calling. */
export function as(ctx: Ctx, scope: Pick<Scope, 'org' | 'actor' | 'authority'>): Ctx {
  return { ...ctx, ...scope }
}
