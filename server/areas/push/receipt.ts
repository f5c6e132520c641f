import type { Scope } from '../../base/ctx.ts'
import { enqueue } from '../../base/jobs.ts'
import type { Base } from '../../base/transact.ts'
import { climbCall } from './later.ts'
import * as store from './reach-store.ts'

/** Notes what became of a text message; where it never arrived, nobody waits for an answer to it. */
export async function noteReceipt(
  base: Base,
  scope: Scope,
  { enrollment, nonce, state }: { enrollment: string; nonce: string; state: string },
): Promise<void> {
  await base.transact(scope, async ctx => {
    const attempt = await store.findTry(ctx, enrollment, 'sms')
    if (attempt?.nonce !== nonce || attempt.outcome === 'answered') return
    const { at, latency_ms } = attempt
    const arrived = state === 'DELIVRD'
    const outcome = arrived ? attempt.outcome : 'rejected'
    await store.putTry(ctx, { enrollment, channel: 'sms', nonce, at, latency_ms, outcome, reason: state })
    const call = await store.findCall(ctx, enrollment)
    if (arrived || call?.nonce !== nonce || call.channel !== 'sms') return
    await store.changeCall(ctx, call, { next_at: ctx.now })
    await enqueue(ctx, climbCall, { enrollment }, { dedupe: enrollment })
  })
}
