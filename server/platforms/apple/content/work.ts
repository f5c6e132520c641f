import * as apps from '../../../areas/apps/index.ts'
import * as roster from '../../../areas/roster/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import type { JobKind, Running } from '../../../base/jobs.ts'
import { Unavailable } from '../../../base/problem.ts'
import type { Base } from '../../../base/transact.ts'
import { limits as limitsShape } from './answers.ts'
import { changeClient, clientOf, forgetNotices, removeClient } from './client-store.ts'
import { type Line, Standing } from './line.ts'
import { readAssets, readAssignments, readPeople } from './lists.ts'
import { own, readLimits } from './owning.ts'
import { followPeople } from './people.ts'
import { askFor, followEvents, giveBack } from './seats.ts'
import { instantOf } from './token.ts'
import { inTurn, type Turn } from './turn.ts'

const secondMs = 1000
const minuteMs = 60 * secondMs
/** How long a worker rests when nothing is due. */
const restMs = 15 * minuteMs
const dayMs = 24 * 60 * minuteMs

/** Somebody asks that a program be looked at now: everything is read anew, at once unless the service has asked us to wait. */
export async function lookNow(ctx: Ctx, program: roster.Program): Promise<void> {
  const patient = program.state === 'throttled' ? {} : { wait_until: null }
  await changeClient(ctx, program.id, { assets_due: 0, assignments_due: 0, people_due: 0, ...patient })
  await apps.wakeWorker(ctx, program.id)
}

type Run = Running<{ program: string }>
type Rest = { againInMs: number } | undefined

/** Speaks with Apps and Books for one program: gives back, asks, follows what is under way, reads its lists, and says how we stand. */
export const contentJob: JobKind<{ program: string }> = {
  name: apps.licenseWork,
  // It never gives up: how we stand is a state that people see, not an end.
  attempts: 1_000_000,
  maxWaitMs: restMs,
  leaseMs: 5 * minuteMs,
  run: async (base, job) => {
    const { program } = job.payload
    const found = await base.read(job.scope, ctx => roster.program(ctx, program))
    if (!found || found.kind !== 'content') {
      await base.transact(job.scope, ctx => removeClient(ctx, program))
      return undefined
    }
    try {
      const rest = await inTurn(base, { scope: job.scope, program, worker: job.id }, keep =>
        speak(base, job, found, keep),
      )
      // Another process has the turn: look again when it may be over.
      return rest ?? { againInMs: 30 * secondMs }
    } catch (error) {
      if (error instanceof roster.TurnLost) return { againInMs: 5 * secondMs }
      throw error
    }
  },
}

async function speak(base: Base, job: Run, program: roster.Program, keep: Turn['keep']): Promise<Rest> {
  const { scope, signal } = job
  const client = await keep(ctx => clientOf(ctx, program.id))
  const waitMs = (client.wait_until ?? 0) - base.clock.now()
  if (waitMs > 0) return { againInMs: Math.min(waitMs, dayMs) }
  const bearer = await keep(ctx => roster.programSecret(ctx, program.id))
  const line: Line = {
    config: base.config,
    bearer,
    urls: {},
    limits: limitsShape.parse({}),
    signal,
    heard: { uId: null, expires: null },
  }
  const turn: Turn = { base, scope, program, line, keep }
  try {
    return await inStep(turn)
  } catch (error) {
    if (error instanceof Standing) return stood(turn, error)
    if (error instanceof Unavailable) return stood(turn, new Standing('silent', 'content.silent', '', minuteMs))
    throw error
  }
}

async function inStep(turn: Turn): Promise<Rest> {
  const { keep, program, line } = turn
  await readLimits(turn)
  const other = await own(turn)
  if (other !== null) return elsewhere(turn, other)
  const people = await followPeople(turn)
  const due = await keep(async ctx => ({ ...(await clientOf(ctx, program.id)), now: ctx.now }))
  if (due.people_due <= due.now) await readPeople(turn)
  const events = await followEvents(turn)
  const back = await giveBack(turn)
  const counts = await keep(async ctx => ({ ...(await clientOf(ctx, program.id)), now: ctx.now }))
  if (counts.assets_due <= counts.now) await readAssets(turn)
  const asked = await askFor(turn)
  if (await keep(async ctx => needsList(ctx, await clientOf(ctx, program.id)))) await readAssignments(turn)
  await keep(async ctx => {
    await apps.sayShort(ctx, program.id)
    await forgetNotices(ctx, program.id, ctx.now - dayMs)
    await changeClient(ctx, program.id, { wait_until: null })
    const expires = line.heard.expires === null ? null : instantOf(line.heard.expires)
    await roster.noteProgram(ctx, program.id, {
      state: 'good',
      problem: null,
      syncedAt: ctx.now,
      ...(expires === null ? {} : { expiresAt: expires }),
      ...(line.heard.uId === null ? {} : { serverId: line.heard.uId }),
    })
  })
  return rest(turn, { busy: back + asked + people > 0, oldest: events.oldest, open: events.open })
}

/** The list of who holds what is read when it is due, and when something was handed over of which no answer was ever heard. */
async function needsList(
  ctx: Ctx,
  { program, assignments_due }: { program: string; assignments_due: number },
): Promise<boolean> {
  if (assignments_due <= ctx.now) return true
  return (await apps.seatEventsOf(ctx, program)).some(e => e.event === '' && e.since < ctx.now)
}

/** The younger the work under way, the sooner its end is asked for. */
async function rest(
  { base, keep, program }: Turn,
  of: { busy: boolean; open: number; oldest: number | null },
): Promise<Rest> {
  const events = await keep(ctx => apps.seatEventsOf(ctx, program.id))
  const [first] = events
  if (!first) return { againInMs: of.busy ? 2 * secondMs : restMs }
  const age = base.clock.now() - (of.oldest ?? first.since)
  return { againInMs: age < minuteMs ? 2 * secondMs : age < 10 * minuteMs ? 15 * secondMs : 2 * minuteMs }
}

/** Another server works this token: nothing is asked of it until somebody says that it is ours. */
async function elsewhere({ keep, program }: Turn, other: string): Promise<Rest> {
  await keep(async ctx => {
    await changeClient(ctx, program.id, { mine: 0 })
    await roster.noteProgram(ctx, program.id, {
      state: 'elsewhere',
      problem: { code: 'content.elsewhere', text: other },
    })
  })
  return { againInMs: 60 * minuteMs }
}

/** Keeps how we stand, and waits as long as the service asks, or ever longer. */
async function stood({ keep, program, base }: Turn, trouble: Standing): Promise<Rest> {
  const longer = trouble.waitMs * 2 ** Math.min(program.failures, 5)
  const waitMs = Math.min(6 * 60 * minuteMs, longer)
  await keep(async ctx => {
    await changeClient(ctx, program.id, { wait_until: ctx.now + waitMs })
    const { state, code, text } = trouble
    await roster.noteProgram(ctx, program.id, { state, problem: { code, ...(text === '' ? {} : { text }) } })
  })
  base.log.warn(
    { program: program.id, state: trouble.state, code: trouble.code },
    'Apps and Books does not answer as it should',
  )
  return { againInMs: waitMs }
}
