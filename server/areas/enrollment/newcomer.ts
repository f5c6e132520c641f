import { demand, may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { newId } from '../../base/id.ts'
import { type AnyJobKind, enqueue, type JobKind, jobName } from '../../base/jobs.ts'
import { type ListQuery, readPage } from '../../base/page.ts'
import { Problem, type ProblemCode } from '../../base/problem.ts'
import * as identity from '../identity/index.ts'
import { newcomerEvents } from './events.ts'
import type { Invitation } from './invitation.ts'
import * as store from './newcomer-store.ts'

/** What a device that asks to enroll says of itself, and what its chip says of its key. */
export interface Asking {
  road: string
  keyHash: string
  mode: string
  serial: string | null
  name: string
  osVersion: string
  attested: string
  attestedWhy: string | null
}

/** Whether whoever may know expects a device of this serial number. */
export type Expecting = (ctx: Ctx, serial: string) => Promise<boolean>

const expecting: Expecting[] = []

/** Main says who expects devices: those are later rooms. */
export function expectBy(by: Expecting): void {
  if (!expecting.includes(by)) expecting.push(by)
}

const mostWaiting = 500

/** Whether devices that nobody expects wait for an admin. */
export function waitsForAdmin(ctx: Ctx): Promise<boolean> {
  return store.waits(ctx)
}

/** Has them wait, or lets them in at once. Those who wait already are let in when they ask again. */
export async function setAdmission(ctx: Ctx, wait: boolean): Promise<void> {
  demand(ctx.authority, 'org:write', (await identity.rootUnit(ctx)).path, 'invitations:read')
  if ((await store.waits(ctx)) === wait) return
  await store.putWaits(ctx, wait)
  await record(ctx, newcomerEvents.admissionChanged, null, { wait })
}

/**
 * Whether a device may enroll now: at once where nobody waits or it is expected, else when an admin said so. Asked again it answers the same.
 * `until`: it waits, at most so long.
 */
export async function admit(ctx: Ctx, invitation: Invitation, asking: Asking): Promise<{ until: number } | null> {
  const known = await store.findByKey(ctx, asking.road, asking.keyHash)
  if (known?.state === 'denied') throw new Problem('newcomer.denied')
  if (known?.state === 'approved' || known?.state === 'entered') return null
  if (!(await store.waits(ctx)) || (await isExpected(ctx, asking))) return null
  if (known) {
    await store.changeNewcomer(ctx, known.id, { heard_at: ctx.now, until_at: invitation.expiresAt })
    return { until: invitation.expiresAt }
  }
  if ((await store.countWaiting(ctx, invitation.id)) >= mostWaiting) throw new Problem('invitation.too-many-tries')
  const unit = await identity.unitOf(ctx, invitation.unit)
  const row = freshRow(ctx, invitation, asking, unit)
  await store.addNewcomer(ctx, row)
  await enqueue(ctx, tidyName, {}, { dedupe: 'org', inMs: hourMs })
  const { serial, name, mode, attested } = row
  await record(ctx, newcomerEvents.asked, aboutNewcomer(row), { serial, name, mode, attested })
  return { until: row.until_at }
}

function freshRow(
  ctx: Ctx,
  invitation: Invitation,
  asking: Asking,
  unit: identity.Unit,
): Omit<store.NewcomerRow, 'org'> {
  const { road, keyHash, mode, serial, name, osVersion, attested, attestedWhy } = asking
  return {
    id: newId('newcomer'),
    road,
    key_hash: keyHash,
    invitation: invitation.id,
    unit: unit.id,
    unit_path: unit.path,
    mode,
    serial: serial ?? '',
    name,
    os_version: osVersion,
    attested,
    attested_why: attestedWhy,
    state: 'waiting',
    asked_at: ctx.now,
    heard_at: ctx.now,
    until_at: invitation.expiresAt,
    decided_at: null,
    decided_kind: null,
    decided_id: null,
    enrollment: null,
  }
}

/** A serial number stands on every box: from a device whose chip is not believed it counts for nothing. */
async function isExpected(ctx: Ctx, { serial, attested }: Asking): Promise<boolean> {
  if (serial === null || serial === '' || attested === 'failed') return false
  for (const asked of expecting) if (await asked(ctx, serial)) return true
  return false
}

/** A device came in by this key: if it waited, it waits no longer. */
export async function entered(
  ctx: Ctx,
  { road, keyHash }: Pick<Asking, 'road' | 'keyHash'>,
  id: string,
): Promise<void> {
  const known = await store.findByKey(ctx, road, keyHash)
  if (!known) return
  await store.changeNewcomer(ctx, known.id, { state: 'entered', enrollment: id })
  await record(ctx, newcomerEvents.entered, aboutNewcomer(known), { enrollment: id, name: known.name })
}

/** What an admin says of a newcomer; `wait` takes back what was said before it took effect. */
export const decisions = ['approve', 'deny', 'wait'] as const
export type Decision = (typeof decisions)[number]

const stateAfter = { approve: 'approved', deny: 'denied', wait: 'waiting' } as const

/** Decides about newcomers; answers of each where it stands, and why it could not be. Those the actor may not see are unknown. */
export async function decide(
  ctx: Ctx,
  ids: readonly string[],
  decision: Decision,
): Promise<{ id: string; state: store.NewcomerState | null; problem: ProblemCode | null }[]> {
  const rows = new Map((await store.findNewcomers(ctx, ids)).map(r => [r.id, r]))
  const answers = []
  for (const id of new Set(ids)) {
    const row = rows.get(id)
    const problem = refusal(ctx, row, decision)
    if (row && problem === null && row.state !== stateAfter[decision]) await settle(ctx, row, decision)
    const seen = row && problem !== 'id.unknown'
    answers.push({ id, state: seen ? (problem === null ? stateAfter[decision] : row.state) : null, problem })
  }
  return answers
}

function refusal(ctx: Ctx, row: store.NewcomerRow | undefined, decision: Decision): ProblemCode | null {
  if (!row || !may(ctx.authority, 'invitations:read', row.unit_path)) return 'id.unknown'
  if (!may(ctx.authority, 'invitations:write', row.unit_path)) return 'permission.missing'
  if (row.state === 'entered') return 'newcomer.entered'
  return decision === 'approve' && row.until_at <= ctx.now ? 'newcomer.over' : null
}

async function settle(ctx: Ctx, row: store.NewcomerRow, decision: Decision): Promise<void> {
  const { actor } = ctx
  const open = decision === 'wait'
  await store.changeNewcomer(ctx, row.id, {
    state: stateAfter[decision],
    decided_at: open ? null : ctx.now,
    decided_kind: open ? null : actor.kind,
    decided_id: open || actor.kind === 'system' ? null : actor.id,
  })
  const { serial, name, mode, attested } = row
  if (open) await record(ctx, newcomerEvents.asked, aboutNewcomer(row), { serial, name, mode, attested })
  else await record(ctx, newcomerEvents[decision], aboutNewcomer(row), { serial, name })
}

/** One page of newcomers in a state below the units whose invitations the actor may see. */
export function newcomers(
  ctx: Ctx,
  state: store.NewcomerState,
  query: Omit<ListQuery, 'filter'>,
): Promise<{ items: store.NewcomerRow[]; next: string | null }> {
  const page = readPage(ctx.org, { ...query, filter: state }, store.newcomerSorts)
  return store.listNewcomers(ctx, { state, paths: ctx.authority.where('invitations:read'), page, now: ctx.now })
}

const keptMs = 30 * 24 * 3_600_000
const hourMs = 3_600_000
const atOnce = 200

/** Ends waits that are over. */
const tidyName = jobName<Record<string, never>>('enrollment.newcomers')

const tidy: JobKind<Record<string, never>> = {
  name: tidyName,
  run: async (base, { scope, signal }) => {
    while (!signal.aborted && (await base.transact(scope, tidyPage)));
    return (await base.transact(scope, store.anyNewcomer)) ? { againInMs: hourMs } : undefined
  },
}

/** What this room does by itself. */
export const jobs: readonly AnyJobKind[] = [tidy]

/** Ends waits whose invitation has ended, and forgets what was decided a month ago: nobody needs to know for longer who asked. */
async function tidyPage(ctx: Ctx): Promise<boolean> {
  const gone = await store.listOver(ctx, { waiting: ctx.now, decided: ctx.now - keptMs }, atOnce)
  for (const row of gone)
    if (row.state === 'waiting') await record(ctx, newcomerEvents.lapsed, aboutNewcomer(row), { name: row.name })
  await store.removeNewcomers(
    ctx,
    gone.map(r => r.id),
  )
  return gone.length === atOnce
}

function aboutNewcomer(row: Pick<store.NewcomerRow, 'id' | 'unit_path'>): { kind: string; id: string; path: string } {
  return { kind: 'newcomer', id: row.id, path: row.unit_path }
}
