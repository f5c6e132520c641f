import assert from 'node:assert/strict'
import { everything } from '../base/authority.ts'
import type { JobKind } from '../base/jobs.ts'
import type { Base } from '../base/transact.ts'
import type { House } from './house.ts'

/** What ends a process that is killed. */
export class Killed extends Error {}

/** The base of a process that is killed before its n-th transaction commits: nothing of that one is kept, and nothing happens after. */
export function killedAt(base: Base, n: number): Base {
  let left = n
  return {
    ...base,
    transact: (of, work) => {
      left -= 1
      if (left < 0) throw new Killed()
      if (left > 0) return base.transact(of, work)
      return base.transact(of, async ctx => {
        await work(ctx)
        throw new Killed()
      })
    },
  }
}

/** A job as a worker would hand it out. */
export function runningOf<P>(h: House, payload: P) {
  const scope = { org: h.org, actor: { kind: 'system', id: null, what: 'test' } as const, authority: everything }
  return { org: h.org, id: 'job', payload, attempt: 1, signal: new AbortController().signal, scope }
}

/**
 * Runs a job in one life after the other, each killed one transaction later than the one before, until one gets through; `between` lets pass what a
 * restart takes. Answers how often it was killed.
 */
export async function killedLater<P>(
  h: House,
  job: JobKind<P>,
  payload: P,
  between: () => void | Promise<void>,
): Promise<number> {
  for (let kills = 0; kills < 60; ) {
    try {
      await job.run(killedAt(h.base, kills + 1), runningOf(h, payload))
      return kills
    } catch (error) {
      assert.ok(error instanceof Killed, String(error))
      kills += 1
      await between()
    }
  }
  throw new Error('it never ends')
}
