import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import * as apps from '../apps/index.ts'
import * as devices from '../devices/index.ts'
import { appKind } from '../policies/index.ts'
import * as push from '../push/index.ts'
import * as desired from './desired-store.ts'
import { reconcileEvents } from './events.ts'
import { again, type Graded, grade, isHeld, unanswered, type Word } from './grade.ts'
import type { Channel, ItemStatus } from './item.ts'
import * as past from './past-store.ts'
import * as store from './status-store.ts'

/** What a platform says about one item. */
export type Note = { readonly item: string } & Word

/** Notes what became of an item on a channel. Answers whether the item is known there; what is not known was never asked for and is nothing to us. */
export async function note(ctx: Ctx, channel: Channel, item: string, word: Word): Promise<boolean> {
  const row = await store.findItem(ctx, channel, item)
  if (!row) return false
  await keep(ctx, [[row, grade(row, word, ctx.now)]])
  return true
}

/** The same for many items of a channel at once: one read for all, rows that stay as they are are not written. Answers how many were known. */
export async function noteAll(ctx: Ctx, channel: Channel, notes: readonly Note[]): Promise<number> {
  if (notes.length === 0) return 0
  const rows = new Map((await store.listItems(ctx, channel.enrollment, channel.account)).map(r => [r.item, r]))
  const first = new Map<string, ItemStatus>()
  const graded = new Map<string, Graded>()
  for (const { item, ...word } of notes) {
    const row = graded.has(item) ? graded.get(item)?.after : rows.get(item)
    const known = rows.get(item)
    if (!row || !known) continue
    first.set(item, known)
    const { after, told } = grade(row, word, ctx.now)
    graded.set(item, { after, told: [...(graded.get(item)?.told ?? []), ...told] })
  }
  await keep(
    ctx,
    [...graded].flatMap(([item, g]) => {
      const row = first.get(item)
      return row ? [[row, g] as const] : []
    }),
  )
  return graded.size
}

/** Whether there may be a step to take on the channel now: one look, for contacts of devices that are as they should be. */
export function mayHaveWork(ctx: Ctx, channel: Channel): Promise<boolean> {
  return store.hasDue(ctx, channel)
}

/** Everything known of the items of a channel: those wanted, and those that are to be removed. */
export function statusOf(ctx: Ctx, enrollment: string, account = ''): Promise<ItemStatus[]> {
  return store.listItems(ctx, enrollment, account)
}

/** Tries failed and unsupported items of a device again, all or one, as if they had never been. Answers how many. */
export async function retry(ctx: Ctx, device: devices.Device, item: string | null): Promise<number> {
  const row = await desired.findDesired(ctx, device.id)
  if (!row?.enrollment) return 0
  const items = (await store.listItems(ctx, row.enrollment)).filter(i => item === null || i.item === item)
  const changed = items.map(i => again(i, ctx.now)).filter((after, i) => after !== items[i])
  for (const after of changed) await store.changeItem(ctx, after)
  if (changed.length > 0) await past.keepItems(ctx, [row.enrollment])
  if (changed.length > 0)
    await record(ctx, reconcileEvents.retried, devices.about(device), { item, items: changed.length })
  for (const account of new Set(changed.map(i => i.account)))
    await push.wake(ctx, { enrollment: row.enrollment, account })
  return changed.length
}

/** What was not supported, or what its platform held back, may go now: the device has changed, a seat is there, somebody asked. Its platform looks again at the next contact. */
export async function reconsider(ctx: Ctx, device: string): Promise<void> {
  const row = await desired.findDesired(ctx, device)
  if (!row?.enrollment) return
  const unsupported = (await store.listItems(ctx, row.enrollment)).filter(i => i.state === 'unsupported' || isHeld(i))
  for (const one of unsupported) await store.changeItem(ctx, again(one, ctx.now))
  if (unsupported.length > 0) await past.keepItems(ctx, [row.enrollment])
  for (const account of new Set(unsupported.map(i => i.account)))
    await push.wake(ctx, { enrollment: row.enrollment, account })
}

/** One look at items that are due: their devices are woken, and what was never answered has failed. Answers how many were looked at. */
export async function sweepDue(ctx: Ctx, most: number): Promise<number> {
  const due = await store.dueItems(ctx, most)
  const woken = new Set<string>()
  for (const row of due) {
    const graded = unanswered(row, ctx.now)
    if (graded.told.length > 0) {
      await keep(ctx, [[row, graded]])
      continue
    }
    // Once is enough: a wake is repeated until the device calls.
    await store.lookedAt(ctx, row, row.item)
    const channel = `${row.enrollment}|${row.account}`
    if (woken.has(channel)) continue
    woken.add(channel)
    await push.wake(ctx, row)
  }
  return due.length
}

async function keep(ctx: Ctx, all: readonly (readonly [ItemStatus, Graded])[]): Promise<void> {
  for (const [before, { after }] of all) {
    if (after === null) await gone(ctx, before)
    else if (differ(before, after)) await store.changeItem(ctx, after)
    if (after !== null && after.kind === appKind && after.state !== before.state)
      await apps.noteItem(ctx, itemOfApp(after))
  }
  for (const [row, { told }] of all) for (const one of told) await tell(ctx, row, one)
  const [first] = all
  const moved = all.some(([before, { after }]) => after === null || after.state !== before.state)
  if (!first || !moved) return
  await past.keepItems(ctx, [...new Set(all.map(([before]) => before.enrollment))])
  await reachedBy(ctx, first[0].device)
}

/** What the catalog hears of an item that is an app. */
function itemOfApp({ device, item, state, error, wanted }: ItemStatus): apps.ItemWord {
  return { device, app: item.slice(appKind.length + 1), state: wanted === null ? 'removing' : state, reason: error }
}

/** It is neither wanted nor there any more; of an app the catalog hears as well. */
async function gone(ctx: Ctx, row: ItemStatus): Promise<void> {
  await store.removeItem(ctx, row, row.item)
  if (row.kind === appKind) await apps.left(ctx, row.device, row.item.slice(appKind.length + 1))
}

/** Whether something changed beside when it was heard. */
function differ(before: ItemStatus, after: ItemStatus): boolean {
  return Object.entries(after).some(([key, value]) => key !== 'reportedAt' && before[key as keyof ItemStatus] !== value)
}

async function tell(ctx: Ctx, row: ItemStatus, one: Graded['told'][number]): Promise<void> {
  const device = await devices.find(ctx, row.device)
  if (!device) return
  const about = devices.about(device)
  const { item, policy, policyVersion: version } = row
  switch (one.told) {
    case 'failed':
      return record(ctx, reconcileEvents.failed, about, {
        item,
        policy,
        version,
        code: one.error.code,
        final: one.final,
      })
    case 'drifted':
      return record(ctx, reconcileEvents.drifted, about, { item, policy, missing: one.missing })
    case 'repaired':
      return record(ctx, reconcileEvents.repaired, about, { item, policy })
  }
}

/** Says so once when a device has everything of its generation. */
export async function reachedBy(ctx: Ctx, device: string): Promise<void> {
  const row = await desired.findDesired(ctx, device)
  if (!row?.enrollment || row.reached >= row.generation || (await store.hasUnsettled(ctx, row.enrollment))) return
  const found = await devices.find(ctx, device)
  if (!found) return
  await desired.noteReached(ctx, device, row.generation)
  const { generation } = row
  await record(ctx, reconcileEvents.reached, devices.about(found), { generation, afterMs: ctx.now - row.at })
}
