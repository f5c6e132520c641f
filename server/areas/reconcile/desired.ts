import type { Ctx } from '../../base/ctx.ts'
import type { Effective, EffectiveItem } from '../blueprints/index.ts'
import * as store from './desired-store.ts'
import type { ItemStatus } from './item.ts'
import { type Step, plan } from './plan.ts'
import * as statuses from './status-store.ts'

/** One thing a device should have, in the version that counts. */
export type DesiredItem = EffectiveItem & { readonly version: string }

/** What a device should have, since when, in which generation. */
export interface Desired {
  readonly device: string
  readonly enrollment: string
  readonly generation: number
  readonly at: number
  readonly items: readonly DesiredItem[]
}

/** Stored sets this process has read, by org and hash: their content follows from the hash, so they are never stale. The oldest are forgotten first. */
const read = new Map<string, Effective>()
const mostRead = 500

/** A stored set of effective items; empty for `''`. */
export async function setOf(ctx: Ctx, hash: string): Promise<Effective> {
  if (hash === '') return { hash: '', items: [] }
  const key = `${ctx.org} ${hash}`
  const known = read.get(key)
  if (known) return known
  const found = await store.findSet(ctx, hash)
  if (!found) throw new Error(`effective set ${hash} is not stored`)
  if (read.size >= mostRead) for (const oldest of [...read.keys()].slice(0, 100)) read.delete(oldest)
  read.set(key, found)
  return found
}

/** What a managed device should have; null for others, and before it was first computed. The items' values hold variables and secrets as their forms. */
export async function desiredOf(ctx: Ctx, device: string): Promise<Desired | null> {
  const row = await store.findDesired(ctx, device)
  if (!row?.enrollment) return null
  const { items } = await setOf(ctx, row.effective)
  const versions = new Map((await statuses.listItems(ctx, row.enrollment)).map(s => [s.item, s.wanted]))
  return {
    device,
    enrollment: row.enrollment,
    generation: row.generation,
    at: row.at,
    items: items.flatMap(i => {
      const version = versions.get(i.item) ?? null
      return version === null ? [] : [{ ...i, version }]
    }),
  }
}

/** An item of a channel: where it is on its way, and what it is; null for what is to be removed. */
export interface ChannelItem {
  readonly status: ItemStatus
  readonly effective: EffectiveItem | null
}

/** Everything of one channel at once: what should be there, what is to be removed, and where each is. What a platform delivers from. */
export async function itemsOn(
  ctx: Ctx,
  of: { device: string; enrollment: string; account: string },
): Promise<{ generation: number; items: readonly ChannelItem[] }> {
  const row = await store.findDesired(ctx, of.device)
  if (!row || row.enrollment !== of.enrollment) return { generation: row?.generation ?? 0, items: [] }
  const byItem = new Map((await setOf(ctx, row.effective)).items.map(i => [i.item, i]))
  const all = await statuses.listItems(ctx, of.enrollment, of.account)
  return {
    generation: row.generation,
    items: all.map(status => ({
      status,
      effective: status.wanted === null ? null : (byItem.get(status.item) ?? null),
    })),
  }
}

/** What may be done on a channel now, in order. */
export async function planOf(ctx: Ctx, enrollment: string, account = ''): Promise<Step[]> {
  return plan(await statuses.listItems(ctx, enrollment, account), ctx.now)
}

/** A thing a device should have: what of, where it is on its way, and what it says. */
export interface Standing {
  readonly item: string
  readonly kind: string
  readonly policy: string
  readonly state: ItemStatus['state']
  readonly changedAt: number
  readonly driftedAt: number | null
  /** Null for what is to be removed. */
  readonly value: EffectiveItem['value'] | null
}

/** What these devices should have and how far each thing is, on the channel of the device itself. Absent: not managed, or never computed. */
export async function standingsOf(ctx: Ctx, devices: readonly string[]): Promise<Map<string, Standing[]>> {
  const rows = [...(await store.desiredOfAll(ctx, devices)).values()].filter(r => r.enrollment !== null)
  const items = await statuses.itemsOfAll(
    ctx,
    rows.flatMap(r => r.enrollment ?? []),
  )
  const found = new Map<string, Standing[]>()
  for (const row of rows) {
    const values = new Map((await setOf(ctx, row.effective)).items.map(i => [i.item, i.value]))
    const own = (items.get(row.enrollment ?? '') ?? []).filter(i => i.account === '')
    found.set(
      row.device,
      own.map(({ item, kind, policy, state, changedAt, driftedAt, wanted }) => {
        const value = wanted === null ? null : (values.get(item) ?? null)
        return { item, kind, policy, state, changedAt, driftedAt, value }
      }),
    )
  }
  return found
}
