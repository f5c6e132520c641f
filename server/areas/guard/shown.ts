import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { namesOf } from '../identity/index.ts'
import { goodApprovals, againstApproving } from './approval.ts'
import { limitsOf } from './bucket.ts'
import { heldReasons, impacts } from './impact.ts'
import { batchHash } from './intent.ts'
import { type IntentDeviceRow, type IntentRow, intentStates } from './intent-store.ts'

const text = z.string().nullable()
const instant = z.number().nullable()
const who = z.object({ kind: z.string(), id: text, name: text })

/** An intent as lists show it. */
export const intentShape = z.object({
  id: z.string(),
  action: z.string(),
  impact: z.enum(impacts),
  state: z.enum(intentStates),
  why: z.enum(heldReasons),
  devices: z.number(),
  sent: z.number(),
  skipped: z.number(),
  /** Its devices are still being listed. */
  gathering: z.boolean(),
  batch: text,
  about: z.object({ kind: z.string(), id: z.string(), name: text }).nullable(),
  summary: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullable(),
  reason: text,
  by: who,
  createdAt: z.number(),
  /** When a proposal takes effect, or when the cooling-off is over. */
  effectiveAt: instant,
  expiresAt: z.number(),
  releasedAt: instant,
  endedAt: instant,
  endedBy: who.nullable(),
  endedWhy: text,
  approvals: z.number(),
  needs: z.number(),
})

/** The same with what is signed and by whom. */
export const intentPageShape = intentShape.extend({
  hash: text,
  approvedBy: z.array(z.object({ id: z.string(), name: text, at: z.number(), passkey: text, good: z.boolean() })),
  signers: z.array(z.object({ id: z.string(), name: text })).nullable(),
  /** Whether the reader may agree, and if not, the code of what stands against it. */
  approvable: z.object({ allowed: z.boolean(), reason: text }),
  coolingMinutes: z.number(),
})

/** A device of an intent as lists show it. */
export const intentDeviceShape = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['waiting', 'sent', 'skipped']),
  why: text,
  at: instant,
})

type Shown = z.input<typeof intentShape>

/** Intents as the API shows them, in the same order. */
export async function describeIntents(ctx: Ctx, rows: readonly IntentRow[]): Promise<Shown[]> {
  const ids = rows.flatMap(r => [r.by_id, r.ended_by, r.about_id].filter(i => i !== null))
  const names = await namesOf(ctx, ids)
  const shown: Shown[] = []
  for (const row of rows)
    shown.push(shownAs(row, names, row.state === 'held' ? (await goodApprovals(ctx, row)).length : row.needs))
  return shown
}

function shownAs(row: IntentRow, names: ReadonlyMap<string, string>, approvals: number): Shown {
  const named = (id: string | null): string | null => names.get(id ?? '') ?? null
  return {
    id: row.id,
    action: row.action,
    impact: row.impact,
    state: row.state,
    why: row.why,
    devices: row.gathering === 1 ? Math.max(row.count, row.expected) : row.count,
    sent: row.sent,
    skipped: row.skipped,
    gathering: row.gathering === 1,
    batch: row.batch,
    about:
      row.about_kind === null || row.about_id === null
        ? null
        : { kind: row.about_kind, id: row.about_id, name: named(row.about_id) },
    summary: row.summary === null ? null : (JSON.parse(row.summary) as Shown['summary']),
    reason: row.reason,
    by: { kind: row.by_kind, id: row.by_id, name: named(row.by_id) },
    createdAt: row.created_at,
    effectiveAt: row.effective_at,
    expiresAt: row.expires_at,
    releasedAt: row.released_at,
    endedAt: row.ended_at,
    endedBy: row.ended_by === null ? null : { kind: 'admin', id: row.ended_by, name: named(row.ended_by) },
    endedWhy: row.ended_why,
    approvals,
    needs: row.needs,
  }
}

/** One intent with everything an approver looks at before they sign. */
export async function intentPage(ctx: Ctx, row: IntentRow): Promise<z.input<typeof intentPageShape>> {
  const [shown] = await describeIntents(ctx, [row])
  if (!shown) throw new Error('an intent that is there is shown')
  const all = await goodApprovals(ctx, row, Number.MAX_SAFE_INTEGER)
  const good = new Set((await goodApprovals(ctx, row)).map(a => a.id))
  const signers = row.signers === null ? null : (JSON.parse(row.signers) as string[])
  const names = await namesOf(ctx, [...all.map(a => a.admin), ...(signers ?? [])])
  const reason = await againstApproving(ctx, row)
  return {
    ...shown,
    hash: row.gathering === 1 ? null : batchHash(row),
    approvedBy: all.map(a => ({
      id: a.admin,
      name: names.get(a.admin) ?? null,
      at: a.at,
      passkey: a.passkey,
      good: good.has(a.id),
    })),
    signers: signers?.map(id => ({ id, name: names.get(id) ?? null })) ?? null,
    approvable: { allowed: reason === null, reason },
    coolingMinutes: row.count > (await limitsOf(ctx)).coolingFrom ? (await limitsOf(ctx)).coolingMinutes : 0,
  }
}

/** A device of an intent as the API shows it. */
export function shownDevice(row: IntentDeviceRow): z.input<typeof intentDeviceShape> {
  return { id: row.device, name: row.name, state: row.state, why: row.why, at: row.at }
}
