import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { wordsOf } from './entry-store.ts'
import { programEvents } from './events.ts'
import { aboutProgram, type Program, type Trouble } from './program.ts'
import * as store from './reported-store.ts'

/** What the vendor says of one device. */
export interface Reported {
  serial: string
  model: string | null
  family: string | null
  color: string | null
  assetTag: string | null
  /** The vendor's name of the setup it has for it; null: none. */
  held: string | null
  standing: 'none' | 'assigned' | 'delivered' | 'removed'
  /** When the vendor says it became so. */
  at: number | null
  migrationDeadline: number | null
}

/** What a report is read against. */
export interface Reading {
  /** The full reading it belongs to; null for changes since. */
  round: number | null
  /** The vendor's name of each setup as it should be there now. */
  wanted: ReadonlyMap<string, string>
  /** Whether a name is of a setup that we once told this vendor. */
  ours(held: string): boolean
}

/** So often somebody else may put something in place of ours before we stop and ask. */
const mostContests = 3
/** The vendor may tell of the time before ours for so long. */
const lagMs = 10 * 60_000

/**
 * Takes one page of what the vendor says, the newest word on each serial, whatever the order of the page. Only the state it tells of counts, never what is
 * said to have been done. Answers how many are new.
 */
export async function noteReported(
  ctx: Ctx,
  program: Program,
  devices: readonly Reported[],
  reading: Reading,
): Promise<number> {
  const newest = newestOf(devices)
  const serials = [...newest.keys()]
  const before = await store.findRows(ctx, program.id, serials)
  const elsewhere = await store.wishesElsewhere(
    ctx,
    program.id,
    serials.filter(s => !before.has(s)),
  )
  const rows: store.EntryRow[] = []
  let added = 0
  for (const [serial, said] of newest) {
    const known = before.get(serial)
    if (known && reading.round === null && isStale(known, said)) continue
    if (!known || known.state === 'gone') added += 1
    const base = known ?? fresh(ctx, program, serial, elsewhere.get(serial))
    rows.push(graded(ctx, told(ctx, base, said, reading.round), said, reading))
  }
  await store.putRows(ctx, rows)
  if (added > 0) await record(ctx, programEvents.grew, aboutProgram(program), { program: program.name, added })
  return added
}

/** The vendor promises these no longer. What was wanted for them is kept, in case they come back. */
export async function noteGone(ctx: Ctx, program: Program, serials: readonly string[]): Promise<number> {
  const gone = await store.markGone(ctx, program.id, serials)
  await recordGone(ctx, program, gone)
  return gone
}

/** After a full reading: some of those it did not see are promised no longer. Answers how many; 0 when all is done. */
export async function sweepUnseen(ctx: Ctx, program: Program, round: number, most: number): Promise<number> {
  const gone = await store.markUnseen(ctx, program.id, round, most)
  await recordGone(ctx, program, gone)
  return gone
}

async function recordGone(ctx: Ctx, program: Program, gone: number): Promise<void> {
  if (gone > 0) await record(ctx, programEvents.shrank, aboutProgram(program), { program: program.name, gone })
}

/** A device may come several times in one page and out of order: the latest word counts, and of equals the later one. */
function newestOf(devices: readonly Reported[]): Map<string, Reported> {
  const newest = new Map<string, Reported>()
  for (const one of devices) {
    const serial = one.serial.trim().toUpperCase()
    const other = newest.get(serial)
    if (serial !== '' && (other === undefined || (one.at ?? 0) >= (other.at ?? 0))) newest.set(serial, one)
  }
  return newest
}

function isStale(known: store.EntryRow, said: Reported): boolean {
  return said.at !== null && known.vendor_at !== null && said.at < known.vendor_at
}

/** A device that is promised anew keeps what was wanted for it under another program of the org: it was only moved. */
function fresh(ctx: Ctx, program: Program, serial: string, other: store.EntryRow | undefined): store.EntryRow {
  const chosen = other?.chosen === 1
  return {
    org: ctx.org,
    id: newId('entry'),
    program: program.id,
    serial,
    model: null,
    family: null,
    color: null,
    asset_tag: null,
    words: '',
    state: 'promised',
    device: other?.device ?? null,
    setup: chosen ? (other?.setup ?? null) : program.setup,
    chosen: chosen ? 1 : 0,
    assigned: 'none',
    held: null,
    asked: null,
    asked_at: null,
    contests: 0,
    tries: 0,
    next_at: null,
    problem: null,
    unit: other?.unit ?? program.unit,
    unit_path: other?.unit_path ?? program.unitPath,
    user_id: other?.user_id ?? null,
    migration_deadline: null,
    vendor_at: null,
    round: 0,
    seen_at: ctx.now,
    added_at: ctx.now,
  }
}

function told(ctx: Ctx, row: store.EntryRow, said: Reported, round: number | null): store.EntryRow {
  const next = {
    ...row,
    model: said.model ?? row.model,
    family: said.family ?? row.family,
    color: said.color ?? row.color,
    asset_tag: said.assetTag,
    migration_deadline: said.migrationDeadline,
    state: row.device === null ? 'promised' : 'enrolled',
    held: said.held,
    vendor_at: said.at ?? row.vendor_at,
    round: round ?? row.round,
    seen_at: ctx.now,
  }
  return { ...next, words: wordsOf(next) }
}

/** How far the wanted setup is, by the state that the vendor tells of. */
function graded(ctx: Ctx, row: store.EntryRow, said: Reported, reading: Reading): store.EntryRow {
  if (row.setup === null) {
    const leave = said.held !== null && reading.ours(said.held)
    if (leave && row.chosen === 1) return waiting(ctx, row)
    return { ...row, assigned: said.standing === 'removed' ? 'removed' : 'none', problem: null, next_at: null }
  }
  const wanted = reading.wanted.get(row.setup)
  if (wanted === undefined) return waiting(ctx, row)
  if (said.held === wanted && said.standing !== 'removed' && said.standing !== 'none')
    return { ...row, assigned: said.standing, asked: wanted, tries: 0, next_at: null, problem: null }
  if (row.asked !== wanted) return waiting(ctx, row)
  return contested(ctx, row, said)
}

function waiting(ctx: Ctx, row: store.EntryRow): store.EntryRow {
  // What went wrong before is tried again in its own time.
  if (['wanted', 'failed'].includes(row.assigned)) return row
  return { ...row, assigned: 'wanted', next_at: ctx.now }
}

/** The vendor took ours and now has something else: old news, or somebody else's doing. Two servers must not undo each other for ever. */
function contested(ctx: Ctx, row: store.EntryRow, said: Reported): store.EntryRow {
  const askedAt = row.asked_at ?? 0
  const oldNews = said.at === null ? askedAt > ctx.now - lagMs : said.at < askedAt - lagMs
  if (oldNews || row.assigned === 'failed') return row
  const contests = row.contests + 1
  if (contests < mostContests) return { ...row, contests, assigned: 'wanted', next_at: ctx.now }
  const problem: Trouble = { code: 'contested' }
  return { ...row, contests, assigned: 'failed', next_at: null, problem: JSON.stringify(problem) }
}

/** What became of telling the vendor for one device. `again`: when to try once more; null when only a person can help. */
export type Outcome =
  | { serial: string; done: true }
  | { serial: string; done: false; problem: Trouble; againAt: number | null; waiting?: boolean }

/** Keeps the vendor's own answer for each device that it was told a setup for (`held`), or told to forget it (null). */
export async function noteOutcomes(
  ctx: Ctx,
  program: Program,
  held: string | null,
  outcomes: readonly Outcome[],
): Promise<void> {
  const rows = await store.findRows(
    ctx,
    program.id,
    outcomes.map(o => o.serial),
  )
  const after = outcomes.flatMap(outcome => {
    const row = rows.get(outcome.serial)
    return row ? [settled(ctx, row, held, outcome)] : []
  })
  await store.putRows(ctx, after)
  const failed = new Map<string, number>()
  for (const outcome of outcomes)
    if (!outcome.done && outcome.waiting !== true && rows.get(outcome.serial)?.assigned !== 'failed')
      failed.set(outcome.problem.code, (failed.get(outcome.problem.code) ?? 0) + 1)
  for (const [code, devices] of failed)
    await record(ctx, programEvents.unassigned, aboutProgram(program), { program: program.name, code, devices })
}

function settled(ctx: Ctx, row: store.EntryRow, held: string | null, outcome: Outcome): store.EntryRow {
  if (outcome.done) {
    const fine = { held, asked: held, asked_at: ctx.now, tries: 0, next_at: null, problem: null }
    return { ...row, ...fine, assigned: held === null ? 'none' : 'assigned' }
  }
  const problem = JSON.stringify(outcome.problem)
  const assigned = outcome.waiting === true ? 'wanted' : 'failed'
  return { ...row, assigned, problem, tries: row.tries + 1, next_at: outcome.againAt }
}

/** Devices the vendor should be told about now: which setup each should have (null: none), and how often it went wrong already. */
export async function dueFor(
  ctx: Ctx,
  program: Program,
  most: number,
): Promise<{ serial: string; setup: Id<'setup'> | null; held: string | null; tries: number }[]> {
  return store.dueRows(ctx, program.id, most)
}

/** When the next device of the program is due; null when none waits. */
export const nextDue = store.nextDue

/** Gives the program's default setup to some devices for which nobody chose one; answers how many. */
export const spreadDefault = store.spreadDefault

/** A setup reads differently now: what the vendor has of it is old. Marks its devices as waiting. */
export const wantAnew = store.wantAnew

/** Puts off devices of a setup that the vendor cannot be told of yet, and says why. */
export async function putOff(
  ctx: Ctx,
  program: Program,
  setup: string,
  { until, problem }: { until: number; problem: Trouble },
): Promise<void> {
  await store.putOff(ctx, program.id, setup, until, JSON.stringify(problem))
}

/** How many devices of the program are left to somebody else, because what we assigned was replaced again and again. */
export const countContested = store.countContested
