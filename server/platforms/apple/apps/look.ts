import * as enrollment from '../../../areas/enrollment/index.ts'
import { appKind } from '../../../areas/policies/index.ts'
import * as push from '../../../areas/push/index.ts'
import * as reconcile from '../../../areas/reconcile/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { enqueue, type JobKind, jobName } from '../../../base/jobs.ts'
import { byCommand, lookAtApps } from './order.ts'

const minuteMs = 60_000

interface Look {
  device: string
}

const lookName = jobName<Look>('apps.look')

/** Has a device asked how far its apps are, soon and then ever more rarely while one is on its way: devices do not say so by themselves. */
export async function lookLater(ctx: Ctx, device: string): Promise<void> {
  await enqueue(ctx, lookName, { device }, { dedupe: device, inMs: minuteMs })
}

/** How long until the next look, by how long ago the newest app was sent; null: no look any more. */
export function nextLook(ageMs: number): number | null {
  const steps = [
    [3, 1],
    [15, 3],
    [60, 10],
    [360, 30],
  ] as const
  const found = steps.find(([until]) => ageMs < until * minuteMs)
  return found === undefined ? null : found[1] * minuteMs
}

/** Asks a device how far its apps are, as long as one is on its way. */
export const lookJob: JobKind<Look> = {
  name: lookName,
  run: async (base, { payload: { device }, scope }) => {
    const wait = await base.transact(scope, async ctx => {
      const held = (await enrollment.activeOf(ctx, [device])).get(device)
      if (!held) return null
      const open = (await reconcile.statusOf(ctx, held.id)).filter(isOpen)
      if (open.length === 0) return null
      await lookAtApps(ctx, { enrollment: held.id, account: '', device })
      await push.wake(ctx, { enrollment: held.id, account: '' })
      return nextLook(ctx.now - Math.max(...open.map(s => s.sentAt ?? 0)))
    })
    return wait === null ? undefined : { againInMs: wait }
  },
}

function isOpen({ kind, via, state }: reconcile.ItemStatus): boolean {
  return kind === appKind && via === byCommand && (state === 'sent' || state === 'removing')
}
