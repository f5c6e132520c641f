import * as apps from '../../../areas/apps/index.ts'
import { type Failure, reasonOf, type Status, status } from './answers.ts'
import { changeClient } from './client-store.ts'
import { begin, call, Refusal } from './line.ts'
import { considered } from './lists.ts'
import type { Turn } from './turn.ts'

/** Seats per request at most, whatever the service takes: one transaction keeps what became of them. */
const most = 200
/** How long the service is left alone about seats that it would not begin with. */
const refusedMs = 10 * 60_000

const pricings = { standard: 'STDQ', plus: 'PLUS' } as const
type Way = 'asked' | 'returning'

/** Gives back what is to be given back. Before anything is asked for, so that a seat that moves is free first. */
export async function giveBack(turn: Turn): Promise<number> {
  const { keep, program } = turn
  const tasks = await keep(ctx => apps.tasksBack(ctx, program.id, most * 10))
  return hand(turn, tasks, 'returning')
}

/** Asks for what is wanted and free. */
export async function askFor(turn: Turn): Promise<number> {
  const { keep, program } = turn
  await keep(ctx => apps.reviveRefused(ctx, program.id))
  const tasks = await keep(ctx => apps.tasksOut(ctx, program.id, most * 10))
  return hand(turn, tasks, 'asked')
}

async function hand(turn: Turn, tasks: readonly apps.SeatTask[], way: Way): Promise<number> {
  for (const batch of batchesOf(tasks, turn.line.limits)) await handOne(turn, batch, way)
  return tasks.length
}

/** Requests say "each of these items for each of these holders", so only holders that want the very same items go together. */
function batchesOf(
  tasks: readonly apps.SeatTask[],
  limits: Turn['line']['limits'],
): { assets: apps.SeatTask[]; tasks: apps.SeatTask[] }[] {
  const item = (t: apps.SeatTask): string => `${t.storeId} ${t.pricing}`
  const byHolder = [...Map.groupBy(tasks, t => `${t.by} ${t.holder}`).values()]
  const alike = Map.groupBy(byHolder, own => `${own[0]?.by} ${own.map(item).sort().join()}`)
  return [...alike.values()].flatMap(holders => {
    const [first] = holders
    if (!first?.[0]) return []
    const room = first[0].by === 'device' ? limits.maxSerialNumbers : limits.maxClientUserIds
    const items = chunks(first, limits.maxAssets)
    return items.flatMap(assets => {
      const named = new Set(assets.map(item))
      const own = holders.map(h => h.filter(t => named.has(item(t))))
      const size = Math.max(1, Math.min(room, Math.floor(most / assets.length)))
      return chunks(own, size).map(some => ({ assets, tasks: some.flat() }))
    })
  })
}

async function handOne(
  turn: Turn,
  { assets, tasks }: { assets: apps.SeatTask[]; tasks: apps.SeatTask[] },
  way: Way,
): Promise<void> {
  const { keep, line } = turn
  const ids = tasks.map(t => t.seat)
  const holders = (by: 'device' | 'user'): string[] => [...new Set(tasks.filter(t => t.by === by).map(t => t.holder))]
  const [serialNumbers, clientUserIds] = [holders('device'), holders('user')]
  // Whatever happens between here and the answer, the service's own list will say what became of it.
  await keep(ctx => apps.handOver(ctx, ids, way))
  const body = {
    assets: assets.map(a => ({ adamId: a.storeId, pricingParam: pricings[a.pricing] })),
    ...(serialNumbers.length > 0 ? { serialNumbers } : {}),
    ...(clientUserIds.length > 0 ? { clientUserIds } : {}),
  }
  try {
    const event = await begin(line, way === 'asked' ? 'associateAssets' : 'disassociateAssets', body)
    await keep(ctx => apps.noteEvent(ctx, ids, event))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await notBegun(turn, ids, way, error)
  }
}

/** The service would not begin: what it counts is read again, and these wait. */
async function notBegun({ keep, program }: Turn, ids: readonly string[], way: Way, { number }: Refusal): Promise<void> {
  const reason = reasonOf(number, way)
  await keep(async ctx => {
    // Limits that were too generous are read anew.
    await changeClient(ctx, program.id, {
      assets_due: ctx.now,
      ...(number >= 9700 && number <= 9702 ? { limits_at: null } : {}),
    })
    if (reason === 'done') {
      await apps.noteEvent(ctx, ids, `done ${ids[0]}`)
      await considered(ctx, () => apps.finishEvent(ctx, program.id, `done ${ids[0]}`))
    } else await apps.handBack(ctx, ids, reason, way, refusedMs)
  })
}

/** Events asked after in one run. */
const eventsAtOnce = 50

/** Asks what became of the work that is under way. Answers how many events are not over. */
export async function followEvents(turn: Turn): Promise<{ open: number; oldest: number | null; ended: number }> {
  const { keep, line, program } = turn
  const events = (await keep(ctx => apps.seatEventsOf(ctx, program.id))).filter(e => e.event !== '')
  let [ended, oldest] = [0, null as number | null]
  for (const { event, since } of events.slice(0, eventsAtOnce)) {
    line.signal.throwIfAborted()
    const said = await statusOf(turn, event)
    if (said?.eventStatus === 'PENDING') {
      oldest ??= since
      continue
    }
    ended += 1
    await keep(async ctx => {
      const undone = undoneAmong(await apps.tasksOfEvent(ctx, program.id, event), said)
      await considered(ctx, () => apps.finishEvent(ctx, program.id, event, undone))
    })
  }
  if (ended > 0) await keep(ctx => changeClient(ctx, program.id, { assets_due: ctx.now }))
  const slow = await keep(ctx => apps.settleSlow(ctx, program.id))
  if (slow) await keep(ctx => changeClient(ctx, program.id, { assignments_due: ctx.now }))
  return { open: events.length - ended, oldest, ended }
}

/** What the service says of an event; null for one it has forgotten, which its list must tell of. */
async function statusOf({ line }: Turn, event: string): Promise<Status | null> {
  try {
    return await call(line, 'eventStatus', status, { query: { eventId: event } })
  } catch (error) {
    if (error instanceof Refusal && error.number === 9708) return null
    throw error
  }
}

/** Why each seat of an event was not done. A failure names the holders and items it is about, or none: then it is about all. */
function undoneAmong(tasks: readonly (apps.SeatTask & { way: Way })[], said: Status | null): apps.Undone {
  const undone = new Map<string, string>()
  if (said?.eventStatus === 'COMPLETE') return undone
  const failures: readonly Failure[] = said?.failures ?? []
  for (const task of tasks) {
    const about = failures.find(f => isAbout(f, task)) ?? (failures.length === 0 ? unknown : null)
    if (about === null) continue
    const reason = reasonOf(about.errorNumber, task.way)
    if (reason !== 'done') undone.set(task.seat, reason)
  }
  return undone
}

const unknown: Failure = { errorNumber: 9708, errorMessage: '', errorInfo: null }

function isAbout({ errorInfo }: Failure, task: apps.SeatTask): boolean {
  const holders = [...(errorInfo?.serialNumbers ?? []), ...(errorInfo?.clientUserIds ?? [])]
  const items = (errorInfo?.assets ?? []).map(a => a.adamId)
  return (holders.length === 0 || holders.includes(task.holder)) && (items.length === 0 || items.includes(task.storeId))
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
}
