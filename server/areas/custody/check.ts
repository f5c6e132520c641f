import { demandWhole } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { enqueue } from '../../base/jobs.ts'
import { mailReady } from '../../base/mail.ts'
import * as outbox from '../../base/mail-store.ts'
import { Problem } from '../../base/problem.ts'
import * as store from './check-store.ts'
import { custodyEvents } from './events.ts'
import { keepings } from './keeping.ts'
import { checkSetup } from './later.ts'

/** What is checked of the set-up, in the order people read it. */
export const checkCodes = ['reach', 'tls', 'push', 'clock', 'mail', 'backup', 'custody'] as const
export type CheckCode = (typeof checkCodes)[number]

export const checkStates = ['ok', 'attention', 'danger', 'unknown'] as const
export type CheckState = (typeof checkStates)[number]

/** The answer of one check. `why` chooses the sentence and the next step; the other facts fill it. */
export interface Check {
  code: CheckCode
  state: CheckState
  why: string
  facts: Record<string, string | number | null>
  checkedAt: number | null
}

/** The set-up as it was last checked. */
export interface SetupCheck {
  askedAt: number | null
  endedAt: number | null
  checks: Check[]
}

/** The set-up as it was last checked; nothing is asked here. */
export async function setupCheck(ctx: Ctx): Promise<SetupCheck> {
  demandWhole(ctx.authority, 'custody:read')
  const rows = await store.all(ctx)
  const run = await store.run(ctx)
  return {
    askedAt: run?.asked_at ?? null,
    endedAt: run?.ended_at ?? null,
    checks: checkCodes.map(code => {
      const row = rows.find(r => r.code === code)
      const { why = '', ...facts } = JSON.parse(row?.facts ?? '{}') as Record<string, string>
      const state = checkStates.find(s => s === row?.state) ?? 'unknown'
      return { code, state, why, facts, checkedAt: row?.checked_at ?? null }
    }),
  }
}

/** Has the set-up checked by a job, and once a day from then on. */
export async function askSetupCheck(ctx: Ctx): Promise<SetupCheck> {
  demandWhole(ctx.authority, 'custody:write')
  await store.begin(ctx)
  await enqueue(ctx, checkSetup, {}, { dedupe: 'org' })
  return setupCheck(ctx)
}

/** What a check found. */
export type Found = Pick<Check, 'state' | 'why' | 'facts'>

const hour = 3_600_000
const day = 24 * hour

/** What can be known without asking anybody: mail, backups, who answers for what. */
export async function inside(ctx: Ctx): Promise<Record<'mail' | 'backup' | 'custody', Found>> {
  return { mail: await mailStands(ctx), backup: await backupStands(ctx), custody: await custodyStands(ctx) }
}

async function mailStands(ctx: Ctx): Promise<Found> {
  if (!mailReady(ctx.config)) return { state: 'attention', why: 'none', facts: {} }
  const { failing_since, trouble, delivered_at } = await outbox.line(ctx)
  if (failing_since !== null)
    return { state: 'danger', why: 'failing', facts: { since: failing_since, reason: trouble ?? '' } }
  if (delivered_at === null) return { state: 'attention', why: 'untried', facts: {} }
  return { state: 'ok', why: 'good', facts: { at: delivered_at } }
}

async function backupStands(ctx: Ctx): Promise<Found> {
  const last = await store.backup(ctx)
  if (!last) return { state: 'attention', why: 'none', facts: {} }
  const age = ctx.now - last.made_at
  const facts = { at: last.made_at }
  if (age > 7 * day) return { state: 'danger', why: 'old', facts }
  return age > 26 * hour ? { state: 'attention', why: 'old', facts } : { state: 'ok', why: 'good', facts }
}

async function custodyStands(ctx: Ctx): Promise<Found> {
  const all = await keepings(ctx)
  const over = all.filter(k => k.state === 'over' || k.state === 'troubled').length
  const unanswered = all.filter(k => k.renewable === 'upload' && (k.owner === null || k.contact === null)).length
  if (over > 0) return { state: 'danger', why: 'over', facts: { n: over } }
  if (unanswered > 0) return { state: 'attention', why: 'unanswered', facts: { n: unanswered } }
  return { state: 'ok', why: 'good', facts: { n: all.length } }
}

/** Notes that a backup was made, as whoever makes them tells; the newest one counts. */
export async function tellBackup(
  ctx: Ctx,
  told: { madeAt?: number | undefined; bytes?: number | undefined },
): Promise<void> {
  demandWhole(ctx.authority, 'custody:write')
  const madeAt = told.madeAt ?? ctx.now
  if (madeAt > ctx.now + hour)
    throw new Problem('request.malformed', {}, { fields: [{ path: 'body.madeAt', message: 'lies ahead' }] })
  const before = await store.backup(ctx)
  if (before && before.made_at > madeAt) return
  const bytes = told.bytes ?? null
  await store.putBackup(ctx, { made_at: madeAt, bytes })
  await record(ctx, custodyEvents.backupTold, null, { madeAt, bytes })
}
