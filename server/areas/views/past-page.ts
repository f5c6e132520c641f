import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import * as devices from '../devices/index.ts'
import * as privacy from '../privacy/index.ts'
import { type asOfQuery, pastRowShape, pastRows, readAsOf } from './past.ts'
import * as store from './past-store.ts'

const fact = z.object({ key: z.string(), value: z.json(), at: z.number(), group: z.enum(devices.factGroups) })
const item = z.object({
  item: z.string(),
  account: z.string(),
  kind: z.string(),
  state: z.string(),
  since: z.number(),
  policy: z.object({ id: z.string(), name: z.string(), version: z.number() }),
})

/** A device as it was. What may only be looked at with a purpose is not part of it. */
export const pastPageShape = z.object({
  asOf: z.number(),
  keptFrom: z.number().nullable(),
  device: pastRowShape,
  facts: z.array(fact),
  items: z.array(item),
})

/** What differs between two instants: columns of the row, facts, and items, each with how it was and how it became; null for absent. */
export const compareShape = z.object({
  from: z.number(),
  to: z.number(),
  keptFrom: z.number().nullable(),
  name: z.string(),
  differences: z.array(
    z.object({
      part: z.enum(['device', 'fact', 'item']),
      key: z.string(),
      before: z.json(),
      after: z.json(),
      /** When it last became what it is after; null where only its absence is known. */
      at: z.number().nullable(),
    }),
  ),
})

type Page = z.input<typeof pastPageShape>

/** The page of a device as of a day. The device must have been where the reader may see devices then. */
export async function pastPage(ctx: Ctx, id: string, query: z.output<typeof asOfQuery>): Promise<Page> {
  const { at, keptFrom } = await readAsOf(ctx, query.asOf, query.zone)
  return { asOf: at, keptFrom, ...(await partsAt(ctx, id, at)) }
}

async function partsAt(ctx: Ctx, id: string, at: number): Promise<Pick<Page, 'device' | 'facts' | 'items'>> {
  const row = await store.findPast(ctx, at, id)
  const seen = row && ctx.authority.where('devices:read').some(p => row.unit_path.startsWith(p))
  const [device] = row && seen ? await pastRows(ctx, at, [row]) : []
  if (!row || !device) throw new Problem('id.unknown')
  const shown = await shownOf(ctx, [row])
  const facts = (await store.pastFacts(ctx, at, [id])).filter(f => shown(id, f.key))
  const items = await store.pastItems(ctx, at, [id])
  const names = await store.policyNames(
    ctx,
    items.map(i => i.policy),
  )
  return {
    device,
    facts: facts.map(({ key, value, at: said }) => ({ key, value, at: said, group: devices.groupOf(key) })),
    items: items.map(({ policy, policyVersion, device: _, ...rest }) => ({
      ...rest,
      policy: { id: policy, name: names.get(policy) ?? '', version: policyVersion },
    })),
  }
}

/** Which facts may be shown without a look: what today's charter shows of a device of this ownership in this unit, and nothing that tells of whoever had it. Answers by device. */
export async function shownOf(
  ctx: Ctx,
  rows: readonly Pick<store.PastDevice, 'id' | 'ownership' | 'unit_path' | 'user_id'>[],
): Promise<(device: string, key: string) => boolean> {
  const modes = await store.modesOf(
    ctx,
    rows.map(r => r.id),
  )
  const rules = new Map<string, Awaited<ReturnType<typeof privacy.collecting>>>()
  const byDevice = new Map<string, Awaited<ReturnType<typeof privacy.collecting>>>()
  for (const { id, ownership, unit_path: unitPath } of rows) {
    const mode = modes.get(id) ?? null
    const place = `${ownership} ${mode} ${unitPath}`
    const collects = rules.get(place) ?? (await privacy.collecting(ctx, { ownership, mode, unitPath }))
    rules.set(place, collects)
    byDevice.set(id, collects)
  }
  const held = new Map(rows.map(r => [r.id, r.user_id]))
  return (device, key) => {
    const type = privacy.typeOf(key)
    const person = { user: held.get(device) ?? null, shared: false }
    return (
      byDevice.get(device)?.(type) === 'shown' &&
      (privacy.essential.has(key) || !privacy.isGated(type, 'shown', person))
    )
  }
}

/** What of a device differs between two days. */
export async function compareDevice(
  ctx: Ctx,
  id: string,
  query: { from?: string | undefined; to?: string | undefined; zone: string },
): Promise<z.input<typeof compareShape>> {
  const from = await readAsOf(ctx, query.from, query.zone)
  const to = await readAsOf(ctx, query.to, query.zone)
  const before = await partsAt(ctx, id, from.at)
  const after = await partsAt(ctx, id, to.at)
  return {
    from: from.at,
    to: to.at,
    keptFrom: to.keptFrom,
    name: after.device.name,
    differences: [
      ...differing('device', columnsOf(before.device), columnsOf(after.device)),
      ...differing('fact', keyed(before.facts), keyed(after.facts)),
      ...differing('item', itemsOf(before.items), itemsOf(after.items)),
    ],
  }
}

type Json = devices.JsonValue
type Held = Map<string, { value: Json; at: number | null }>

function columnsOf({ id: _, policy: _p, ...row }: Page['device']): Held {
  const plain = {
    ...row,
    unit: row.unit.path,
    user: row.user?.displayName ?? null,
    tags: row.tags.toSorted(),
  }
  return new Map(Object.entries(plain).map(([key, value]) => [key, { value, at: null }]))
}

function keyed(facts: Page['facts']): Held {
  return new Map(facts.map(f => [f.key, { value: f.value as Json, at: f.at }]))
}

function itemsOf(items: Page['items']): Held {
  return new Map(
    items.map(i => [
      i.account === '' ? i.item : `${i.item} (${i.account})`,
      { value: { state: i.state, policy: i.policy.name, version: i.policy.version }, at: i.since },
    ]),
  )
}

function differing(part: 'device' | 'fact' | 'item', before: Held, after: Held) {
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort()
  return keys.flatMap(key => {
    const [was, is] = [before.get(key), after.get(key)]
    if (isDeepStrictEqual(was?.value ?? null, is?.value ?? null)) return []
    return [{ part, key, before: was?.value ?? null, after: is?.value ?? null, at: is?.at ?? null }]
  })
}
