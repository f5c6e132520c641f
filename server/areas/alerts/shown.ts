import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { may } from '../../base/authority.ts'
import { mailReady } from '../../base/mail.ts'
import * as identity from '../identity/index.ts'
import { seen } from './alert.ts'
import { alertType, personTypes, severities, type Severity } from './kinds.ts'
import type { Facts } from './effect.ts'
import * as counts from './count-store.ts'
import * as store from './store.ts'

const named = z.object({ id: z.string(), name: z.string() })

/** An alert as lists show it. Its sentence is made of its type and facts by whoever shows it. */
export const alertShape = z.object({
  id: z.string(),
  type: z.string(),
  severity: z.enum(severities),
  state: z.enum(['open', 'acknowledged', 'resolved']),
  openedAt: z.number(),
  lastAt: z.number(),
  times: z.number(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  device: named.nullable(),
  user: named.nullable(),
  unit: named,
  about: z.object({ kind: z.string(), id: z.string() }).nullable(),
  assignee: named.nullable(),
  acknowledgedAt: z.number().nullable(),
  snoozedUntil: z.number().nullable(),
  resolvedAt: z.number().nullable(),
  resolvedHow: z.string().nullable(),
})

/** An alert as its page shows it. */
export const alertPageShape = alertShape.extend({
  /** The person of the device: whether they were told by mail, and whether they can be asked. */
  person: z.object({ toldAt: z.number().nullable(), canBeAsked: z.boolean() }),
  writable: z.boolean(),
  steps: z.array(
    z.object({
      id: z.string(),
      at: z.number(),
      what: z.string(),
      by: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
      text: z.string().nullable(),
      name: z.string().nullable(),
    }),
  ),
})

/** The last unit of a path. */
const unitIn = (path: string): string => path.split('/').at(-2) ?? ''

/** Alerts with the names of what they are about. */
export async function alertItems(ctx: Ctx, rows: readonly store.AlertRow[]): Promise<z.input<typeof alertShape>[]> {
  const ids = rows.flatMap(r => [r.device, r.user_id, r.assignee, unitIn(r.unit_path)].filter(i => i !== null))
  const names = await identity.namesOf(ctx, [...new Set(ids)])
  return rows.map(row => {
    const facts = JSON.parse(row.facts) as Facts
    const of = (id: string | null, last = ''): { id: string; name: string } | null =>
      id === null ? null : { id, name: names.get(id) ?? last }
    const unit = unitIn(row.unit_path)
    return {
      id: row.id,
      type: row.type,
      severity: severities[row.severity - 1] ?? 'caution',
      state: row.state,
      openedAt: row.opened_at,
      lastAt: row.last_at,
      times: row.times,
      facts,
      device: of(row.device, String(facts['device'] ?? '')),
      user: of(row.user_id, String(facts['person'] ?? '')),
      unit: { id: unit, name: names.get(unit) ?? '' },
      about: row.about_kind === null || row.about_id === null ? null : { kind: row.about_kind, id: row.about_id },
      assignee: of(row.assignee),
      acknowledgedAt: row.acknowledged_at,
      snoozedUntil: row.snoozed_until !== null && row.snoozed_until > ctx.now ? row.snoozed_until : null,
      resolvedAt: row.resolved_at,
      resolvedHow: row.resolved_how,
    }
  })
}

const mostSteps = 200

/** One alert with all that became of it. */
export async function alertPage(ctx: Ctx, id: string): Promise<z.input<typeof alertPageShape>> {
  const row = await seen(ctx, id)
  const [item] = await alertItems(ctx, [row])
  if (!item) throw new Error('an alert that was read can be shown')
  const steps = await store.steps(ctx, row.id, mostSteps)
  const names = await identity.namesOf(
    ctx,
    steps.flatMap(s => [s.by_id, s.what === 'assigned' ? s.text : null].filter(i => i !== null)),
  )
  const user = row.user_id === null ? undefined : (await identity.usersWith(ctx, [row.user_id])).get(row.user_id)
  const personal = personTypes.some(t => t === row.type)
  return {
    ...item,
    person: {
      toldAt: row.person_told_at,
      canBeAsked: personal && row.state !== 'resolved' && Boolean(user?.email) && mailReady(ctx.config),
    },
    writable: may(ctx.authority, 'alerts:write', row.unit_path),
    steps: steps.map(s => ({
      id: s.id,
      at: s.at,
      what: s.what,
      by: { kind: s.by_kind, id: s.by_id, name: s.by_id === null ? null : (names.get(s.by_id) ?? null) },
      text: s.what === 'assigned' ? null : s.text,
      name: s.what === 'assigned' && s.text !== null ? (names.get(s.text) ?? null) : null,
    })),
  }
}

/** The most that is counted of anything: beyond it is only said that there are more. */
export const mostCounted = 1000

/** How many alerts wait for someone where the actor may look, by type. */
export async function waitingByType(
  ctx: Ctx,
): Promise<{ type: string; severity: Severity; state: string; count: number; since: number }[]> {
  const rows = await counts.countWaiting(ctx, ctx.authority.where('alerts:read'), mostCounted)
  return rows
    .filter(r => alertType(r.type) !== undefined)
    .map(r => ({
      type: r.type,
      severity: severities[r.severity - 1] ?? 'caution',
      state: r.state,
      count: r.n,
      since: r.since,
    }))
}

/** Of these devices how many alerts each has that have not ended, and how grave the gravest is. The caller has asked whether the actor may see the devices. */
export async function alertsOfDevices(
  ctx: Ctx,
  ids: readonly string[],
): Promise<Map<string, { count: number; severity: Severity }>> {
  if (ctx.authority.where('alerts:read').length === 0) return new Map()
  const found = await counts.countOfDevices(ctx, ids)
  return new Map(
    [...found].map(([id, { count, severity }]) => [id, { count, severity: severities[severity - 1] ?? 'caution' }]),
  )
}
