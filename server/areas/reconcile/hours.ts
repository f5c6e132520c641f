import type { Ctx, Scope } from '../../base/ctx.ts'
import { enqueue } from '../../base/jobs.ts'
import type { Base } from '../../base/transact.ts'
import { timeTrusted } from '../guard/index.ts'
import { type Asked, type DevicePhase, phasesOf, rememberedPhases, takeDue } from '../hours/index.ts'
import { recompute } from './mark.ts'
import { hoursName } from './names.ts'
import { computePage } from './pace.ts'

/**
 * Has the devices computed anew whose working time began or was over, a page per transaction in which they are both taken up and marked: none is
 * lost with the process, none is computed for nothing by another. Answers when to look again; null where nobody has working time.
 */
export async function crossHours(base: Base, scope: Scope, signal: AbortSignal): Promise<number | null> {
  while (!signal.aborted) {
    const { devices, next } = await base.transact(scope, async ctx => {
      // A clock that is doubted switches nobody; it is looked again until a person has confirmed it.
      if (!(await timeTrusted(ctx))) return { devices: [], next: ctx.now + doubtMs }
      const taken = await takeDue(ctx, computePage)
      await recompute(ctx, taken.devices)
      return taken
    })
    if (devices.length === 0 || next === null || next > base.clock.now()) return next
  }
  return base.clock.now()
}

/** Whether it is working time for these devices: by a clock that can be trusted, or else as it was when it could. */
export async function phasesNow(ctx: Ctx, asked: readonly Asked[]): Promise<ReadonlyMap<string, DevicePhase>> {
  if (asked.length === 0) return new Map()
  const now = await phasesOf(ctx, asked)
  if (await timeTrusted(ctx)) return now
  const before = await rememberedPhases(
    ctx,
    asked.map(a => a.place.id),
  )
  return new Map([...now, ...before])
}

const doubtMs = 60_000

/** Has the working time of devices looked at when this instant comes; null and what never comes are nothing. */
export async function armHours(ctx: Ctx, at: number | null): Promise<void> {
  if (at === null || !Number.isFinite(at)) return
  await enqueue(ctx, hoursName, {}, { dedupe: 'org', inMs: Math.max(0, at - ctx.now) })
}
