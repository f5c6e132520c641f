import type { Ctx } from '../../base/ctx.ts'
import { progressOf } from '../reconcile/index.ts'
import { countTouched, touchedAfter } from './touched-store.ts'

/** How far the devices are that a change touched. */
export interface Reach {
  devices: number
  managed: number
  reached: number
  failed: number
  at: number
}

/** More are only looked at in the background. */
const atOnce = 500

/** How far the devices of a change, or of one of its waves, are: a page at a time, all of them. For the background. */
export async function reachOfAll(
  read: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>,
  change: string,
  wave?: number,
): Promise<Reach> {
  const sum: Reach = { devices: 0, managed: 0, reached: 0, failed: 0, at: 0 }
  let after: string | undefined = ''
  while (after !== undefined) {
    const from: string = after
    const ids = await read(async ctx => {
      const page = await touchedAfter(ctx, change, { after: from, limit: atOnce, wave })
      const one = await progressOf(
        ctx,
        page.map(p => p.device),
      )
      sum.devices += one.devices
      sum.managed += one.managed
      sum.reached += one.reached
      sum.failed += one.failed
      sum.at = ctx.now
      return page.map(p => p.device)
    })
    after = ids.length < atOnce ? undefined : ids.at(-1)
  }
  return sum
}

/** The same at once, where the devices are few enough to be asked about in a request; null where they are not. */
export async function reachOf(ctx: Ctx, change: string): Promise<Reach | null> {
  if ((await countTouched(ctx, change)) > atOnce) return null
  return reachOfAll(work => work(ctx), change)
}
