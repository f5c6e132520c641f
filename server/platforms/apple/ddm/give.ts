import * as reconcile from '../../../areas/reconcile/index.ts'
import { plan } from '../../../areas/reconcile/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { handleOf } from '../deliver/profile.ts'
import { type On, type Outlook, outlookOf } from './outlook.ts'
import { watch } from './stall.ts'
import * as store from './store.ts'
import { tell } from './tell.ts'

/** What a channel is told: the token of its set, and since when the set has it. */
export interface Given {
  readonly outlook: Outlook
  readonly token: string
  readonly changedAt: number
}

/** The token of the channel's set as it is now. Its time moves only when the token does. Null where declarations are not known. */
export async function tokenOf(ctx: Ctx, on: On): Promise<Given | null> {
  const outlook = await outlookOf(ctx, on)
  const { declared, channel } = outlook
  if (!declared) return null
  const { token } = declared
  if (channel.token === token) return { outlook, token, changedAt: channel.changed_at }
  await store.channelOf(ctx, on, on.device)
  await store.changeChannel(ctx, on, { token, changed_at: ctx.now })
  return { outlook, token, changedAt: ctx.now }
}

/**
 * The same, to be told to the device now: then what is in the set has been handed over, and the device is expected to speak.
 * Telling it again changes nothing.
 */
export async function giveToken(ctx: Ctx, on: On): Promise<Given | null> {
  const given = await tokenOf(ctx, on)
  if (!given) return null
  const { outlook, token } = given
  if (outlook.channel.given !== token) {
    await store.changeChannel(ctx, on, { given: token, given_at: ctx.now })
    await watch(ctx, on)
  }
  await reconcile.noteAll(ctx, on, handedOver(outlook, ctx.now))
  return given
}

/**
 * The same, for the list of what is declared. The set may have changed since its token was told: a device that is in the middle takes what is
 * listed now, keeps the token of that, and has nothing to fetch or report when it is told of it. So all of it is handed over with the list, and what
 * the device says of it counts; it is told all the same, should it give up in the middle.
 */
export async function listed(ctx: Ctx, on: On): Promise<Given | null> {
  const now = await tokenOf(ctx, on)
  if (!now || now.outlook.channel.given === now.token) return now
  const given = await giveToken(ctx, on)
  await tell(ctx, on)
  return given
}

/** The items that are handed over with the set: those it says in another version than was handed over, those due again, and removals. */
function handedOver({ items, ways, declared }: Outlook, now: number): reconcile.Note[] {
  const due = new Set(
    plan(
      items.map(i => i.status),
      now,
    ).map(step => step.item),
  )
  return items.flatMap(({ status }): reconcile.Note[] => {
    const { item, wanted, sent } = status
    if (wanted === null) return isDeclared(status.via) && due.has(item) ? [{ item, did: 'sent', version: null }] : []
    const said = declared?.items.get(item)
    const way = ways.get(item)
    if (said?.version !== wanted || !way || way.by === 'none' || (sent === wanted && !due.has(item))) return []
    return [{ item, did: 'sent', version: wanted, via: way.by, handle: handleOf(way.artifact, way.spec.epoch) }]
  })
}

/** Whether an item went this way as declarations. */
export function isDeclared(via: string | null): boolean {
  return via === 'declarations' || via === 'legacy'
}
