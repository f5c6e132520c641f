import * as apps from '../../../areas/apps/index.ts'
import * as reconcile from '../../../areas/reconcile/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { appOf, notAsked } from './order.ts'
import type { Meaning } from './words.ts'

/** What a device said of an app that it should have. */
export interface Heard {
  readonly channel: reconcile.Channel
  readonly device: string
  readonly status: Pick<reconcile.ItemStatus, 'item' | 'wanted' | 'sent' | 'state' | 'via' | 'handle' | 'attempts'>
  readonly meaning: Meaning
  /** That it has, where it says so. */
  readonly version?: string | null
}

/** Takes in what a device said of one app: how far it is goes to the catalog, whether it is as wanted to the items of the device. */
export async function hear(ctx: Ctx, { channel, device, status, meaning, version }: Heard): Promise<void> {
  const { item, wanted } = status
  const app = appOf(item)
  const { state, code, final } = meaning
  const known = await apps.findStatus(ctx, device, app)
  // It goes away: until it is gone there is nothing new to say.
  if (wanted === null || known?.presence === 'removed' || known?.presence === 'forbidden') return
  if (state === 'removed') return lost(ctx, { channel, device, item, version: wanted }, known)
  const reason = code === undefined ? null : { code }
  await apps.noteStatus(ctx, device, app, { state, reason, heard: true, ...(version ? { version } : {}) })
  // A word that may be about the version before does not grade this one.
  if (status.sent !== wanted) return
  if (state === 'installed')
    await reconcile.note(ctx, channel, item, { did: 'installed', version: wanted, ...wayOf(status) })
  else if ((state === 'failed' || state === 'rejected') && code !== undefined)
    await reconcile.note(ctx, channel, item, { did: 'failed', version: wanted, error: { code }, final: final ?? false })
}

function wayOf({ via, handle }: Heard['status']): { via?: string; handle?: string } {
  return { ...(via === null ? {} : { via }), ...(handle === null ? {} : { handle }) }
}

/** The person took it away: what is required comes back, what is only offered is not asked for any more. */
async function lost(
  ctx: Ctx,
  { channel, device, item, version }: { channel: reconcile.Channel; device: string; item: string; version: string },
  known: apps.AppStatus | undefined,
): Promise<void> {
  const app = appOf(item)
  const was = known?.state === 'installed' || known?.state === 'updating'
  if (!was) return
  await apps.noteStatus(ctx, device, app, { state: 'removed', heard: true })
  await reconcile.note(ctx, channel, item, { did: 'drifted', has: null })
  if (known?.presence !== 'available') return
  await apps.unwish(ctx, device, app)
  await reconcile.note(ctx, channel, item, { did: 'waiting', version, error: { code: notAsked } })
}

/** The device does not name an app that it had: it is as if the person took it away. */
export async function missed(ctx: Ctx, heard: Omit<Heard, 'meaning'>): Promise<void> {
  const { status, device, channel } = heard
  if (status.wanted === null) {
    await reconcile.note(ctx, channel, status.item, { did: 'gone' })
    await apps.noteStatus(ctx, device, appOf(status.item), { state: 'removed', heard: true })
    await apps.forget(ctx, device, appOf(status.item))
    return
  }
  if (status.state === 'installed') await hear(ctx, { ...heard, meaning: { state: 'removed' } })
}
