import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import * as certificates from '../certificates/index.ts'
import * as commands from '../commands/index.ts'
import * as devices from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import * as privacy from '../privacy/index.ts'
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
  /** What of it there is and is only read with a purpose. */
  gated: z.array(z.enum(privacy.dataTypes)),
  /** What of it is never collected. */
  never: z.array(z.enum(privacy.dataTypes)),
  /** Nothing of it is deleted for its age. */
  held: z.object({ reason: z.string(), at: z.number() }).nullable(),
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
  const reading = await privacy.readingOf(ctx, device)
  const reads = (type: privacy.DataType): boolean => reading(type) === 'shown'
  const held = await privacy.holdOn(ctx, device.id)
  for (const one of all) enrollments.push(await enrollmentOf(ctx, one, reads('accounts')))
  const certificateEndsAt = enrollments.find(e => e.id === live?.id)?.certificate?.notAfter ?? null
  const policy = (await standingsOf(ctx, [device.id])).get(device.id) ?? null
  return {
    ...shown,
    sentence: sentenceOf({ device, enrollment: live, push: reached, certificateEndsAt, policy, now: ctx.now }),
    identifiers: (await devices.identifiersOf(ctx, device.id)).filter(
      i => reads(devices.typeOfIdentifier(i.kind)) || privacy.essentialIdentifiers.has(i.kind),
    ),
    facts: (await devices.factsOf(ctx, id))
      .filter(f => reads(privacy.typeOf(f.key)) || privacy.essential.has(f.key))
      .map(f => ({ ...f, group: devices.groupOf(f.key) })),
    gated: privacy.dataTypes.filter(t => reading(t) === 'gated'),
    never: privacy.dataTypes.filter(t => reading(t) === 'never'),
    held: held === null ? null : { reason: held.reason, at: held.at },
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

async function enrollmentOf(
  ctx: Ctx,
  one: enrollment.Enrollment,
  named: boolean,
): Promise<DevicePage['enrollments'][number]> {
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
    accounts: (await enrollment.accountsOf(ctx, one.id)).map(a =>
      named ? a : { ...a, shortName: null, longName: null },
    ),
  }
}

/** A list the device gave of itself, and when; without its entries where reading them takes a purpose. */
export async function reportedList(ctx: Ctx, id: string, kind: devices.ListKind): Promise<Listed> {
  const device = await devices.demanded(ctx, id, 'devices:read')
  const reading = await privacy.readingOf(ctx, device)
  const list = await devices.listOf(ctx, id, kind)
  const items = (Array.isArray(list?.value) ? list.value : []).filter(isRecord)
  const gated = reading(privacy.typeOfList(kind)) === 'gated'
  // What the org itself put there it may read.
  const shown = gated
    ? items.filter(i => kind === 'apps' && i.managed === true && reading('managed-apps') === 'shown')
    : items
  return {
    items: shown,
    seenAt: list?.at ?? null,
    truncated: list?.truncated ?? false,
    gated: gated ? privacy.typeOfList(kind) : null,
  }
}

interface Listed {
  items: Record<string, devices.JsonValue>[]
  seenAt: number | null
  truncated: boolean
  gated: privacy.DataType | null
}

/** The last raw answers of a device, for those who may look at them, without what is read with a purpose only. */
export async function rawReports(ctx: Ctx, id: string): Promise<{ items: devices.Report[] }> {
  const device = await devices.demanded(ctx, id, 'devices:read')
  const reading = await privacy.readingOf(ctx, device)
  const reports = await devices.reportsOf(ctx, id)
  return {
    items: reports.map(r => ({ ...r, value: devices.stripped(r.source, r.value, t => reading(t) === 'shown') })),
  }
}

/** What one fact has been, newest first; nothing where reading it takes a purpose. */
export async function factHistory(
  ctx: Ctx,
  id: string,
  key: string,
): Promise<{ items: { value: devices.JsonValue; at: number }[]; gated: privacy.DataType | null }> {
  const device = await devices.demanded(ctx, id, 'devices:read')
  const type = privacy.typeOf(key)
  const gated = !privacy.essential.has(key) && (await privacy.readingOf(ctx, device))(type) === 'gated'
  return { items: gated ? [] : await devices.historyOf(ctx, id, key), gated: gated ? type : null }
}

function isRecord(value: devices.JsonValue): value is Record<string, devices.JsonValue> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
