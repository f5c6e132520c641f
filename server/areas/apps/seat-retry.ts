import type { Ctx } from '../../base/ctx.ts'
import { changeSeats, delayedSeats } from './seat-store.ts'

const most = 2000

/** Has the seats of a license that were refused, or that wait after a failure, asked for again at once. Answers how many. */
export async function retrySeats(ctx: Ctx, license: string): Promise<number> {
  const rows = await delayedSeats(ctx, license, most)
  const of = (state: 'refused' | 'other'): string[] =>
    rows.filter(r => (r.state === 'refused') === (state === 'refused')).map(r => r.id)
  await changeSeats(ctx, of('refused'), { state: 'wanted', reason: null, attempts: 0, not_before: null, at: ctx.now })
  await changeSeats(ctx, of('other'), { attempts: 0, not_before: null })
  return rows.length
}
