import type { Ctx } from '../../base/ctx.ts'
import * as apps from '../apps/index.ts'
import type { Effective } from '../blueprints/index.ts'
import { appIn, appKind } from '../policies/index.ts'
import type { NamedTarget } from './target.ts'

/** Something that a change runs into outside of what devices should have: a code with a text, and facts for its sentence. */
export interface Remark {
  code: string
  facts: Record<string, string | number>
}

/** Who begins and who ends to need a seat of an app, by app. */
export type SeatNeeds = ReadonlyMap<string, { gain: ReadonlySet<string>; lose: ReadonlySet<string> }>

interface Need {
  app: string
  seat: 'device' | 'user'
}

/** Counts whose seats a change needs and gives back, while devices are compared. Of two devices of one person a seat in the person's name is needed once. */
export function openSeatNeeds(): {
  add(seen: { was: NamedTarget; target: NamedTarget; old: Effective; now: Effective }): void
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
  const held = (of: readonly Need[], { id, user }: NamedTarget): string[] =>
    of.flatMap(({ app, seat }) => {
      const holder = seat === 'device' ? id : user
      return holder === null ? [] : [`${app} ${holder}`]
    })
  const [before, after] = [new Set<string>(), new Set<string>()]
  return {
    add: ({ was, target, old, now }) => {
      const [had, has] = [needsOf(old), needsOf(now)]
      if (had === has && was.user === target.user) return
      for (const one of held(had, was)) before.add(one)
      for (const one of held(has, target)) after.add(one)
    },
    finish: () => {
      const all = new Map<string, { gain: Set<string>; lose: Set<string> }>()
      const put = (of: string, to: 'gain' | 'lose'): void => {
        const [app = '', holder = ''] = of.split(' ')
        const one = all.get(app) ?? { gain: new Set<string>(), lose: new Set<string>() }
        one[to].add(holder)
        all.set(app, one)
      }
      for (const one of after) if (!before.has(one)) put(one, 'gain')
      for (const one of before) if (!after.has(one)) put(one, 'lose')
      return all
    },
  }
}

/** What is missing of licenses when a change is made: seats that come free by it count for it, and whoever holds one already needs none. */
export async function shortages(ctx: Ctx, needs: SeatNeeds): Promise<Remark[]> {
  const gaining = [...needs].filter(([, n]) => n.gain.size > 0)
  const known = (
    await apps.appsAmong(
      ctx,
      gaining.map(([app]) => app),
    )
  ).filter(a => a.needsSeat && a.storeId !== null)
  const free = await apps.freeByItem(
    ctx,
    known.map(a => a.storeId ?? ''),
  )
  const remarks: Remark[] = []
  for (const { id, name, storeId } of known) {
    const { gain, lose } = needs.get(id) ?? { gain: new Set<string>(), lose: new Set<string>() }
    const there = free.get(storeId ?? '') ?? { free: 0, total: 0 }
    if (gain.size <= there.free) continue
    const served = await apps.servedAmong(ctx, storeId ?? '', [...gain])
    const short = gain.size - served - lose.size - there.free
    if (short > 0)
      remarks.push({
        code: 'licenses.short',
        facts: { app: id, name, short, free: there.free, needed: gain.size - served, total: there.total },
      })
  }
  return remarks.sort((a, b) => Number(b.facts['short']) - Number(a.facts['short']))
}
