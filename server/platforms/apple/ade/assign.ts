import * as roster from '../../../areas/roster/index.ts'
import type { Scope } from '../../../base/ctx.ts'
import type { Base } from '../../../base/transact.ts'
import { call, type Line } from './client.ts'
import { type Turn, wantedIn } from './definition.ts'
import { limitOf } from './read.ts'
import { resultsOf } from './said.ts'
import * as store from './store.ts'

type Due = Awaited<ReturnType<typeof roster.dueFor>>[number]

const mostAtOnce = 1000
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** Tells the vendor which setup each device should have, until nothing is due; false when time was up before. */
export async function assignDue(base: Base, scope: Scope, turn: Turn, line: Line): Promise<boolean> {
  for (;;) {
    if (line.signal.aborted) return false
    const found = await base.read(scope, async ctx => {
      const program = await roster.program(ctx, turn.program)
      const limit = Math.min(limitOf(await store.clientOf(ctx, turn.program), '/profile/devices'), mostAtOnce)
      const due = program ? await roster.dueFor(ctx, program, limit) : []
      return { due, wanted: wantedIn(await store.definitionsOf(ctx, turn.program)) }
    })
    if (found.due.length === 0) return true
    for (const [setup, due] of groups(found.due)) {
      const uuid = setup === null ? null : found.wanted.get(setup)
      if (uuid === undefined) await putOff(base, scope, turn, setup ?? '')
      else await tell(base, scope, turn, line, { uuid, due })
    }
  }
}

function groups(due: readonly Due[]): Map<string | null, Due[]> {
  const by = new Map<string | null, Due[]>()
  for (const one of due) by.set(one.setup, [...(by.get(one.setup) ?? []), one])
  return by
}

/** The vendor does not have the setup, because it refused its words: its devices wait for other words, and say so. */
async function putOff(base: Base, scope: Scope, turn: Turn, setup: string): Promise<void> {
  await base.transact(scope, async ctx => {
    await roster.keepTurn(ctx, turn.program, turn.fence, turn.forMs)
    const program = await roster.program(ctx, turn.program)
    const known = await store.definitionsOf(ctx, turn.program)
    const refused = known.findLast(d => d.setup === setup && d.state === 'refused')
    const problem = { code: 'setup-refused', text: refused?.problem ?? '' }
    if (program) await roster.putOff(ctx, program, setup, { until: ctx.now + dayMs, problem })
  })
}

async function tell(
  base: Base,
  scope: Scope,
  turn: Turn,
  line: Line,
  { uuid, due }: { uuid: string | null; due: readonly Due[] },
): Promise<void> {
  const devices = due.map(d => d.serial)
  const answer =
    uuid === null
      ? await call(line, 'DELETE', '/profile/devices', { devices })
      : await call(line, 'POST', '/profile/devices', { profile_uuid: uuid, devices })
  if (answer.status === 400) {
    await refusedWhole(base, scope, turn, {
      uuid,
      due,
      text: answer
        .text()
        .replaceAll(/[\s"]+/g, ' ')
        .trim()
        .slice(0, 200),
    })
    return
  }
  const { results, retryAfterSeconds } = resultsOf(answer)
  await base.transact(scope, async ctx => {
    await roster.keepTurn(ctx, turn.program, turn.fence, turn.forMs)
    const program = await roster.program(ctx, turn.program)
    if (!program) return
    const outcomes = due.map(one => outcomeOf(one, results.get(one.serial), ctx.now, retryAfterSeconds))
    await roster.noteOutcomes(ctx, program, uuid, outcomes)
  })
}

/** One device in the vendor's words. What went wrong is tried again ever more rarely; each full reading says whether it is still ours. */
function outcomeOf(due: Due, said: string | undefined, now: number, wait: number | null): roster.Outcome {
  const { serial } = due
  const later = Math.min(5 * minuteMs * 2 ** Math.min(due.tries, 10), dayMs)
  switch (said) {
    case 'SUCCESS':
      return { serial, done: true }
    case 'THROTTLED':
      return {
        serial,
        done: false,
        waiting: true,
        problem: { code: 'throttled' },
        againAt: now + (wait === null ? later : Math.max(wait * 1000, minuteMs)),
      }
    case 'NOT_ACCESSIBLE':
      return { serial, done: false, problem: { code: 'not-accessible' }, againAt: now + later }
    default:
      return { serial, done: false, problem: { code: 'vendor-failed', text: said ?? '' }, againAt: now + later }
  }
}

/** The vendor refused the whole call. A profile it does not know any more is defined anew; anything else each device waits out. */
async function refusedWhole(
  base: Base,
  scope: Scope,
  turn: Turn,
  { uuid, due, text }: { uuid: string | null; due: readonly Due[]; text: string },
): Promise<void> {
  const forgotten = uuid !== null && /PROFILE_NOT_FOUND|PROFILE_UUID/.test(text)
  await base.transact(scope, async ctx => {
    await roster.keepTurn(ctx, turn.program, turn.fence, turn.forMs)
    const program = await roster.program(ctx, turn.program)
    if (!program) return
    if (forgotten) await store.forgetDefinition(ctx, turn.program, uuid)
    const problem = { code: 'vendor-failed', text }
    const outcomes = due.map((d): roster.Outcome => {
      const againAt = ctx.now + Math.min(5 * minuteMs * 2 ** Math.min(d.tries, 10), dayMs)
      return { serial: d.serial, done: false, problem, againAt }
    })
    await roster.noteOutcomes(ctx, program, uuid, outcomes)
  })
}
