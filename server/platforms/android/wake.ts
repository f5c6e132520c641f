import type { Ctx } from '../../base/ctx.ts'
import { enqueue, jobName } from '../../base/jobs.ts'
import * as devices from './device-store.ts'

/** Speaks for one program at Google. */
export const workProgram = jobName<{ program: string }>('android.work')

/** Fetches the keys by which Google signs who delivers notices. */
export const readSigners = jobName<Record<string, never>>('android.signers')

/** Wakes the worker of a program. Asking again while it works makes it look once more. */
export async function wakeWorker(ctx: Ctx, program: { id: string }): Promise<void> {
  await enqueue(ctx, workProgram, { program: program.id }, { dedupe: program.id })
}

/** There is something to do for an enrollment: it is not woken, its worker tells Google. Nothing happens for enrollments of other roads. */
export async function callDevice(ctx: Ctx, enrollment: string): Promise<void> {
  const row = await devices.findDevice(ctx, { enrollment })
  if (!row) return
  if (row.due_at === null || row.due_at > ctx.now) await devices.changeDevice(ctx, enrollment, { due_at: ctx.now })
  await wakeWorker(ctx, { id: row.program })
}
