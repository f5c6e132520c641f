import { z } from 'zod'
import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { JsonValue } from '../devices/index.ts'
import { namesOf } from '../identity/index.ts'
import { meaningOf } from './kind.ts'
import type { ListedCommand } from './list-store.ts'
import { priorities } from './rank.ts'

const instant = z.number().nullable()
const text = z.string().nullable()

/** A command as the API shows it. */
export const commandShape = z.object({
  id: z.string(),
  device: z.object({ id: z.string(), name: z.string() }),
  enrollment: z.string(),
  account: text,
  kind: z.string(),
  args: z.record(z.string(), z.json()),
  /** `held`: the guard has not let it go. */
  state: z.enum(['held', 'queued', 'sent', 'done', 'failed', 'expired', 'canceled', 'superseded']),
  notNow: z.object({ count: z.number(), lastAt: z.number() }).nullable(),
  priority: z.enum(['high', 'normal', 'low']),
  createdAt: z.number(),
  pushedAt: instant,
  sentAt: instant,
  answeredAt: instant,
  endedAt: instant,
  expiresAt: instant,
  nextAt: instant,
  next: z.enum(['push', 'contact', 'unlock', 'retry']).nullable(),
  by: z.object({ kind: z.string(), id: text, name: text }),
  reason: text,
  endReason: text,
  error: z.object({ code: z.number().nullable(), domain: text, message: text, explained: z.string() }).nullable(),
  push: z.object({ apnsId: text, status: z.number().nullable(), reason: text }).nullable(),
  steps: z.array(z.object({ step: z.string(), at: instant, count: z.number().optional() })),
  batch: text,
  destructive: z.boolean(),
  cancelable: z.boolean(),
  /** What it waits in, or left from. */
  intent: text,
})

/** The same with what the device answered, for those who may read it. */
export const commandPageShape = commandShape.extend({
  result: z.json().nullable(),
  /** Why there is no result to show: it is withheld, takes a look with a purpose, too large to keep here, could not be decoded, or is among the reports of the device. */
  resultAbsent: z.enum(['withheld', 'cut', 'undecodable', 'reported', 'gated']).nullable(),
})

type Shown = z.input<typeof commandShape>
type Step = Shown['steps'][number]

/** Commands as the API shows them, in the same order. */
export async function describe(ctx: Ctx, rows: readonly ListedCommand[]): Promise<Shown[]> {
  const names = await namesOf(
    ctx,
    rows.flatMap(r => (r.by_id === null ? [] : [r.by_id])),
  )
  return rows.map(row => {
    const pushedAt = pushedAtOf(row)
    return {
      id: row.id,
      device: { id: row.device, name: row.device_name },
      enrollment: row.enrollment,
      account: row.account === '' ? null : row.account,
      kind: row.kind,
      args: JSON.parse(row.args) as Record<string, JsonValue>,
      state: row.state,
      notNow: row.deferred_at === null ? null : { count: row.deferrals, lastAt: row.deferred_at },
      priority: priorities[row.priority] ?? 'normal',
      createdAt: row.created_at,
      pushedAt,
      sentAt: row.sent_at,
      answeredAt: row.answered_at,
      endedAt: row.ended_at,
      expiresAt: row.expires_at,
      ...nextOf(row, pushedAt),
      by: { kind: row.by_kind, id: row.by_id, name: names.get(row.by_id ?? '') ?? null },
      reason: row.reason,
      endReason: row.end_reason,
      error: row.error === null ? null : (JSON.parse(row.error) as Shown['error']),
      push: pushOf(row),
      steps: stepsOf(row, pushedAt),
      batch: row.batch,
      destructive: meaningOf(row.kind)?.destructive === true || row.wipes === 1,
      cancelable: row.ended_at === null && may(ctx.authority, 'commands:cancel', row.device_path),
      intent: row.intent,
    }
  })
}

/** The wake that led to the first offer; while none did, the newest one since the command was made. */
function pushedAtOf(row: ListedCommand): number | null {
  if (row.pushed_at !== null || row.sent_at !== null) return row.pushed_at
  const at = row.wake_pushed_at
  return at !== null && at >= row.created_at ? at : null
}

/** What happens next without anyone doing anything, and when at the latest the server acts again. */
function nextOf(row: ListedCommand, pushedAt: number | null): Pick<Shown, 'next' | 'nextAt'> {
  if (row.ended_at !== null) return { next: null, nextAt: null }
  const nextPush = row.wake_next_at ?? null
  if (row.state === 'sent') return { next: 'retry', nextAt: nextPush ?? row.due_at }
  if (row.deferrals > 0) return { next: 'unlock', nextAt: nextPush ?? row.due_at }
  if (row.wake_state === null || row.wake_state === 'dead') return { next: 'contact', nextAt: null }
  if (pushedAt === null) return { next: 'push', nextAt: nextPush ?? row.due_at }
  return { next: 'contact', nextAt: nextPush ?? row.due_at }
}

function pushOf(row: ListedCommand): Shown['push'] {
  if (row.wake_state === null) return null
  return { apnsId: row.wake_apns_id, status: row.wake_status, reason: row.wake_reason }
}

/** The way of the command: what happened with its time, and what is still ahead without one. */
function stepsOf(row: ListedCommand, pushedAt: number | null): Step[] {
  const steps: Step[] = [{ step: 'queued', at: row.created_at }]
  const over = row.ended_at !== null
  if (!over || pushedAt !== null) steps.push({ step: 'pushed', at: pushedAt })
  if (!over || row.sent_at !== null) steps.push({ step: 'fetched', at: row.sent_at })
  if (row.deferred_at !== null) steps.push({ step: 'not-now', at: row.deferred_at, count: row.deferrals })
  return [...steps, lastStep(row)]
}

function lastStep(row: ListedCommand): Step {
  switch (row.state) {
    case 'queued':
    case 'sent':
      return { step: 'acknowledged', at: null }
    case 'done':
      return { step: 'acknowledged', at: row.ended_at }
    case 'failed':
      return { step: 'error', at: row.ended_at }
    case 'expired':
      return { step: 'expired', at: row.ended_at }
    default:
      return { step: 'canceled', at: row.ended_at }
  }
}
