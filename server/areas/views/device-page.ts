import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import * as certificates from '../certificates/index.ts'
import * as commands from '../commands/index.ts'
import * as devices from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import * as push from '../push/index.ts'
import { deviceRows, deviceRowShape } from './device-row.ts'
import * as store from './device-store.ts'
import { standingsOf } from './policy-store.ts'
import { sentenceOf, sentenceShape } from './sentence.ts'

const instant = z.number().nullable()
const text = z.string().nullable()

/** All that a device's page opens with. */
export const devicePageShape = deviceRowShape.extend({
  sentence: sentenceShape,
  identifiers: z.array(
    z.object({
      kind: z.string(),
      value: z.string(),
      slot: z.number(),
      current: z.boolean(),
      firstAt: z.number(),
      seenAt: z.number(),
    }),
  ),
  facts: z.array(
    z.object({
      key: z.string(),
      value: z.json(),
      at: z.number(),
      changedAt: z.number(),
      source: z.string(),
      group: z.enum(devices.factGroups),
    }),
  ),
  push: z.object({
    channel: text,
    state: z.enum(['ready', 'rejected', 'dead', 'none']),
    reason: text,
    topic: text,
    wantedAt: instant,
    nextAt: instant,
    lastPushedAt: instant,
    lastContactAt: instant,
    latencyMs: instant,
  }),
  enrollments: z.array(
    z.object({
      id: z.string(),
      platform: z.string(),
      state: z.enum(['pending', 'active', 'ended']),
      kind: z.string(),
      startedAt: z.number(),
      activatedAt: instant,
      endingAt: instant,
      endedAt: instant,
      endReason: text,
      certificate: z.object({ serial: z.string(), notAfter: z.number() }).nullable(),
      accounts: z.array(
        z.object({
          id: z.string(),
          shortName: text,
          longName: text,
          state: z.string(),
          present: z.boolean(),
          joinedAt: z.number(),
          endedAt: instant,
        }),
      ),
    }),
  ),
  actions: z.array(z.object({ kind: z.string(), allowed: z.boolean(), reason: text, destructive: z.boolean() })),
})

type DevicePage = z.input<typeof devicePageShape>

const mostEnrollments = 20

/** The page of one device. Its actions say what this reader may order now, and what stands against the rest. */
export async function devicePage(ctx: Ctx, id: string): Promise<DevicePage> {
  const device = await devices.demanded(ctx, id, 'devices:read')
  const row = await store.listedDevice(ctx, id)
  const [shown] = row ? await deviceRows(ctx, [row]) : []
  if (!shown) throw new Problem('id.unknown')
  const all = (await enrollment.history(ctx, id)).slice(0, mostEnrollments)
  const live = all.find(e => e.state === 'active') ?? all.find(e => e.state === 'pending') ?? null
  const reached = live ? await push.stateOf(ctx, live.id) : null
  const enrollments: DevicePage['enrollments'] = []
  for (const one of all) enrollments.push(await enrollmentOf(ctx, one))
  const certificateEndsAt = enrollments.find(e => e.id === live?.id)?.certificate?.notAfter ?? null
  const policy = (await standingsOf(ctx, [device.id])).get(device.id) ?? null
  return {
    ...shown,
    sentence: sentenceOf({ device, enrollment: live, push: reached, certificateEndsAt, policy, now: ctx.now }),
    identifiers: await devices.identifiersOf(ctx, device.id),
    facts: (await devices.factsOf(ctx, id)).map(f => ({ ...f, group: devices.groupOf(f.key) })),
    push: reached ?? { ...unreachable },
    enrollments,
    actions: await commands.actionsFor(ctx, device),
  }
}

const unreachable: DevicePage['push'] = {
  channel: null,
  state: 'none',
  reason: null,
  topic: null,
  wantedAt: null,
  nextAt: null,
  lastPushedAt: null,
  lastContactAt: null,
  latencyMs: null,
}

async function enrollmentOf(ctx: Ctx, one: enrollment.Enrollment): Promise<DevicePage['enrollments'][number]> {
  const identities = await certificates.identitiesOf(ctx, { kind: 'enrollment', id: one.id })
  const active = identities.findLast(i => i.state === 'active') ?? identities.at(-1)
  return {
    id: one.id,
    platform: one.platform,
    state: one.state,
    kind: one.kind,
    startedAt: one.startedAt,
    activatedAt: one.activatedAt,
    endingAt: one.endingAt,
    endedAt: one.endedAt,
    endReason: one.endReason,
    certificate: active ? { serial: active.serial, notAfter: active.notAfter } : null,
    accounts: await enrollment.accountsOf(ctx, one.id),
  }
}

/** A list the device gave of itself, and when. */
export async function reportedList(
  ctx: Ctx,
  id: string,
  kind: devices.ListKind,
): Promise<{ items: Record<string, devices.JsonValue>[]; seenAt: number | null; truncated: boolean }> {
  await devices.demanded(ctx, id, 'devices:read')
  const list = await devices.listOf(ctx, id, kind)
  const items = Array.isArray(list?.value) ? list.value : []
  const plain = items.filter((i): i is Record<string, devices.JsonValue> => isRecord(i))
  const seenAt = list?.at ?? null
  return { items: plain, seenAt, truncated: list?.truncated ?? false }
}

/** The last raw answers of a device, for those who may look at them. */
export async function rawReports(ctx: Ctx, id: string): Promise<{ items: devices.Report[] }> {
  await devices.demanded(ctx, id, 'devices:read')
  return { items: await devices.reportsOf(ctx, id) }
}

/** What one fact has been, newest first. */
export async function factHistory(
  ctx: Ctx,
  id: string,
  key: string,
): Promise<{ items: { value: devices.JsonValue; at: number }[] }> {
  await devices.demanded(ctx, id, 'devices:read')
  return { items: await devices.historyOf(ctx, id, key) }
}

function isRecord(value: devices.JsonValue): boolean {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
