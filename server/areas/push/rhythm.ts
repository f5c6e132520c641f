import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { unitFor } from '../identity/index.ts'
import { channelEvents } from './channel-events.ts'
import * as store from './rhythm-store.ts'

const minute = 60_000

/** How often an agent calls by itself when nothing wakes it. */
export interface Rhythm {
  readonly everyMs: number
  /** Up to so much of that later, at random, so that a fleet spreads. */
  readonly jitterPercent: number
  /** While the device is lost. */
  readonly lostEveryMs: number
}

/** The rhythm at a path, and the unit it comes from; `from` null: nobody has set one. */
export interface RhythmOf extends Rhythm {
  readonly own: boolean
  readonly from: string | null
}

/** Where nobody has set another. */
export const usual: Rhythm = { everyMs: 15 * minute, jitterPercent: 20, lostEveryMs: 5 * minute }

/** The rhythm that counts at a path of units: that of the nearest unit with one of its own. Pure. */
export function rhythmAt(rows: readonly store.RhythmRow[], path: string): RhythmOf {
  const units = path.split('/').filter(part => part !== '')
  const from = units.findLast(unit => rows.some(r => r.unit === unit)) ?? null
  const row = rows.find(r => r.unit === from)
  if (!row) return { ...usual, own: false, from: null }
  const { every_ms: everyMs, jitter_percent: jitterPercent, lost_every_ms: lostEveryMs } = row
  return { everyMs, jitterPercent, lostEveryMs, own: from === units.at(-1), from }
}

/** The rhythm of agents at a path of units, whoever asks. */
export async function rhythmOf(ctx: Ctx, path: string): Promise<RhythmOf> {
  return rhythmAt(await store.list(ctx), path)
}

/** By when an agent has called at the latest if all is well with it. */
export function latestMs({ everyMs, jitterPercent }: Rhythm): number {
  return Math.ceil((everyMs * (100 + jitterPercent)) / 100)
}

const about = ({ id, path }: { id: string; path: string }) => ({ kind: 'unit', id, path })

/** The rhythm of a unit: its own, or that of the nearest unit above. */
export async function rhythmOfUnit(ctx: Ctx, id: string): Promise<RhythmOf> {
  const unit = await unitFor(ctx, id, 'policies:read')
  return rhythmOf(ctx, unit.path)
}

/** Gives the agents of a unit and of those below a rhythm; null: that of the unit above. They learn it with their next contact. */
export async function setRhythm(ctx: Ctx, id: string, rhythm: Rhythm | null): Promise<RhythmOf> {
  const unit = await unitFor(ctx, id, 'policies:write')
  const before = await rhythmOf(ctx, unit.path)
  const same = rhythm !== null && before.own && JSON.stringify(partsOf(before)) === JSON.stringify(partsOf(rhythm))
  if (rhythm === null) {
    if (await store.remove(ctx, unit.id)) await record(ctx, channelEvents.rhythm, about(unit), { minutes: 0 })
  } else if (!same) {
    const { everyMs: every_ms, jitterPercent: jitter_percent, lostEveryMs: lost_every_ms } = rhythm
    await store.put(ctx, { unit: unit.id, every_ms, jitter_percent, lost_every_ms })
    await record(ctx, channelEvents.rhythm, about(unit), { minutes: Math.round(every_ms / minute) })
  }
  return rhythmOf(ctx, unit.path)
}

const partsOf = ({ everyMs, jitterPercent, lostEveryMs }: Rhythm) => [everyMs, jitterPercent, lostEveryMs]
