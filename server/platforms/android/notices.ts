import { z } from 'zod'
import * as devices from '../../areas/devices/index.ts'
import * as incidents from '../../areas/incidents/index.ts'
import * as location from '../../areas/location/index.ts'
import { everything } from '../../base/authority.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import type { Call } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import * as deviceStore from './device-store.ts'
import * as operations from './operation-store.ts'
import { hearDevice } from './hear.ts'
import { lostFact } from './kinds-base.ts'
import { operationShape, settle } from './operations.ts'
import { anyone } from './program.ts'
import type { DeviceRow, EnterpriseRow } from './rows.ts'
import { believed } from './signed.ts'
import * as store from './store.ts'

const envelope = z.object({
  message: z.object({
    messageId: z.string().min(1).max(200),
    publishTime: z.string().default(''),
    attributes: z.record(z.string(), z.string()).default({}),
    data: z.string().default(''),
  }),
})
type Message = z.output<typeof envelope>['message']

/** It may come again, and then we may know what it is about. */
class TooEarly extends Error {}

const minuteMs = 60_000
/** For so long an order that is not known may still be on its way into our own store. */
const earlyMs = 5 * minuteMs

/** Whether notices are expected at this address: it is a secret between Google and us, and what comes there may be large. */
export async function isHook(base: Base, hook: string): Promise<boolean> {
  return (await base.read(anyone('notice'), ctx => store.enterpriseByHook(ctx, hook))) !== undefined
}

/**
 * Takes one delivery. The status is all that is answered: 204 it need not come again, 503 it may, 401 whoever delivers is not believed, 404 nothing is
 * expected here. Everything comes at least once and in any order.
 */
export async function takeDelivery(base: Base, hook: string, call: Call): Promise<number> {
  const scope = anyone(call.request)
  const row = await base.read(scope, ctx => store.enterpriseByHook(ctx, hook))
  if (!row) return 404
  const trust = await base.transact(scope, ctx => believed(ours(ctx, row), row, call.headers.authorization))
  if (trust === 'unknown') return 503
  const change = trust === 'yes' ? 'heard_at' : 'turned_at'
  // Not every notice writes: to the minute is enough.
  if ((row[change] ?? 0) < base.clock.now() - minuteMs)
    await base.transact(scope, ctx => store.changeEnterprise(ours(ctx, row), row.program, { [change]: ctx.now }))
  if (trust === 'no') return 401
  const read = envelope.safeParse(jsonIn(call.bytes))
  // What nobody can read does not become readable by coming again.
  if (!read.success) return 204
  const { message } = read.data
  try {
    const heard = await base.transact(scope, async anyCtx => {
      const ctx = ours(anyCtx, row)
      if (!(await store.takeNotice(ctx, row.program, message.messageId))) return null
      return hear(ctx, row, message)
    })
    if (heard) devices.seen(base, row.org as Id<'org'>, heard as Id<'device'>, base.clock.now())
    return 204
  } catch (error) {
    if (error instanceof TooEarly) return 503
    throw error
  }
}

function ours(ctx: Ctx, row: EnterpriseRow): Ctx {
  const actor = { kind: 'system', id: null, what: 'notice' } as const
  return as(ctx, { org: row.org as Id<'org'>, actor, authority: everything })
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** Takes one notice; answers the device that was heard by it. */
async function hear(ctx: Ctx, row: EnterpriseRow, message: Message): Promise<string | null> {
  const data = jsonIn(Buffer.from(message.data, 'base64'))
  switch (message.attributes['notificationType']) {
    case 'ENROLLMENT':
    case 'STATUS_REPORT':
      return hearDevice(ctx, row, data)
    case 'COMMAND':
      return hearOperation(ctx, row, { data, at: Date.parse(message.publishTime) })
    case 'USAGE_LOGS':
      return hearLogs(ctx, row, data)
    default:
      return null
  }
}

async function hearOperation(
  ctx: Ctx,
  row: EnterpriseRow,
  { data, at }: { data: unknown; at: number },
): Promise<string | null> {
  const read = operationShape.safeParse(data)
  if (!read.success || !read.data.name.startsWith(`${row.enterprise}/devices/`)) return null
  const known = await operations.findOperation(ctx, { name: read.data.name })
  const [device = ''] = read.data.name.split('/operations/')
  const held = await deviceStore.findDevice(ctx, { name: device })
  if (!known) {
    // Google may be faster than our own commit.
    if (held && (Number.isNaN(at) || at > ctx.now - earlyMs)) throw new TooEarly()
    return null
  }
  if (read.data.done && known.look_at !== null) await settle(ctx, known, read.data)
  return held?.device ?? null
}

const batch = z.object({ device: z.string().max(300), usageLogEvents: z.array(z.unknown()).max(10_000).default([]) })
const located = z.object({
  eventType: z.literal('LOST_MODE_LOCATION'),
  eventTime: z.string(),
  lostModeLocationEvent: z.object({ location: z.object({ latitude: z.number(), longitude: z.number() }) }),
})

/** Google says no accuracy with a place; the map draws this much, and the guide says so. */
const unsaidAccuracyM = 100

/** Of all that a log holds only where a missing device is is taken, and only while an incident of it is open and it is in lost mode; the rest is not kept. */
async function hearLogs(ctx: Ctx, row: EnterpriseRow, data: unknown): Promise<string | null> {
  const read = batch.safeParse(data)
  if (!read.success || !read.data.device.startsWith(`${row.enterprise}/devices/`)) return null
  const held = await deviceStore.findDevice(ctx, { name: read.data.device })
  if (!held) return null
  if (held.mode === 'work-profile' || !(await isLost(ctx, held))) return held.device
  const device = await devices.get(ctx, held.device)
  for (const event of read.data.usageLogEvents) {
    const said = located.safeParse(event)
    const at = said.success ? Date.parse(said.data.eventTime) : Number.NaN
    if (!said.success || Number.isNaN(at)) continue
    const { latitude, longitude } = said.data.lostModeLocationEvent.location
    if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) continue
    await location.keep(ctx, device, {
      latitude,
      longitude,
      accuracyM: unsaidAccuracyM,
      altitudeM: null,
      speed: null,
      at,
      source: 'lost-mode',
    })
  }
  return held.device
}

/** Where it is may be told before the answer to the order that made it lost. */
async function isLost(ctx: Ctx, { device, enrollment }: DeviceRow): Promise<boolean> {
  if ((await incidents.openFor(ctx, device)) === null) return false
  if ((await devices.factRecord(ctx, device))[lostFact] === true) return true
  return (await operations.openOperations(ctx, { enrollment })).some(o => o.type === 'START_LOST_MODE')
}
