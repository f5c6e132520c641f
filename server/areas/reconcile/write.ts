import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import * as apps from '../apps/index.ts'
import type { OrgState } from '../blueprints/index.ts'
import * as devices from '../devices/index.ts'
import * as push from '../push/index.ts'
import type { Contents } from './contents.ts'
import * as store from './desired-store.ts'
import { reconcileEvents } from './events.ts'
import { differs, drop, want, type WantedItem } from './grade.ts'
import type { ItemStatus } from './item.ts'
import * as past from './past-store.ts'
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

/**
 * Brings the rows of devices in step with what was computed: only differences are written, and only those that a device notices make a generation.
 * Those of many devices are read and written together, because a policy for everyone touches everyone.
 */
export async function writeAll(ctx: Ctx, state: OrgState, all: readonly Computed[]): Promise<void> {
  const rows = await store.desiredOfAll(
    ctx,
    all.map(c => c.device),
  )
  const known = await statuses.itemsOfAll(
    ctx,
    [...rows.values()].flatMap(r => r.enrollment ?? []),
  )
  const written = all.flatMap(({ device, managed }) => {
    if (managed === null) return []
    const row = rows.get(device)
    const items = row?.enrollment === managed.enrollment ? (known.get(managed.enrollment) ?? []) : []
    const of = { device, enrollment: managed.enrollment }
    return [{ device, managed, row, change: compare(managed.items, items, { of, now: ctx.now }) }]
  })
  for (const { device, managed } of all) {
    const row = rows.get(device)
    if (managed === null) await forget(ctx, row)
    else if (row?.enrollment && row.enrollment !== managed.enrollment) await statuses.removeItems(ctx, row.enrollment)
  }
  await statuses.putItems(
    ctx,
    written.flatMap(w => [...w.change.fresh, ...w.change.altered]),
  )
  for (const { change } of written) for (const one of change.gone) await statuses.removeItem(ctx, one, one.item)
  await past.keepItems(
    ctx,
    written
      .filter(w => w.change.fresh.length + w.change.altered.length + w.change.gone.length > 0)
      .map(w => w.managed.enrollment),
  )
  for (const contents of new Set(written.map(w => w.managed.contents)))
    if (contents.items.length > 0) await store.putSet(ctx, contents)
  await store.putDesired(
    ctx,
    written.map(w => rowOf(ctx, w)),
  )
  const expected = written.map(appsOf)
  await apps.expect(ctx, expected)
  await apps.expectSeats(ctx, expected)
  for (const one of written) if (grows(one.change)) await tell(ctx, state, one)
}

/** What of the catalog the device should have, by its items. */
function appsOf({ device, managed }: Written): apps.Expected {
  const wanted = managed.contents.items.flatMap(({ app, effective: { value } }) =>
    app === null ? [] : [[app, apps.presenceIn(value)] as const],
  )
  const forPerson = managed.contents.items.flatMap(({ app, effective: { value } }) =>
    app !== null && apps.seatIn(value) === 'user' ? [app] : [],
  )
  return { device, apps: new Map(wanted), forPerson: new Set(forPerson) }
}

interface Written {
  readonly device: string
  readonly managed: NonNullable<Computed['managed']>
  readonly row: store.DesiredRow | undefined
  readonly change: Change
}

function rowOf(ctx: Ctx, { device, managed, row, change }: Written): Omit<store.DesiredRow, 'org'> {
  const { enrollment, unitPath, contents, inputs } = managed
  const next = grows(change)
  return {
    device,
    enrollment,
    unit_path: unitPath,
    generation: (row?.generation ?? 0) + (next ? 1 : 0),
    effective: contents.items.length > 0 ? contents.hash : '',
    inputs,
    at: next || !row ? ctx.now : row.at,
    reached: row?.reached ?? 0,
    reached_at: row?.reached_at ?? null,
  }
}

/** Says that a device has a new generation, and wakes it. */
async function tell(ctx: Ctx, state: OrgState, { device, managed, row, change }: Written): Promise<void> {
  const { enrollment, unitPath } = managed
  const about = devices.about({ id: device as devices.Device['id'], unitPath })
  await record(ctx, reconcileEvents.changed, about, {
    generation: (row?.generation ?? 0) + 1,
    added: change.added.size,
    changed: change.changed.size,
    removed: change.removed.size,
    names: namesOf(state, change),
  })
  for (const account of change.awaited) await push.wake(ctx, { enrollment, account })
  // A change that was taken back before the device heard of it is reached at once.
  if (change.awaited.size === 0) await reachedBy(ctx, device)
}

function grows({ added, changed, removed }: Change): boolean {
  return added.size + changed.size + removed.size > 0
}

/** A device that is not managed any more keeps its generation, so that the next one is greater, and nothing else. */
async function forget(ctx: Ctx, row: store.DesiredRow | undefined): Promise<void> {
  if (!row) return
  if (row.enrollment) await statuses.removeItems(ctx, row.enrollment)
  await apps.forgetDevice(ctx, row.device)
  if (!(await devices.find(ctx, row.device))) return store.removeDesired(ctx, row.device)
  const { org: _, ...rest } = row
  await store.putDesired(ctx, [{ ...rest, enrollment: null, effective: '', inputs: '', at: ctx.now }])
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
