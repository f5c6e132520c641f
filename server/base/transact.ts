import { type Clock, driftOf } from './clock.ts'
import type { Config } from './config.ts'
import type { Ctx, Scope } from './ctx.ts'
import type { Engine } from './db.ts'
import type { Log } from './log.ts'
import type { Secrets } from './secrets.ts'

/** Everything below the areas, opened once by main: what routes and jobs are given. */
export interface Base {
  readonly config: Config
  readonly engine: Engine
  readonly clock: Clock
  readonly secrets: Secrets
  readonly log: Log
  readonly blobs: import('./blobs.ts').Blobs
  /** One request, one transaction. `work` may run again on conflict, so it touches nothing but its ctx. */
  transact<T>(scope: Scope, work: (ctx: Ctx) => Promise<T>): Promise<T>
  /** Reads outside any transaction: only committed rows, no writes. */
  read<T>(scope: Scope, work: (ctx: Ctx) => Promise<T>): Promise<T>
}

/** No work waits for the outside, so what has not ended by then never will; and everybody waits behind it. */
const stuckMs = 120_000

/** Ends the process when the work never ends: only a start frees those who wait behind it, and what was answered is stored. */
async function watched<T>(who: string, patienceMs: number, work: () => Promise<T>): Promise<T> {
  const watch = setTimeout(() => {
    throw new Error(`a transaction (${who}) has not ended in ${patienceMs / 1000} s`)
  }, patienceMs)
  watch.unref()
  try {
    return await work()
  } finally {
    clearTimeout(watch)
  }
}

/** Joins the parts of base and gives every transaction its ctx. */
export function joinBase(parts: Omit<Base, 'transact' | 'read'>, patienceMs = stuckMs): Base {
  const drift = driftOf(parts.clock)
  const open = (scope: Scope, tx: Ctx['tx'], after: (() => void)[]): Ctx => ({
    tx,
    org: scope.org,
    actor: scope.actor,
    authority: scope.authority,
    request: scope.request ?? '',
    now: parts.clock.now(),
    driftMs: drift(),
    secrets: parts.secrets,
    config: parts.config,
    after: what => {
      after.push(what)
    },
  })
  const transact: Base['transact'] = async (scope, work) => {
    let after: (() => void)[] = []
    const value = await parts.engine.transact(tx => {
      after = []
      const { actor, request } = scope
      const who = `${actor.kind} ${actor.kind === 'system' ? actor.what : actor.id}, request ${request ?? ''}`
      return watched(who, patienceMs, () => work(open(scope, tx, after)))
    })
    for (const what of after) what()
    return value
  }
  const read: Base['read'] = (scope, work) => parts.engine.read(tx => work(open(scope, tx, [])))
  return { ...parts, transact, read }
}
