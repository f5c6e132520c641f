import type { Ctx, Scope } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { Base } from '../../base/transact.ts'
import type { Outcome } from './apns.ts'
import { pushEvents } from './events.ts'
import * as store from './trouble-store.ts'

const minute = 60_000
const patienceMs = 5 * minute

/** Notes when pushes begin to fail altogether, and when they go out again. A refusal of our certificate is told elsewhere. */
export async function noteTrouble(base: Base, scope: Scope, outcomes: readonly Outcome[]): Promise<void> {
  const down = outcomes.find(o => o.kind === 'later' && o.provider)
  const accepted = outcomes.some(o => o.kind === 'accepted')
  if (!down && !accepted) return
  const known = await base.read(scope, store.find)
  if (accepted ? known === undefined : known !== undefined) return
  await base.transact(scope, async ctx => {
    if (!accepted) return store.begin(ctx, down?.kind === 'later' ? down.reason : '')
    const ended = await store.end(ctx)
    if (ended?.told === 1) await record(ctx, pushEvents.recovered, null, { afterMs: ctx.now - ended.since })
  })
}

/** Tells once of trouble that does not pass. */
export async function tellTrouble(ctx: Ctx): Promise<void> {
  const known = await store.find(ctx)
  if (!known || known.told === 1 || ctx.now - known.since < patienceMs) return
  await store.told(ctx)
  const minutes = Math.floor((ctx.now - known.since) / minute)
  await record(ctx, pushEvents.failing, null, { minutes, reason: known.reason })
}
