import * as roster from '../../../areas/roster/index.ts'
import type { Ctx, Scope } from '../../../base/ctx.ts'
import type { Base } from '../../../base/transact.ts'
import type { Line } from './line.ts'

/** One worker's turn to speak for a program. */
export interface Turn {
  readonly base: Base
  readonly scope: Scope
  readonly program: roster.Program
  readonly line: Line
  /** What is learned is kept in a transaction that proves the turn is still ours; another's turn keeps nothing of it. */
  keep<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>
}

/** How long a turn is held without a word. */
export const turnMs = 5 * 60_000

/** Speaks with the service in a turn that nobody else has, in any process; null: somebody else is speaking. */
export async function inTurn<T>(
  base: Base,
  { scope, program, worker }: { scope: Scope; program: string; worker: string },
  speak: (keep: Turn['keep']) => Promise<T>,
): Promise<T | null> {
  const fence = await base.transact(scope, ctx => roster.takeTurn(ctx, program, worker, turnMs))
  if (fence === null) return null
  const keep: Turn['keep'] = work =>
    base.transact(scope, async ctx => {
      await roster.keepTurn(ctx, program, fence, turnMs)
      return work(ctx)
    })
  try {
    return await speak(keep)
  } finally {
    await base.transact(scope, ctx => roster.endTurn(ctx, program, fence))
  }
}
