import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import * as alerts from '../alerts/index.ts'
import { deviceStates, formFactors, ownerships, platforms } from '../devices/index.ts'
import { unitRefs } from '../identity/index.ts'
import { complianceOf } from './compliance-store.ts'
import * as store from './device-store.ts'
import { type PolicyStanding, standingsOf } from './policy-store.ts'

/** A unit as lists show it: its name, and its path in names as far as the reader may see. */
export const unitShape = z.object({ id: z.string(), name: z.string(), path: z.string() })

/** A device as lists show it. */
export const deviceRowShape = z.object({
  id: z.string(),
  name: z.string(),
  platform: z.enum(platforms),
  formFactor: z.enum(formFactors),
  model: z.string().nullable(),
  modelName: z.string().nullable(),
  osVersion: z.string().nullable(),
  serial: z.string().nullable(),
  udid: z.string().nullable(),
  imei: z.string().nullable(),
  ownership: z.enum(ownerships),
  shared: z.boolean(),
  supervised: z.boolean().nullable(),
  unit: unitShape,
  user: z.object({ id: z.string(), displayName: z.string() }).nullable(),
  state: z.enum(deviceStates),
  stateReason: z.string().nullable(),
  enrolledAt: z.number().nullable(),
  lastSeenAt: z.number().nullable(),
  waiting: z.number(),
  assetTag: z.string().nullable(),
  tags: z.array(z.string()),
  /** Alerts about it that have not ended, and how grave the gravest is; null when there are none, or the reader may not read alerts. */
  alerts: z.object({ count: z.number(), severity: z.enum(alerts.severities) }).nullable(),
  /** What it should have and how many of it failed, wait or cannot be had; null where it is not managed. */
  policy: z.object({ items: z.number(), failed: z.number(), waiting: z.number(), unsupported: z.number() }).nullable(),
  /** How it stands by the rules, how many it violates, and how grave the gravest is; null where no rule applies to it. */
  compliance: z.object({ state: z.string(), violating: z.number(), severity: z.string().nullable() }).nullable(),
})

export type DeviceRow = z.output<typeof deviceRowShape>

/** Rows as lists show them: with the names of their units, their tags and how far their policies are, four more queries for any number of rows. */
export async function deviceRows(ctx: Ctx, rows: readonly store.ListedDevice[]): Promise<DeviceRow[]> {
  if (rows.length === 0) return []
  const unit = await unitRefs(ctx)
  const ids = rows.map(r => r.id)
  const tags = await store.tagsOf(ctx, ids)
  const standings = await standingsOf(ctx, ids)
  const alerting = await alerts.alertsOfDevices(ctx, ids)
  const verdicts = await complianceOf(ctx, ids)
  return rows.map(r => ({
    ...ownColumns(r, unit),
    waiting: r.waiting,
    tags: tags.get(r.id) ?? [],
    alerts: alerting.get(r.id) ?? null,
    policy: policyOf(standings.get(r.id)),
    compliance: verdicts.get(r.id) ?? null,
  }))
}

/** What a row says by itself, of today or of a past day: everything but what other tables add. */
export function ownColumns(r: Omit<store.ListedDevice, 'waiting'>, unit: Awaited<ReturnType<typeof unitRefs>>) {
  return {
    id: r.id,
    name: r.name,
    platform: r.platform as DeviceRow['platform'],
    formFactor: r.form_factor as DeviceRow['formFactor'],
    model: r.model || null,
    modelName: r.model_name || null,
    osVersion: r.os_version || null,
    serial: r.serial || null,
    udid: r.udid || null,
    imei: r.imei || null,
    ownership: r.ownership as DeviceRow['ownership'],
    shared: r.shared === 1,
    supervised: r.supervised === null ? null : r.supervised === 1,
    unit: unit(r.unit),
    user: r.user_id === null ? null : { id: r.user_id, displayName: r.user_name ?? '' },
    state: r.state as DeviceRow['state'],
    stateReason: r.state_reason,
    enrolledAt: r.enrolled_at || null,
    lastSeenAt: Math.max(r.last_seen_at, r.enrolled_at) || null,
    assetTag: r.asset_tag || null,
  }
}

function policyOf(standing: PolicyStanding | undefined): DeviceRow['policy'] {
  if (!standing) return null
  const { blocked: _, ...shown } = standing
  return shown
}
