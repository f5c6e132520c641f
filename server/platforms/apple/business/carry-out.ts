import { z } from 'zod'
import * as roster from '../../../areas/roster/index.ts'
import type { Ctx, Scope } from '../../../base/ctx.ts'
import { record } from '../../../base/events.ts'
import type { Base } from '../../../base/transact.ts'
import { acts, type What } from './act.ts'
import { type Line, PortalFault } from './client.ts'
import { portalEvents } from './events.ts'
import type { Turn } from './read.ts'
import * as acting from './act-store.ts'
import * as store from './store.ts'

const activity = z.object({
  data: z.object({
    id: z.string().max(200),
    attributes: z.object({
      status: z.string().max(60),
      subStatus: z.string().max(120).nullish(),
    }),
  }),
})

/** The vendor takes seconds for few devices and many minutes for many. */
const waits = [5, 10, 30, 60, 300, 900].map(seconds => seconds * 1000)
/** A release whose answer was lost may still be under way; only then is it asked for again. */
const unsureMs = 15 * 60_000
const minuteMs = 60_000
/** An act that the vendor never ends is called failed, so that nobody waits for ever. */
const longestMs = 2 * 24 * 3_600_000

/** Asks the vendor for the acts that are wanted, and awaits those that were asked for; answers whether it has ended any. */
export async function carryOut(base: Base, scope: Scope, turn: Turn, line: Line): Promise<boolean> {
  let ended = false
  for (const act of await base.read(scope, ctx => acting.dueActs(ctx, turn.program))) {
    const said = await (act.activity === null
      ? begin(base, scope, turn, { act, line })
      : look(act, line).catch(refused))
    if (said === 'unsure') continue
    await base.transact(scope, async ctx => {
      await roster.keepTurn(ctx, turn.program, turn.fence, turn.forMs)
      await note(ctx, act, said)
    })
    ended ||= said.status !== 'IN_PROGRESS'
  }
  return ended
}

interface Said {
  activity: string | null
  status: string
  words: string | null
  /** The devices that it was asked for now, those that are in the portal no more, and those that had left it by an ask whose answer never came. */
  asked?: readonly string[]
  gone?: readonly string[]
  left?: readonly string[]
}

/**
 * Asks for an act. That it is asked is kept before: whoever comes after a killed process, or after an answer that was lost, has the portal read first (`work.ts`),
 * and then a device that is to be released and is there no more has been released. Who has lost the turn by then asks nothing: somebody else does.
 */
async function begin(
  base: Base,
  scope: Scope,
  turn: Turn,
  { act, line }: { act: acting.ActRow; line: Line },
): Promise<Said | 'unsure'> {
  const items = await base.read(scope, ctx => acting.itemsOf(ctx, act.id))
  const serials = items.filter(i => i.state === 'wanted').map(i => i.serial)
  const known = await base.read(scope, ctx => store.devicesWith(ctx, act.program, serials))
  const asked = known.map(k => k.serial)
  const absent = serials.filter(s => !asked.includes(s))
  const left = act.what === 'release' && act.asked_at !== null ? absent : []
  const gone = absent.filter(s => !left.includes(s))
  if (known.length === 0 && gone.length === 0) return { activity: null, status: 'COMPLETED', words: null, asked, left }
  if (known.length === 0)
    return { activity: null, status: 'FAILED', words: 'none of the devices is there any more', gone, left }
  const at = base.clock.now()
  if (act.what === 'release' && act.asked_at !== null && at < act.asked_at + unsureMs) {
    await base.transact(scope, ctx => acting.changeAct(ctx, act.id, { next_at: ctx.now + minuteMs }))
    return 'unsure'
  }
  await base.transact(scope, async ctx => {
    await roster.keepTurn(ctx, turn.program, turn.fence, turn.forMs)
    await acting.changeAct(ctx, act.id, { asked_at: at })
  })
  const said = await ask(base, scope, act, () => line.call('POST', '/v1/orgDeviceActivities', bodyOf(act, known)))
  return { ...said, asked, gone, left }
}

/** Asks; that something was answered, whatever it was, ends the doubt. */
async function ask(base: Base, scope: Scope, act: acting.ActRow, call: () => Promise<unknown>): Promise<Said> {
  try {
    return await call().then(read).catch(refused)
  } catch (error) {
    if (error instanceof PortalFault && error.code !== 'portal-silent')
      await base.transact(scope, ctx => acting.changeAct(ctx, act.id, { asked_at: null }))
    throw error
  }
}

function bodyOf(act: acting.ActRow, devices: readonly store.DeviceRow[]): object {
  const deadline = act.deadline === null ? {} : { mdmMigrationDeadline: new Date(act.deadline).toISOString() }
  return {
    data: {
      type: 'orgDeviceActivities',
      attributes: { activityType: acts[act.what as What], ...deadline },
      relationships: {
        ...(act.server === null ? {} : { mdmServer: { data: { type: 'mdmServers', id: act.server } } }),
        devices: { data: devices.map(({ id }) => ({ type: 'orgDevices', id })) },
      },
    },
  }
}

async function look(act: acting.ActRow, line: Line): Promise<Said> {
  return read(await line.call('GET', `/v1/orgDeviceActivities/${encodeURIComponent(act.activity ?? '')}`))
}

function read(answer: unknown): Said {
  const { id, attributes } = activity.parse(answer).data
  return { activity: id, status: attributes.status, words: attributes.subStatus ?? null }
}

/** What the vendor does not understand it will not understand tomorrow; everything else is the whole program's trouble. */
function refused(error: unknown): Said {
  if (error instanceof PortalFault && error.code === 'portal-not-understood')
    return { activity: null, status: 'FAILED', words: error.said ?? null }
  throw error
}

async function note(ctx: Ctx, act: acting.ActRow, said: Said): Promise<void> {
  const since = act.activity === null ? ctx.now : (act.asked_at ?? act.created_at)
  const over = ctx.now - since > longestMs
  const came = said.status === 'COMPLETED' ? 'done' : said.status === 'IN_PROGRESS' && !over ? 'asked' : 'failed'
  const before = await acting.itemsOf(ctx, act.id)
  // Looked at again, it is about the devices that it was asked for then.
  const about = said.asked ?? before.filter(i => i.state === 'asked').map(i => i.serial)
  await acting.moveItems(ctx, act.id, { serials: about, from: said.asked ? 'wanted' : 'asked', to: came })
  await acting.moveItems(ctx, act.id, { serials: said.gone ?? [], from: 'wanted', to: 'failed' })
  await acting.moveItems(ctx, act.id, { serials: said.left ?? [], from: 'wanted', to: 'done' })
  const tries = said.asked ? 1 : act.tries + 1
  const wait = waits[Math.min(tries, waits.length) - 1] ?? 0
  const state = came === 'asked' ? 'asked' : await stateAfter(ctx, act.id, came)
  const goesOn = state === 'asked' || state === 'wanted' || state === 'held'
  await acting.changeAct(ctx, act.id, {
    state,
    activity: came === 'asked' ? (said.activity ?? act.activity) : null,
    answer: over && came === 'failed' ? (said.words ?? 'the vendor never ended it') : said.words,
    tries,
    asked_at: came === 'asked' ? since : null,
    next_at: state === 'asked' ? ctx.now + wait : state === 'wanted' ? ctx.now : null,
    ended_at: goesOn ? null : ctx.now,
  })
  if (came === 'asked') return
  const program = await roster.program(ctx, act.program)
  if (!program) return
  const told = {
    act: act.id,
    what: act.what,
    devices: about.length + (said.gone?.length ?? 0) + (said.left?.length ?? 0),
  }
  if (came === 'done') await record(ctx, portalEvents.done, roster.aboutProgram(program), told)
  else await record(ctx, portalEvents.failed, roster.aboutProgram(program), { ...told, answer: said.words })
}

/** An act that was released in parts goes on with what was let go meanwhile, and waits while the guard still holds some. */
async function stateAfter(ctx: Ctx, id: string, came: 'done' | 'failed'): Promise<acting.ActState> {
  const states = new Set((await acting.itemsOf(ctx, id)).map(i => (i.why === null ? i.state : 'declined')))
  if (states.has('wanted')) return 'wanted'
  if (states.has('held')) return 'held'
  return states.has('failed') ? 'failed' : came
}
