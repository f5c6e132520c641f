import type { Ctx } from '../../base/ctx.ts'
import * as devices from '../devices/index.ts'
import type { Waves } from './change.ts'
import type { ChangeRow } from './change-store.ts'
import { reachOfAll } from './reach.ts'
import { touchedAfter } from './touched-store.ts'

/** Why a change stopped by itself. */
export interface Verdict {
  reason: 'failed' | 'unheard'
  facts: Record<string, number>
}

const atOnce = 500

/** Whether what was done so far goes wrong: too many devices fail, or, once the time is over, too few have called home since. Null: go on. */
export async function judge(
  read: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>,
  row: ChangeRow,
  { waves, over }: { waves: Waves; over: boolean },
): Promise<Verdict | null> {
  const { managed, failed } = await reachOfAll(read, row.id)
  if (managed === 0) return null
  const percent = (failed * 100) / managed
  if (percent > waves.stopAbovePercentFailed)
    return { reason: 'failed', facts: { failed, devices: managed, limit: waves.stopAbovePercentFailed } }
  if (!over || waves.minHeardPercent === 0) return null
  const { heard, devices: touched } = await heardOf(read, row)
  return heard * 100 < touched * waves.minHeardPercent
    ? { reason: 'unheard', facts: { heard, devices: touched, limit: waves.minHeardPercent } }
    : null
}

async function heardOf(
  read: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>,
  row: ChangeRow,
): Promise<{ heard: number; devices: number }> {
  const sum = { heard: 0, devices: 0 }
  let after: string | undefined = ''
  while (after !== undefined) {
    const from: string = after
    const page = await read(async ctx => {
      const touched = await touchedAfter(ctx, row.id, { after: from, limit: atOnce })
      const found = await devices.devicesAmong(ctx, { ids: touched.map(t => t.device) })
      const seen = new Map(found.map(d => [String(d.id), d.lastSeenAt ?? 0]))
      sum.devices += found.length
      sum.heard += touched.filter(t => (seen.get(t.device) ?? 0) >= t.at).length
      return touched
    })
    after = page.length < atOnce ? undefined : page.at(-1)?.device
  }
  return sum
}
