import type { Ctx } from '../../base/ctx.ts'
import * as apps from '../apps/index.ts'
import type { Batch, Check } from './check.ts'
import type { Foreseen } from './wanted.ts'

/** What is needed of one app by a batch. */
export interface Needed {
  /** Devices that will need it and have not come: what has come has asked already. */
  devices: number
  /** Holders of the seats: people whose devices share one, and devices. */
  holders: ReadonlySet<string>
}

/** Which apps the devices of a batch will be given, and how many seats of each they will take. */
export function neededBy({ of }: Pick<Foreseen, 'of'>): Map<string, Needed> {
  const found = new Map<string, { devices: number; holders: Set<string> }>()
  for (const { line, effective } of of) {
    if (line.device !== null) continue
    for (const { kind, value } of effective.items) {
      if (kind !== 'app' || apps.presenceIn(value) !== 'required') continue
      const { app, seat } = readApp(value)
      const known = found.get(app) ?? { devices: 0, holders: new Set<string>() }
      known.devices += 1
      known.holders.add(seat === 'user' && line.user_id !== null ? line.user_id : line.serial_key)
      found.set(app, known)
    }
  }
  return found
}

function readApp(value: unknown): { app: string; seat: string } {
  const of = (name: string): string => {
    const held = typeof value === 'object' && value !== null && name in value ? Reflect.get(value, name) : ''
    return typeof held === 'string' ? held : ''
  }
  return { app: of('app'), seat: of('seat') }
}

/** Whether there are licenses for every app that the devices will be given, and how many are missing. */
export async function licenseCheck(ctx: Ctx, { needed }: Batch): Promise<Check[]> {
  const known = (await apps.appsAmong(ctx, [...needed.keys()])).filter(a => a.needsSeat)
  const free = await apps.freeByItem(
    ctx,
    known.flatMap(a => a.storeId ?? []),
  )
  return known
    .map((app): Check => {
      const need = needed.get(app.id)?.holders.size ?? 0
      const has = free.get(app.storeId ?? '')
      const short = Math.max(0, need - (has?.free ?? 0))
      const facts = {
        app: app.id,
        name: app.name,
        needed: need,
        free: has?.free ?? 0,
        total: has?.total ?? 0,
        short,
        known: has !== undefined,
      }
      return { code: 'license', subject: app.id, state: short > 0 ? 'red' : 'green', facts, link: '/apps/licenses' }
    })
    .toSorted((a, b) => Number(b.facts['short']) - Number(a.facts['short']))
}
