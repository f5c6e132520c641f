import * as apps from '../../../areas/apps/index.ts'
import * as commands from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import * as reconcile from '../../../areas/reconcile/index.ts'
import { appKind } from '../../../areas/policies/index.ts'
import { everything } from '../../../base/authority.ts'
import { as, type Ctx } from '../../../base/ctx.ts'
import { type On, outlookOf, type Way } from '../ddm/outlook.ts'
import { deliveredUuid, handleOf } from '../deliver/profile.ts'
import { isValues, textOf } from '../policies/pen.ts'

/** The way of apps that go by commands of their own. */
export const byCommand = 'command'
/** Codes of what an app waits for. */
export const notAsked = 'app.not-asked'
export const noSeat = 'app.seat'

/** The app that an item of the kind `app` is about. */
export function appOf(item: string): string {
  return item.slice(appKind.length + 1)
}

/** Asks for the seats of apps that are due on the channel; answers by item why one is not there yet. */
export async function askSeats(
  ctx: Ctx,
  on: On,
  due: ReadonlySet<string>,
): Promise<ReadonlyMap<string, reconcile.ItemError>> {
  const held = new Map<string, reconcile.ItemError>()
  if (![...due].some(item => item.startsWith(`${appKind}#`))) return held
  const { ways } = await outlookOf(ctx, on)
  const { items } = await reconcile.itemsOn(ctx, on)
  const { user } = await devices.get(ctx, on.device)
  for (const { status, effective } of items) {
    const way = ways.get(status.item)
    if (isValues(effective?.value) && textOf(effective.value['presence']) === 'forbidden' && due.has(status.item))
      await dropForbidden(ctx, on, status.item)
    if (way?.by !== 'none' || way.code !== noSeat || !due.has(status.item)) continue
    const app = appOf(status.item)
    const holder = isValues(effective?.value) && textOf(effective.value['seat']) === 'user' ? 'user' : 'device'
    const seat = await apps.seatReady(ctx, { device: on.device, user, app, holder })
    if (seat.ready) continue
    const reason = { code: `app.seat-${seat.why}`, facts: seat.facts }
    held.set(status.item, reason)
    await apps.noteStatus(ctx, on.device, app, { state: 'license', reason })
  }
  return held
}

/** Queues the command that brings an app, or that takes it away where that is what is wanted; false when it waits already. */
export async function bringApp(ctx: Ctx, on: On, way: Extract<Way, { artifact: unknown }>): Promise<boolean> {
  const { spec, artifact } = way
  const { item, version, epoch } = spec
  const does = artifact.order?.does
  if (does === undefined || does === 'look') return false
  if (does === 'remove' && (await isAbsent(ctx, on, item))) {
    await reconcile.note(ctx, on, item, { did: 'installed', version, via: byCommand })
    return false
  }
  const sent =
    does === 'remove'
      ? await send(ctx, on, 'app.remove', { item, version, app: appOf(item) })
      : await send(ctx, on, 'app.order', { item, version, uuid: deliveredUuid(artifact, epoch) })
  if (!sent) return false
  await reconcile.note(ctx, on, item, { did: 'sent', version, via: byCommand, handle: handleOf(artifact, epoch) })
  if (does === 'install') await apps.noteStatus(ctx, on.device, appOf(item), { state: 'sent' })
  return true
}

/** What is forbidden now and was put there by us is taken away as well as blocked. */
async function dropForbidden(ctx: Ctx, on: On, item: string): Promise<void> {
  if (await isAbsent(ctx, on, item)) return
  await send(ctx, on, 'app.remove', { item: '-', app: appOf(item) })
}

/** Whether nothing of an app is known to be on the device by us. */
async function isAbsent(ctx: Ctx, on: On, item: string): Promise<boolean> {
  const known = await apps.findStatus(ctx, on.device, appOf(item))
  return known === undefined || known.state === 'removed' || (known.state === 'wanted' && known.heardAt === null)
}

/** Queues the command that takes away an app that is not wanted any more, unless it is to stay. */
export async function takeApp(ctx: Ctx, on: On, status: reconcile.ItemStatus): Promise<boolean> {
  const { item } = status
  const app = await apps.findApp(ctx, appOf(item))
  const known = await apps.findStatus(ctx, on.device, appOf(item))
  if (!app || known === undefined || known.state === 'removed') {
    await reconcile.note(ctx, on, item, { did: 'gone' })
    return false
  }
  if (!(await send(ctx, on, 'app.remove', { item, app: app.id }))) return false
  await reconcile.note(ctx, on, item, { did: 'sent', version: null })
  return true
}

/** Asks for what a device says of the apps that management put there; false when that has been asked already. */
export async function lookAtApps(ctx: Ctx, on: Pick<On, 'enrollment' | 'account' | 'device'>): Promise<boolean> {
  return send(ctx, on, 'managed-apps.query', {})
}

/** Asks how far the books are; false when that has been asked already. */
export async function lookAtBooks(ctx: Ctx, on: Pick<On, 'enrollment' | 'account' | 'device'>): Promise<boolean> {
  return send(ctx, on, 'managed-books.query', {})
}

async function send(
  ctx: Ctx,
  on: Pick<On, 'enrollment' | 'account' | 'device'>,
  kind: string,
  args: Record<string, string>,
): Promise<boolean> {
  const channel = { enrollment: on.enrollment, account: '' } as Parameters<typeof commands.waits>[1]
  if (await commands.waits(ctx, channel, kind, args)) return false
  const server = as(ctx, { org: ctx.org, actor: { kind: 'system', id: null, what: 'delivery' }, authority: everything })
  await commands.send(server, { device: on.device, kind, args, awake: true })
  return true
}
