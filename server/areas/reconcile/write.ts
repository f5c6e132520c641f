import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { OrgState } from '../blueprints/index.ts'
import * as devices from '../devices/index.ts'
import * as push from '../push/index.ts'
import type { Contents } from './contents.ts'
import * as store from './desired-store.ts'
import { reconcileEvents } from './events.ts'
import { differs, drop, want, type WantedItem } from './grade.ts'
import type { ItemStatus } from './item.ts'
import { reachedBy } from './status.ts'
import * as statuses from './status-store.ts'

/** What was computed for a device; `managed: null` where nothing can be delivered to it. */
export interface Computed {
  readonly device: string
  readonly managed: {
    readonly enrollment: string
    readonly unitPath: string
    readonly contents: Contents
    readonly items: readonly WantedItem[]
    readonly inputs: string
  } | null
}

/** Brings the rows of a device in step with what was computed: only differences are written, and only those that the device notices make a generation. */
export async function write(ctx: Ctx, state: OrgState, computed: Computed): Promise<void> {
  const { device, managed } = computed
  const row = await store.findDesired(ctx, device)
  if (managed === null) return forget(ctx, row)
  const { enrollment, unitPath, contents, inputs } = managed
  const again = row?.enrollment === enrollment
  if (row?.enrollment && !again) await statuses.removeItems(ctx, row.enrollment)
  const change = compare(managed.items, again ? await statuses.listItems(ctx, enrollment) : [], {
    of: { device, enrollment },
    now: ctx.now,
  })
  await statuses.addItems(ctx, change.fresh)
  for (const one of change.altered) await statuses.changeItem(ctx, one)
  for (const one of change.gone) await statuses.removeItem(ctx, one, one.item)
  if (contents.items.length > 0) await store.putSet(ctx, contents)
  const counts = { added: change.added.size, changed: change.changed.size, removed: change.removed.size }
  const grows = counts.added + counts.changed + counts.removed > 0
  const generation = (row?.generation ?? 0) + (grows ? 1 : 0)
  await store.putDesired(ctx, {
    device,
    enrollment,
    unit_path: unitPath,
    generation,
    effective: contents.items.length > 0 ? contents.hash : '',
    inputs,
    at: grows || !row ? ctx.now : row.at,
    reached: row?.reached ?? 0,
    reached_at: row?.reached_at ?? null,
  })
  if (!grows) return
  await record(ctx, reconcileEvents.changed, devices.about({ id: device as devices.Device['id'], unitPath }), {
    generation,
    ...counts,
    names: namesOf(state, change),
  })
  for (const account of change.awaited) await push.wake(ctx, { enrollment, account })
  // A change that was taken back before the device heard of it is reached at once.
  if (change.awaited.size === 0) await reachedBy(ctx, device)
}

/** A device that is not managed any more keeps its generation, so that the next one is greater, and nothing else. */
async function forget(ctx: Ctx, row: store.DesiredRow | undefined): Promise<void> {
  if (!row) return
  if (row.enrollment) await statuses.removeItems(ctx, row.enrollment)
  if (!(await devices.find(ctx, row.device))) return store.removeDesired(ctx, row.device)
  await store.putDesired(ctx, { ...row, enrollment: null, effective: '', inputs: '', at: ctx.now })
}

interface Change {
  readonly fresh: ItemStatus[]
  readonly altered: ItemStatus[]
  readonly gone: ItemStatus[]
  /** Names of items, whose policies the log names. */
  readonly added: Map<string, string>
  readonly changed: Map<string, string>
  readonly removed: Map<string, string>
  /** Accounts whose channel has something to do. */
  readonly awaited: Set<string>
}

function compare(
  wishes: readonly WantedItem[],
  rows: readonly ItemStatus[],
  { of, now }: { of: { device: string; enrollment: string }; now: number },
): Change {
  const key = (one: { account: string; item: string }): string => `${one.account} ${one.item}`
  const left = new Map(rows.map(r => [key(r), r]))
  const change: Change = {
    fresh: [],
    altered: [],
    gone: [],
    added: new Map(),
    changed: new Map(),
    removed: new Map(),
    awaited: new Set(),
  }
  for (const wish of wishes) {
    const row = left.get(key(wish))
    left.delete(key(wish))
    const next = want(of, row, wish, now)
    if (!row) change.fresh.push(next)
    else if (JSON.stringify(next) !== JSON.stringify(row)) change.altered.push(next)
    if (row && !differs(row, wish)) continue
    const kind = row === undefined || row.wanted === null ? 'added' : 'changed'
    change[kind].set(wish.item, wish.policy)
    if (next.state === 'wanted') change.awaited.add(wish.account)
  }
  for (const row of left.values()) {
    if (row.wanted === null) continue
    const next = drop(row, now)
    if (next) change.altered.push(next)
    else change.gone.push(row)
    change.removed.set(row.item, row.policy)
    if (next) change.awaited.add(row.account)
  }
  return change
}

const mostNames = 5

function namesOf(state: OrgState, { added, changed, removed }: Change): string[] {
  const policies = new Set([...added.values(), ...changed.values(), ...removed.values()])
  return [...policies].flatMap(id => state.policies.get(id)?.name ?? []).slice(0, mostNames)
}
