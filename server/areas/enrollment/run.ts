import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { Id } from '../../base/id.ts'
import { aboutDevice } from './about.ts'
import type { Enrollment } from './enrollment.ts'
import { setupEvents } from './events.ts'
import { tendSoon } from './run-names.ts'
import * as store from './run-store.ts'

/** Where a setup run is: it goes on, it goes on but nothing moves, or how it ended. */
export type RunState = 'running' | 'stuck' | 'ready' | 'timed-out' | 'skipped'

/** How a run can end: everything was there, its deadline came, or there was nothing more to wait for. */
export type RunEnd = 'ready' | 'timed-out' | 'skipped'

/** One thing a run waits for, as a code with a text, and facts for its sentence. */
export interface Waiting {
  code: string
  facts: Record<string, string | number | boolean | null>
}

/** One device's time from its first message until its person may go on. */
export interface SetupRun {
  enrollment: Id<'enrollment'>
  device: Id<'device'>
  since: number
  /** It ends then at the latest. */
  until: number
  state: RunState
  /** Kinds of things that must be there before it ends. */
  awaits: string[]
  waitingFor: Waiting[]
  /** Things that are there, of so many. */
  done: number
  total: number
  /** When the device last said anything. */
  lastWordAt: number
  /** When there was last progress. */
  changedAt: number
  endedAt: number | null
}

/** What is newly known of a run. */
export interface RunWord {
  waitingFor?: readonly Waiting[]
  done?: number
  total?: number
  /** The device said something just now. */
  heard?: boolean
  /** Nothing moves, and why. */
  stuck?: Waiting
}

/** Begins the setup run of an enrollment; one that has begun stays as it is, so that a message that comes twice changes nothing. */
export async function beginRun(
  ctx: Ctx,
  enrollment: Pick<Enrollment, 'id' | 'device'>,
  terms: { awaits: readonly string[]; until: number },
): Promise<void> {
  if (await store.findRun(ctx, enrollment.id)) return
  await store.putRun(ctx, {
    enrollment: enrollment.id,
    device: enrollment.device,
    since: ctx.now,
    until: Math.max(terms.until, ctx.now),
    state: 'running',
    awaits: [...terms.awaits],
    waitingFor: [],
    done: 0,
    total: 0,
    lastWordAt: ctx.now,
    changedAt: ctx.now,
    endedAt: null,
  })
  await store.markSettingUp(ctx, enrollment.id, true)
  const told = { enrollment: enrollment.id, minutes: Math.round((terms.until - ctx.now) / minuteMs) }
  await record(ctx, setupEvents.began, await aboutDevice(ctx, enrollment), told)
  await tendSoon(ctx, enrollment.id, 0)
}

/** The setup run of an enrollment, or the newest of a device; null when it had none. */
export async function runOf(ctx: Ctx, id: string): Promise<SetupRun | null> {
  if (id.startsWith('enr_')) return (await store.findRun(ctx, id)) ?? null
  return (await store.runsOfDevices(ctx, [id])).get(id) ?? null
}

/** The newest setup run of each of these devices; those that never had one are absent. */
export function runsOf(ctx: Ctx, devices: readonly string[]): Promise<Map<string, SetupRun>> {
  return store.runsOfDevices(ctx, devices)
}

/** The runs that have not ended, oldest first. */
export function openRuns(ctx: Ctx, limit: number): Promise<SetupRun[]> {
  return store.openRuns(ctx, limit)
}

/** Notes what is known of a run that goes on; of one that has ended, or never was, nothing is noted. Says so in the log when something moved. */
export async function noteRun(ctx: Ctx, enrollment: string, word: RunWord): Promise<void> {
  const before = await store.findRun(ctx, enrollment)
  if (!before || before.endedAt !== null) return
  const done = word.done ?? before.done
  const total = word.total ?? before.total
  const moved = done !== before.done || total !== before.total
  const waitingFor = word.stuck
    ? [word.stuck]
    : [...(word.waitingFor ?? (word.heard ? unstuck(before) : before.waitingFor))]
  const state = word.stuck ? 'stuck' : word.heard || moved ? 'running' : before.state
  const after: SetupRun = {
    ...before,
    done,
    total,
    state,
    waitingFor: state === 'stuck' && !word.stuck ? before.waitingFor : waitingFor,
    lastWordAt: word.heard ? ctx.now : before.lastWordAt,
    changedAt: moved ? ctx.now : before.changedAt,
  }
  await store.putRun(ctx, after)
  const told = { enrollment: before.enrollment, done, total }
  const revived = before.state === 'stuck' && state === 'running'
  if (moved || revived) await record(ctx, setupEvents.progressed, await aboutDevice(ctx, before), told)
  if (word.stuck && (before.state !== 'stuck' || before.waitingFor[0]?.code !== word.stuck.code))
    await record(ctx, setupEvents.stuck, await aboutDevice(ctx, before), {
      enrollment: before.enrollment,
      code: word.stuck.code,
      minutes: Math.round((ctx.now - before.lastWordAt) / minuteMs),
    })
}

/** Ends a run; ending it again changes nothing. */
export async function endRun(ctx: Ctx, enrollment: string, why: RunEnd): Promise<void> {
  const run = await store.findRun(ctx, enrollment)
  if (!run || run.endedAt !== null) return
  const left = why === 'ready' ? [] : run.waitingFor
  await store.putRun(ctx, { ...run, state: why, waitingFor: left, endedAt: ctx.now })
  await store.markSettingUp(ctx, enrollment, false)
  await record(ctx, setupEvents.ended, await aboutDevice(ctx, run), {
    enrollment: run.enrollment,
    // Texts choose by it, and their choices know no hyphens.
    why: why === 'timed-out' ? 'late' : why,
    minutes: Math.round((ctx.now - run.since) / minuteMs),
    done: run.done,
    total: run.total,
  })
}

const minuteMs = 60_000

/** A device that speaks again no longer waits to be heard. */
function unstuck(run: SetupRun): Waiting[] {
  return run.state === 'stuck' ? [] : run.waitingFor
}
