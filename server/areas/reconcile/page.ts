import type { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { isId } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { type Contribution, type Effective, type EffectiveItem, type OrgState, resolve } from '../blueprints/index.ts'
import type * as devices from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import { namesOf } from '../identity/index.ts'
import { findPolicyKind, policyFor } from '../policies/index.ts'
import { gapsIn, snapshotIn, targetsPage } from '../previews/index.ts'
import { countable, countsOf, tallyOf } from './counts.ts'
import * as counts from './count-store.ts'
import { setOf } from './desired.ts'
import { type DesiredRow, findDesired } from './desired-store.ts'
import { dirtyAmong } from './dirty-store.ts'
import { type ItemError, type ItemState, type ItemStatus, itemStates } from './item.ts'
import type * as shapes from './shapes.ts'
import * as statuses from './status-store.ts'

type Shown<S extends z.ZodType> = z.input<S>
type Status = Shown<typeof shapes.status>
type Source = Shown<typeof shapes.source>

/** What a device should have, why, and how far each item is. Of a device that is not managed: what it would have. */
export async function pageOf(ctx: Ctx, device: devices.Device): Promise<Shown<typeof shapes.devicePolicy>> {
  const state = await snapshotIn(ctx)
  const row = await findDesired(ctx, device.id)
  const managed = row !== undefined && row.enrollment !== null
  const known = managed ? await statuses.listItems(ctx, row.enrollment ?? '') : []
  const { items } = managed ? await setOf(ctx, row.effective) : await wouldHave(ctx, state, device.id)
  const accounts = await accountNames(ctx, managed ? (row.enrollment ?? '') : null)
  const names = await namesFor(ctx, state, items)
  const [target] = await targetsPage(ctx, { ids: [device.id], limit: 1 })
  const byItem = Map.groupBy(known, s => s.item)
  const wanted = items.map(item => {
    const own = (byItem.get(item.item) ?? []).map(s => shownStatus(s, accounts))
    const lacks = (target ? gapsIn(item, target) : []).map(({ key, reason }) => ({ key, reason }))
    return { ...shownItem(item, state, names), status: furthest(own), channels: own, lacks }
  })
  const leaving = [...byItem].flatMap(([item, rows]) => {
    const [first] = rows
    if (!first || items.some(i => i.item === item)) return []
    const own = rows.map(s => shownStatus(s, accounts))
    const [, instance = null] = item.split(/#(.*)/s)
    const { kind, policy, policyVersion: version } = first
    const name = state.policies.get(policy)?.name ?? item
    return [
      { item, kind, instance, name, policy, version, status: furthest(own), channels: own, settings: [], lacks: [] },
    ]
  })
  return {
    state: await standing(ctx, device.id, row, known),
    generation: row?.generation ?? 0,
    at: managed ? row.at : null,
    reachedAt: managed && row.reached >= row.generation ? row.reached_at : null,
    items: [...wanted, ...leaving],
  }
}

async function wouldHave(ctx: Ctx, state: OrgState, device: string): Promise<Effective> {
  const [target] = await targetsPage(ctx, { ids: [device], limit: 1 })
  return target ? resolve(state, target, ctx.now, findPolicyKind) : { hash: '', items: [] }
}

async function standing(
  ctx: Ctx,
  device: string,
  row: DesiredRow | undefined,
  items: readonly ItemStatus[],
): Promise<Shown<typeof shapes.devicePolicy>['state']> {
  if (!row || row.enrollment === null) {
    const managed = (await enrollment.activeOf(ctx, [device])).size > 0
    return managed ? 'computing' : 'unmanaged'
  }
  if ((await dirtyAmong(ctx, [device])).length > 0) return 'computing'
  if (items.some(i => i.state === 'failed' || i.state === 'blocked')) return 'failed'
  return row.reached >= row.generation ? 'reached' : 'pending'
}

/** The state that needs a look most comes first. */
const order: readonly ItemState[] = [
  'failed',
  'blocked',
  'sent',
  'wanted',
  'removing',
  'waiting',
  'unsupported',
  'installed',
]

function furthest(all: readonly Status[]): Status | null {
  return [...all].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))[0] ?? null
}

function shownStatus(row: ItemStatus, accounts: ReadonlyMap<string, string>): Status {
  const { account } = row
  return {
    state: row.state,
    at: row.changedAt,
    error: shownError(row.error),
    attempts: row.attempts,
    nextAt: row.notBefore,
    handedAt: row.sentAt,
    reportedAt: row.reportedAt,
    driftedAt: row.driftedAt,
    account: account === '' ? null : { id: account, name: accounts.get(account) ?? '' },
    via: row.via,
  }
}

function shownError(error: ItemError | null): Shown<typeof shapes.stuck> | null {
  return error === null ? null : { code: error.code, facts: { ...error.facts } }
}

async function accountNames(ctx: Ctx, of: string | null): Promise<ReadonlyMap<string, string>> {
  if (of === null) return new Map()
  const all = await enrollment.accountsOf(ctx, of)
  return new Map(all.map(a => [a.id, a.longName ?? a.shortName ?? '']))
}

/** Names of what items reached the device by: units by path, groups, users and devices by id. */
async function namesFor(
  ctx: Ctx,
  state: OrgState,
  items: readonly EffectiveItem[],
): Promise<ReadonlyMap<string, string>> {
  const by = new Set(items.flatMap(i => i.from.map(c => c.reach.by)))
  const missing = [...by].filter(id => !state.names.has(id) && /^[a-z]{3}_/.test(id))
  return new Map([...state.names, ...(await namesOf(ctx, missing))])
}

function shownItem(item: EffectiveItem, state: OrgState, names: ReadonlyMap<string, string>) {
  const from = item.from.map(c => shownSource(c, state, names))
  const [nearest] = item.from
  const pick = (i: number): Source[] => (from[i] === undefined ? [] : [from[i]])
  return {
    item: item.item,
    kind: item.kind,
    instance: item.instance,
    name: state.policies.get(nearest?.policy ?? '')?.name ?? item.name,
    policy: nearest?.policy ?? '',
    version: nearest?.version ?? 0,
    settings: Object.entries(item.keys).map(([key, p]) => ({
      key,
      value: p.value,
      decided: p.decided,
      from: p.won.flatMap(pick),
      lost: p.lost.flatMap(l => pick(l.from).map(source => ({ ...source, value: l.value }))),
    })),
  }
}

function shownSource(c: Contribution, state: OrgState, names: ReadonlyMap<string, string>): Source {
  const { level, by } = c.reach
  return {
    policy: { id: c.policy, name: state.policies.get(c.policy)?.name ?? '' },
    version: c.version,
    blueprint: { id: c.blueprint, name: state.blueprints.get(c.blueprint)?.name ?? '' },
    assignment: c.assignment,
    reach: { level, by, name: names.get(by) ?? by },
    through:
      c.through === undefined
        ? null
        : 'rollout' in c.through
          ? { kind: 'rollout', id: c.through.rollout }
          : { kind: 'trial', id: c.through.trial },
  }
}

/** How far a policy is, by version and state. */
export async function statusPageOf(ctx: Ctx, policy: string): Promise<Shown<typeof shapes.policyStatus>> {
  await policyFor(ctx, policy, 'policies:read')
  const none = { desired: 0, installed: 0, failed: 0, pending: 0 }
  return { counts: (await countsOf(ctx, [policy])).get(policy) ?? none, states: await tallyOf(ctx, policy) }
}

/** What may be asked of the devices of a policy: a state, or `pending` for all that are on their way. */
export const askedStates = [...itemStates, 'pending'] as const

/** One page of the devices that have something of a policy, of those the reader may see, in order of their ids. */
export async function devicesOf(
  ctx: Ctx,
  policy: string,
  asked: { state?: (typeof askedStates)[number] | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: Shown<typeof shapes.policyDevice>[]; next: string | null; total: null }> {
  await policyFor(ctx, policy, 'policies:read')
  if (asked.cursor !== undefined && !isId('device', asked.cursor)) throw new Problem('cursor.unknown')
  const states: readonly ItemState[] =
    asked.state === undefined
      ? itemStates
      : asked.state === 'pending'
        ? ['wanted', 'sent', 'removing', 'waiting', 'blocked']
        : [asked.state]
  // A device may have something of a policy more than once; it is shown once, as it is where it is furthest behind.
  const most = asked.limit * 4
  const rows = await counts.itemsOfPolicy(ctx, {
    policy,
    states,
    paths: countable(ctx),
    after: asked.cursor ?? '',
    limit: most,
  })
  const byDevice = [...Map.groupBy(rows, r => r.device)]
  // What was cut off belongs to the next page.
  const whole = rows.length === most && byDevice.length > 1 ? byDevice.slice(0, -1) : byDevice
  const page = whole.slice(0, asked.limit)
  const names = await namesOf(
    ctx,
    page.map(([device]) => device),
  )
  const items = page.flatMap(([device, own]) => {
    const [row] = own.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
    if (!row) return []
    const { item, version, state, attempts, changedAt: at } = row
    return [
      {
        device: { id: device, name: names.get(device) ?? '' },
        item,
        version,
        state,
        attempts,
        at,
        error: shownError(row.error),
      },
    ]
  })
  const more = page.length < whole.length || whole.length < byDevice.length || rows.length === most
  return { items, next: more ? (page.at(-1)?.[0] ?? null) : null, total: null }
}
