import { formatFilter } from '@muster/api/filter.ts'
import { z } from 'zod'
import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { contains } from '../../base/filter.ts'
import { searchable } from '../../base/text.ts'
import { allKinds } from '../commands/index.ts'
import { visibleUnits } from '../identity/index.ts'
import { rulesHolding } from './compliance-store.ts'
import { pageOfDevices } from './device-list.ts'
import { deviceRowShape, unitShape } from './device-row.ts'
import * as store from './home-store.ts'
import * as found from './search-store.ts'

const namedShape = z.object({ id: z.string(), name: z.string() })

/** What a search finds, a few of each. */
export const searchShape = z.object({
  devices: z.array(
    deviceRowShape.pick({
      id: true,
      name: true,
      serial: true,
      platform: true,
      formFactor: true,
      state: true,
      unit: true,
      user: true,
    }),
  ),
  users: z.array(z.object({ id: z.string(), displayName: z.string(), email: z.string().nullable() })),
  commands: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      state: z.string(),
      device: z.object({ id: z.string(), name: z.string() }),
    }),
  ),
  units: z.array(unitShape),
  policies: z.array(z.object({ id: z.string(), name: z.string(), kind: z.string() })),
  blueprints: z.array(namedShape),
  rules: z.array(z.object({ id: z.string(), name: z.string(), kind: z.string() })),
  groups: z.array(namedShape),
  tags: z.array(z.string()),
})

const nothing: z.input<typeof searchShape> = {
  devices: [],
  users: [],
  commands: [],
  units: [],
  policies: [],
  blueprints: [],
  rules: [],
  groups: [],
  tags: [],
}

const most = 5
const recentMs = 7 * 24 * 3_600_000

/** Looks for every word of a text in the names and identifiers of what the actor may see. Of commands only the last week's, by kind or by id. */
export async function search(ctx: Ctx, text: string): Promise<z.input<typeof searchShape>> {
  const words = text.split(/\s+/).filter(w => w !== '')
  if (words.length === 0) return nothing
  const filter = formatFilter(words.map(w => ({ field: null, op: ':', values: [w], negated: false })))
  return {
    devices: await devicesFound(ctx, filter),
    users: await usersFound(ctx, text),
    commands: await commandsFound(ctx, text.trim(), words),
    units: await unitsFound(ctx, text),
    policies: await found.policiesHolding(ctx, words, most),
    rules: await rulesHolding(ctx, words, most),
    blueprints: await found.named(ctx, 'blueprints', words, most),
    groups: await found.named(ctx, 'groups', words, most),
    tags: await found.tagsHolding(ctx, text.trim(), most),
  }
}

async function devicesFound(ctx: Ctx, filter: string): Promise<z.input<typeof searchShape>['devices']> {
  if (ctx.authority.where('devices:read').length === 0) return []
  const { items } = await pageOfDevices(ctx, { filter, sort: undefined, cursor: undefined, limit: most })
  return items
}

async function usersFound(ctx: Ctx, text: string): Promise<z.input<typeof searchShape>['users']> {
  const rows = await store.usersHolding(ctx, contains('search', text.trim(), true), most)
  return rows.map(r => ({ id: r.id, displayName: r.display_name, email: r.email }))
}

async function commandsFound(
  ctx: Ctx,
  id: string,
  words: readonly string[],
): Promise<z.input<typeof searchShape>['commands']> {
  const kinds = allKinds()
    .map(k => k.kind)
    .filter(kind => words.every(w => kind.includes(w.toLowerCase())))
  // Ids hold their time in their first 48 bits.
  const newerThan = `cmd_${Math.max(0, ctx.now - recentMs)
    .toString(16)
    .padStart(12, '0')}`
  const rows = await store.commandsFound(ctx, { id, kinds, newerThan }, most)
  return rows.map(r => ({ id: r.id, kind: r.kind, state: r.state, device: { id: r.device, name: r.device_name } }))
}

async function unitsFound(ctx: Ctx, text: string): Promise<z.input<typeof searchShape>['units']> {
  const wanted = searchable(text)
  const units = await visibleUnits(ctx)
  return units
    .filter(u => may(ctx.authority, 'units:read', u.path) && searchable(u.name).includes(wanted))
    .slice(0, most)
    .map(u => ({ id: u.id, name: u.name, path: u.names }))
}
