import * as guard from './areas/guard/index.ts'
import * as identity from './areas/identity/index.ts'
import { everything } from './base/authority.ts'
import type { Ctx } from './base/ctx.ts'
import type { Base } from './base/transact.ts'

/** What the command line says about itself. */
export const guardUsage = `guard status                 what is stopped, and what is held
guard freeze REASON          stops everything: nothing that changes a device leaves
guard unfreeze               lifts that
guard close-breaker          lets go on what the breaker stopped
guard release INTENT         agrees to what is held, in the place of everyone who is needed
guard cancel INTENT          withdraws what is held
guard restored               says that this database was restored from a copy
guard release-epoch          lets go what was queued before the restore
guard confirm-time           says that the clock is right
guard reset                  sets the limits back to what they are at first`

/** The guard, by whoever may read the key file of this machine: it needs nobody's approval, and every use is in the log. */
export async function guardHere(base: Base, [verb, ...args]: readonly string[]): Promise<string | null> {
  const [org] = await identity.orgs(base)
  if (org === undefined) return 'Set Muster up first: ./muster start, or ./muster setup'
  const scope = { org, actor: { kind: 'system', id: null, what: 'local' }, authority: everything } as const
  const act = (said: string, work: (ctx: Ctx) => Promise<unknown>): Promise<string> =>
    base.transact(scope, work).then(() => said)
  const [one = ''] = args
  switch (verb) {
    case 'status':
      return base.read(scope, status)
    case 'freeze':
      if (args.length === 0) return null
      return act('Everything is stopped.', ctx => guard.freeze(ctx, args.join(' ')))
    case 'unfreeze':
      return act('The stop is lifted.', ctx => guard.liftHere(ctx, 'frozen'))
    case 'close-breaker':
      return act('The breaker is closed.', ctx => guard.liftHere(ctx, 'breaker'))
    case 'restored':
      return act('What was queued to interrupt or to erase is held.', guard.restored)
    case 'release-epoch':
      return act('What was queued before the restore leaves.', ctx => guard.liftHere(ctx, 'restored'))
    case 'confirm-time':
      return act('The clock is believed.', ctx => guard.liftHere(ctx, 'time'))
    case 'reset':
      return act('The limits are what they are at first.', ctx => guard.carryOutLimits(ctx, guard.defaultLimits))
    case 'release':
      return one === '' ? null : act(`Agreed to ${one}.`, ctx => guard.approveHere(ctx, one))
    case 'cancel':
      return one === '' ? null : act(`Withdrew ${one}.`, ctx => guard.cancelIntent(ctx, one, 'local'))
    default:
      return null
  }
}

async function status(ctx: Ctx): Promise<string> {
  const state = await guard.standingOf(ctx)
  const at = (instant: number): string => new Date(instant).toISOString()
  const stops = [
    state.frozen_at === null ? [] : [`Everything is stopped since ${at(state.frozen_at)}: ${state.frozen_reason}`],
    state.breaker_at === null
      ? []
      : [`The breaker is open since ${at(state.breaker_at)}: ${state.breaker_count} in ${state.breaker_minutes} min`],
    state.restored_at === null ? [] : [`Restored from a copy, noticed ${at(state.restored_at)}; what waited is held`],
    state.doubted_at === null ? [] : [`The clock is doubted since ${at(state.doubted_at)}, off by ${state.off_by} ms`],
  ].flat()
  const held = (await guard.openIntents(ctx)).map(i => {
    const what = i.count > 0 ? `${i.count} devices, ${i.sent} left` : (i.summary ?? '')
    return `${i.id}  ${i.state}  ${i.action}  ${what}`
  })
  return [...(stops.length > 0 ? stops : ['Nothing is stopped.']), ...held].join('\n')
}
