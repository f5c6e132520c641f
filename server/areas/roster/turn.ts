import type { Ctx } from '../../base/ctx.ts'
import { putTurn, turnOf } from './program-store.ts'

/** Somebody else speaks for the program now; whoever held the turn stops without writing. */
export class TurnLost extends Error {}

/** A turn is never held longer than this without a word, however wrong the clock was that set it. */
const longestMs = 15 * 60_000

/** Takes the turn to speak for a program, for so long: its fence, or null while somebody else has it. One worker at a time, in any number of processes. */
export async function takeTurn(ctx: Ctx, program: string, worker: string, forMs: number): Promise<number | null> {
  const turn = await turnOf(ctx, program)
  if (!turn) return null
  const until = turn.worker_until ?? 0
  const taken = turn.worker !== null && turn.worker !== worker && until > ctx.now && until <= ctx.now + longestMs
  if (taken) return null
  const fence = Number(turn.fence) + 1
  await putTurn(ctx, program, { worker, worker_until: ctx.now + Math.min(forMs, longestMs), fence })
  return fence
}

/** Keeps the turn in the transaction of what was learned with it; throws TurnLost when it is another's, so that nothing of this transaction stays. */
export async function keepTurn(ctx: Ctx, program: string, fence: number, forMs: number): Promise<void> {
  const turn = await turnOf(ctx, program)
  if (!turn || Number(turn.fence) !== fence || turn.worker === null) throw new TurnLost(program)
  await putTurn(ctx, program, { ...turn, worker_until: ctx.now + Math.min(forMs, longestMs) })
}

/** Gives the turn back, if it is still held. */
export async function endTurn(ctx: Ctx, program: string, fence: number): Promise<void> {
  const turn = await turnOf(ctx, program)
  if (turn && Number(turn.fence) === fence) await putTurn(ctx, program, { worker: null, worker_until: null, fence })
}
