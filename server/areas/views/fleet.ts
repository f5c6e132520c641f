import type { Ctx } from '../../base/ctx.ts'
import { type DeviceState, deviceStates, type FormFactor, type Platform } from '../devices/index.ts'
import { unitRefs, visibleUnits } from '../identity/index.ts'
import * as store from './device-store.ts'
import { kept } from './kept.ts'

type States = Record<DeviceState, number>
type Group = Awaited<ReturnType<typeof store.groupDevices>>[number]

/** Numbers of devices by state, for each platform and for each unit right below the topmost ones the reader sees. Shared among readers for seconds. */
export async function fleet(ctx: Ctx): Promise<{
  at: number
  states: States
  byPlatform: (States & { platform: Platform; formFactor: FormFactor; total: number })[]
  byUnit: (States & { unit: { id: string; name: string; path: string }; total: number })[]
}> {
  const paths = ctx.authority.where('devices:read')
  const { at, groups } = await kept(ctx, `fleet ${paths.join(' ')}`, async () => ({
    at: ctx.now,
    groups: await store.groupDevices(ctx, store.inScope(paths)),
  }))
  const place = await placing(ctx)
  const unit = await unitRefs(ctx)
  const byUnit = grouped(groups, g => place(g.unit)).map(([id, sum]) => ({ unit: unit(id), ...sum }))
  const byPlatform = grouped(groups, g => `${g.platform} ${g.form_factor}`).map(([key, sum]) => {
    const [platform, formFactor] = key.split(' ') as [Platform, FormFactor]
    return { platform, formFactor, ...sum }
  })
  const { total: _, ...states } = summed(groups)
  return {
    at,
    states,
    byPlatform: byPlatform.sort((a, b) => b.total - a.total),
    byUnit: byUnit.sort((a, b) => b.total - a.total).slice(0, 50),
  }
}

/** Under which line of Home the devices of a unit are counted: the unit itself at the top, else its ancestor right below the top. */
async function placing(ctx: Ctx): Promise<(unit: string) => string> {
  const units = await visibleUnits(ctx)
  const known = new Set(units.map(u => String(u.id)))
  const lines = new Map(
    units.map(u => [
      String(u.id),
      u.path
        .slice(1, -1)
        .split('/')
        .filter(id => known.has(id)),
    ]),
  )
  return unit => lines.get(unit)?.[1] ?? lines.get(unit)?.[0] ?? unit
}

function grouped(groups: readonly Group[], by: (group: Group) => string): [string, States & { total: number }][] {
  return [...Map.groupBy(groups, by)].map(([key, members]) => [key, summed(members)])
}

function summed(groups: readonly Group[]): States & { total: number } {
  const sum = Object.fromEntries([...deviceStates, 'total' as const].map(s => [s, 0])) as States & { total: number }
  for (const { state, n } of groups) {
    sum[state as DeviceState] += n
    // Devices whose management has ended are no part of the fleet.
    if (state !== 'ended') sum.total += n
  }
  return sum
}
