import * as devices from '../../../areas/devices/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import * as push from '../../../areas/push/index.ts'
import type { Trouble } from '../../../areas/views/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { record } from '../../../base/events.ts'
import type { Id } from '../../../base/id.ts'
import { enqueue, type JobKind, jobName } from '../../../base/jobs.ts'
import { declarationEvents } from './events.ts'
import * as store from './store.ts'

const minuteMs = 60_000
/** A device that was told of a change speaks within seconds; after this long in which it called and did not, it is stuck. */
export const patienceMs = 30 * minuteMs
/** How long the answer to a wake is waited for. */
const callMs = 5 * minuteMs
const longestWaitMs = 6 * 60 * minuteMs

const watchName = jobName<store.Channel>('declarations.watch')

/** Sees to it that a device that was told of a change and then says nothing about it is noticed. */
export async function watch(ctx: Ctx, { enrollment: held, account }: store.Channel): Promise<void> {
  await enqueue(ctx, watchName, { enrollment: held, account }, { dedupe: `${held}/${account}`, inMs: patienceMs })
}

/** Looks whether a device that was told of a change has spoken since. One that calls and says nothing has stalled; one that does not call is not to blame. */
export const watchJob: JobKind<store.Channel> = {
  name: watchName,
  run: async (base, job) => {
    await devices.flushSeen(base)
    const againInMs = await base.transact(job.scope, ctx => look(ctx, job.payload))
    return againInMs === null ? undefined : { againInMs }
  },
}

async function look(ctx: Ctx, on: store.Channel): Promise<number | null> {
  const row = await store.findChannel(ctx, on)
  const held = await enrollment.find(ctx, on.enrollment)
  if (!row || held?.state !== 'active' || row.given_at === null || row.stalled_at !== null) return null
  if (row.status_at !== null && row.status_at >= row.given_at) return null
  const overdueAt = row.given_at + patienceMs
  if (ctx.now < overdueAt) return overdueAt - ctx.now
  const device = await devices.get(ctx, row.device)
  if ((device.lastSeenAt ?? 0) >= overdueAt) {
    await stalled(ctx, on, device, row.given_at)
    return null
  }
  await push.wake(ctx, { enrollment: on.enrollment as Id<'enrollment'>, account: on.account as Id<'account'> | '' })
  return Math.min(Math.max(callMs, ctx.now - overdueAt), longestWaitMs)
}

async function stalled(ctx: Ctx, on: store.Channel, device: devices.Device, givenAt: number): Promise<void> {
  await store.changeChannel(ctx, on, { stalled_at: ctx.now })
  if (on.account === '') await devices.learn(ctx, device.id, 'declarations', { 'ddm.stalled': true })
  await record(ctx, declarationEvents.stalled, devices.about(device), { account: on.account || null, givenAt })
}

/** The device speaks again. */
export async function spoke(ctx: Ctx, row: store.ChannelRow): Promise<void> {
  if (row.stalled_at === null) return
  const device = await devices.get(ctx, row.device)
  if (row.account === '') await devices.learn(ctx, device.id, 'declarations', { 'ddm.stalled': false })
  await record(ctx, declarationEvents.resumed, devices.about(device), {
    account: row.account || null,
    stalledAt: row.stalled_at,
  })
}

/** Devices that have stalled, for those who decide what to do. */
export const stalledTrouble: Trouble = {
  code: 'declarations-stalled',
  link: '/activity?filter=type%3Adeclarations.stalled',
  find: store.stalledChannels,
}
