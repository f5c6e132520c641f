import type { Ctx } from '../../base/ctx.ts'
import * as apps from '../apps/index.ts'
import type { Effective } from '../blueprints/index.ts'
import * as devices from '../devices/index.ts'
import { appIn, appKind } from '../policies/index.ts'
import type { NamedTarget } from './target.ts'

/** Something that a change runs into outside of what devices should have: a code with a text, and facts for its sentence. */
export interface Remark {
  code: string
  facts: Record<string, string | number>
}

/** Who begins and who ends to need a seat of an app, by app and the system whose apps run on their devices; each holder with the group of devices it belongs to. */
export type SeatNeeds = ReadonlyMap<string, { gain: ReadonlyMap<string, string>; lose: ReadonlyMap<string, string> }>

/** What a change does to the licenses of one app: how many it takes, how many come back, and how many are missing then. */
export interface LicenseShift {
  app: string
  name: string
  taken: number
  returned: number
  /** Before the change. */
  free: number
  total: number
  short: number
}

/** The same for the devices of one group. */
export type GroupShift = Pick<LicenseShift, 'app' | 'name' | 'taken' | 'returned'>

/** What a change does to licenses: in all, and for the devices of each group by its key. */
export interface LicenseShifts {
  all: LicenseShift[]
  groups: ReadonlyMap<string, GroupShift[]>
}

interface Need {
  app: string
  seat: 'device' | 'user'
}

const keyOf = (app: string, system: string): string => `${app} ${system}`

/** Counts whose seats a change needs and gives back, while devices are compared. Of two devices of one person a seat in the person's name is needed once. */
export function openSeatNeeds(): {
  add(seen: { was: NamedTarget; target: NamedTarget; old: Effective; now: Effective; group(): string }): void
  finish(): SeatNeeds
} {
  const needs = new WeakMap<Effective, readonly Need[]>()
  const needsOf = (effective: Effective): readonly Need[] => {
    const known = needs.get(effective)
    if (known) return known
    const found = effective.items.flatMap(({ kind, value }): Need[] => {
      const app = kind === appKind && apps.presenceIn(value) === 'required' ? appIn(value) : null
      return app === null ? [] : [{ app, seat: apps.seatIn(value) }]
    })
    needs.set(effective, found)
    return found
  }
  const held = (of: readonly Need[], { id, user, platform }: NamedTarget): string[] =>
    of.flatMap(({ app, seat }) => {
      const holder = seat === 'device' ? id : user
      return holder === null ? [] : [`${keyOf(app, devices.appsOf(platform))} ${holder}`]
    })
  const [before, after] = [new Map<string, string>(), new Map<string, string>()]
  return {
    add: ({ was, target, old, now, group }) => {
      const [had, has] = [needsOf(old), needsOf(now)]
      if (had === has && was.user === target.user) return
      const of = group()
      for (const one of held(had, was)) before.set(one, of)
      for (const one of held(has, target)) after.set(one, of)
    },
    finish: () => {
      const all = new Map<string, { gain: Map<string, string>; lose: Map<string, string> }>()
      const put = (of: string, group: string, to: 'gain' | 'lose'): void => {
        const [app = '', system = '', holder = ''] = of.split(' ')
        const key = keyOf(app, system)
        const one = all.get(key) ?? { gain: new Map<string, string>(), lose: new Map<string, string>() }
        one[to].set(holder, group)
        all.set(key, one)
      }
      for (const [one, group] of after) if (!before.has(one)) put(one, group, 'gain')
      for (const [one, group] of before) if (!after.has(one)) put(one, group, 'lose')
      return all
    },
  }
}

/** What a change does to licenses: seats that come free by it count for it, and whoever holds one already needs none. */
export async function licenseShifts(ctx: Ctx, needs: SeatNeeds): Promise<LicenseShifts> {
  const ids = [...needs.keys()].map(key => key.split(' ')[0] ?? '')
  const known = (await apps.appsAmong(ctx, [...new Set(ids)])).filter(a => a.needsSeat && a.storeId !== null)
  const free = await apps.freeByItem(
    ctx,
    known.map(a => a.storeId ?? ''),
  )
  const all: LicenseShift[] = []
  const groups = new Map<string, GroupShift[]>()
  for (const { id, name, storeId, platform } of known) {
    const need = needs.get(keyOf(id, platform))
    if (!need) continue
    const served = await apps.servedAmong(ctx, storeId ?? '', [...need.gain.keys(), ...need.lose.keys()])
    const taking = [...need.gain].filter(([holder]) => !served.has(holder))
    const returning = [...need.lose].filter(([holder]) => served.has(holder))
    if (taking.length === 0 && returning.length === 0) continue
    const there = free.get(storeId ?? '') ?? { free: 0, total: 0 }
    const short = Math.max(0, taking.length - need.lose.size - there.free)
    const counts = { taken: taking.length, returned: returning.length, free: there.free, total: there.total, short }
    all.push({ app: id, name, ...counts })
    for (const [group, shift] of byGroup({ app: id, name }, taking, returning))
      groups.set(group, [...(groups.get(group) ?? []), shift])
  }
  return { all: all.sort((a, b) => b.short - a.short || a.name.localeCompare(b.name)), groups }
}

type Holders = readonly (readonly [holder: string, group: string])[]

function byGroup(app: { app: string; name: string }, taking: Holders, returning: Holders): Map<string, GroupShift> {
  const groups = new Map<string, GroupShift>()
  const count = (holders: Holders, as: 'taken' | 'returned'): void => {
    for (const [, group] of holders) {
      const shift = groups.get(group) ?? { ...app, taken: 0, returned: 0 }
      groups.set(group, { ...shift, [as]: shift[as] + 1 })
    }
  }
  count(taking, 'taken')
  count(returning, 'returned')
  return groups
}

/** What is missing of licenses when the change is made, most first. */
export function shortages(shifts: readonly LicenseShift[]): Remark[] {
  return shifts
    .filter(s => s.short > 0)
    .map(({ app, name, short, free, total, taken }) => ({
      code: 'licenses.short',
      facts: { app, name, short, free, needed: taken, total },
    }))
}
