import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { type AnyJobKind, enqueue, type JobKind, jobName } from '../../base/jobs.ts'
import * as devices from '../devices/index.ts'
import { findEnrollment } from './enrollment-store.ts'
import { enrollmentEvents } from './events.ts'

const minuteMs = 60_000

/** Looks once whether an enrollment that has begun is finished. */
const watchEnrollment = jobName<{ enrollment: string }>('enrollment.watch')

/** Has it looked at when it should be finished. */
export async function watch(ctx: Ctx, enrollment: string): Promise<void> {
  const { stuckAfterMinutes } = await devices.waitsOf(ctx)
  await enqueue(ctx, watchEnrollment, { enrollment }, { dedupe: enrollment, inMs: stuckAfterMinutes * minuteMs })
}

/** Records that an enrollment is stuck if it is; answers how long to wait where the org has made the time longer meanwhile. */
async function look(ctx: Ctx, id: string): Promise<number | null> {
  const enrollment = await findEnrollment(ctx, id)
  if (enrollment?.state !== 'pending') return null
  const { stuckAfterMinutes: minutes } = await devices.waitsOf(ctx)
  const left = enrollment.startedAt + minutes * minuteMs - ctx.now
  if (left > 0) return left
  const device = await devices.find(ctx, enrollment.device)
  if (device) await record(ctx, enrollmentEvents.stuck, devices.about(device), { enrollment: id, minutes })
  return null
}

const kind: JobKind<{ enrollment: string }> = {
  name: watchEnrollment,
  run: async (base, { scope, payload }) => {
    const left = await base.transact(scope, ctx => look(ctx, payload.enrollment))
    return left === null ? undefined : { againInMs: left }
  },
}

/** What this room does by itself. */
export const jobs: readonly AnyJobKind[] = [kind]
