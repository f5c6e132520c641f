import type { Ctx } from '../../base/ctx.ts'
import type { Base } from '../../base/transact.ts'
import { everything } from '../../base/authority.ts'
import type { Id } from '../../base/id.ts'
import * as store from './reach-store.ts'

/** Whose agent listens. */
export interface Listener {
  readonly org: string
  readonly enrollment: string
}

/** The agents that listen to this process: those that wait for an answer, and the line to those that keep one open. */
interface Hub {
  readonly waiting: Map<string, (nonce: string | null) => void>
  /** Tells whoever keeps a line open; absent while there is none. */
  publish: ((to: Listener, nonce: string) => void) | null
  watch: ReturnType<typeof setInterval> | null
  /** What was told lately, so that the table's word of it is not told again. */
  readonly told: Map<string, string>
}

const hubs = new WeakMap<object, Hub>()
/** How often calls that other processes began are looked for. */
const lookMs = 1000
/** Clocks of two processes, and transactions that were long: so far back is looked. */
const overlapMs = 10_000

function hubOf(secrets: object): Hub {
  const known = hubs.get(secrets)
  if (known) return known
  const fresh: Hub = { waiting: new Map(), publish: null, watch: null, told: new Map() }
  hubs.set(secrets, fresh)
  return fresh
}

const keyOf = ({ org, enrollment }: Listener): string => `${org}|${enrollment}`

const markOf = (nonce: string, changedAt: number): string => `${nonce} ${changedAt}`

/** Tells an agent that listens to this process; after the commit, so that it finds what it is called for. */
export function ringAfter(ctx: Ctx, enrollment: string, nonce: string): void {
  const { org, secrets, now } = ctx
  ctx.after(() => {
    // The next look at the table need not tell it again.
    hubOf(secrets).told.set(keyOf({ org, enrollment }), markOf(nonce, now))
    ring(secrets, { org, enrollment }, nonce)
  })
}

/** Tells an agent that listens to this process, now. */
export function ring(secrets: object, to: Listener, nonce: string): void {
  const hub = hubOf(secrets)
  hub.waiting.get(keyOf(to))?.(nonce)
  hub.publish?.(to, nonce)
}

/** Lets the line to those that keep one open be told of every wake, from now on until it is let go of. */
export function publishBy(base: Base, publish: (to: Listener, nonce: string) => void): () => void {
  const hub = hubOf(base.secrets)
  hub.publish = publish
  watch(base, hub)
  return () => {
    hub.publish = null
  }
}

/**
 * Waits until the agent is called, and answers the nonce of the wake; null when nothing wants it within that time, or the signal ends the
 * wait. What was asked before is answered at once. Of two waits of one agent the newer counts.
 */
export async function waitFor(
  base: Base,
  of: { readonly org: Id<'org'>; readonly enrollment: string },
  { signal, ms }: { signal: AbortSignal; ms: number },
): Promise<string | null> {
  const hub = hubOf(base.secrets)
  const key = keyOf(of)
  hub.waiting.get(key)?.(null)
  let settle: (nonce: string | null) => void = () => undefined
  const called = new Promise<string | null>(resolve => {
    settle = resolve
  })
  hub.waiting.set(key, settle)
  watch(base, hub)
  const give = (): void => settle(null)
  const timer = setTimeout(give, ms)
  signal.addEventListener('abort', give, { once: true })
  if (signal.aborted) give()
  try {
    const pending = await pendingNonce(base, of)
    return pending ?? (await called)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', give)
    if (hub.waiting.get(key) === settle) hub.waiting.delete(key)
  }
}

/** The nonce of the wake an enrollment has not answered; null without one. */
export async function pendingNonce(base: Base, of: { org: Id<'org'>; enrollment: string }): Promise<string | null> {
  const call = await base.read(scopeOf(of.org), ctx => store.findCall(ctx, of.enrollment))
  return call?.nonce ?? null
}

/** How many agents wait for an answer of this process. */
export function waitingNow(secrets: object): number {
  return hubOf(secrets).waiting.size
}

/** Lets every wait end, when the process stops. */
export function closeHub(secrets: object): void {
  const hub = hubOf(secrets)
  if (hub.watch) clearInterval(hub.watch)
  hub.watch = null
  for (const settle of hub.waiting.values()) settle(null)
  hub.waiting.clear()
}

function scopeOf(org: Id<'org'>) {
  return { org, actor: { kind: 'system', id: null, what: 'wake' }, authority: everything } as const
}

/** Looks for calls that other processes began, while anyone listens here. */
function watch(base: Base, hub: Hub): void {
  if (hub.watch) return
  let looking = false
  hub.watch = setInterval(async () => {
    if (looking) return
    if (hub.waiting.size === 0 && hub.publish === null) {
      if (hub.watch) clearInterval(hub.watch)
      hub.watch = null
      return
    }
    looking = true
    try {
      await look(base, hub)
    } catch {
      // The next look tells it; a database that is away is told by everyone else.
    } finally {
      looking = false
    }
  }, lookMs)
  hub.watch.unref()
}

async function look(base: Base, hub: Hub): Promise<void> {
  const since = base.clock.now() - overlapMs
  const calls = await base.read(scopeOf('' as Id<'org'>), ctx => store.callsSince(ctx, since))
  const fresh = new Map(calls.map(c => [keyOf(c), markOf(c.nonce, c.changed_at)]))
  for (const call of calls) {
    if (hub.told.get(keyOf(call)) === fresh.get(keyOf(call))) continue
    ring(base.secrets, call, call.nonce)
  }
  hub.told.clear()
  for (const [key, what] of fresh) hub.told.set(key, what)
}
