import type { Answer } from '@muster/wire/agent/messages.ts'
import * as push from '../../areas/push/index.ts'
import { Unavailable } from '../../base/problem.ts'
import type { Call, Reply } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import { anyone } from './enroll.ts'
import { judgedIn, speakerOf } from './proof.ts'

/** The longest a request is held: middleboxes drop a line that is silent for five minutes. */
export const longestHoldMs = 240_000
/** A request that is held costs some kilobytes; whoever comes above it calls by its own rhythm. */
const mostWaiting = 20_000

/** Holds an agent's request until somebody wants it to call, or as long as it asked; 204 when nobody did. */
export async function wait(base: Base, holdMs: number, call: Call): Promise<Reply<string | null>> {
  const shown = await judgedIn(call)
  const { ctx, enrollment } = await base.read(anyone(call), anyCtx => speakerOf(anyCtx, shown))
  const headers = { 'cache-control': 'no-store' }
  const over = enrollment.state === 'ended' || enrollment.endingAt !== null
  if (!over && push.waitingNow(base.secrets) >= mostWaiting) throw new Unavailable('room to wait')
  const hold = { ms: Math.min(holdMs, longestHoldMs), signal: call.signal }
  // Whose management ends is to hear so at its next contact, which may be now.
  const nonce = over ? '' : await push.waitFor(base, { org: ctx.org, enrollment: enrollment.id }, hold)
  if (nonce === null) return { status: 204, body: null, headers }
  const answer: Answer & { wake: { nonce: string } } = { action: 'none', wake: { nonce } }
  return { status: 200, type: 'application/json', body: JSON.stringify(answer), headers }
}
