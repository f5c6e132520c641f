import { everything } from '../../base/authority.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { dayOf } from '../../base/zone.ts'
import type { Entry } from '../roster/index.ts'
import { blueprintCheck } from './check-blueprint.ts'
import { certificateCheck, pushCheck } from './check-keys.ts'
import { licenseCheck, type Needed, neededBy } from './check-licenses.ts'
import { lineCheck, managedCheck, peopleCheck } from './check-lines.ts'
import { awaitCheck, programCheck, rosterCheck } from './check-roster.ts'
import { intakeEvents } from './events.ts'
import { aboutOf } from './intake.ts'
import * as lines from './line-store.ts'
import { entriesOf } from './promised.ts'
import { mostLines } from './read.ts'
import * as store from './store.ts'
import { type Foreseen, foresee } from './wanted.ts'

/** Everything that is looked at before the day, in the order it is shown. */
export const checkCodes = [
  'lines',
  'roster',
  'setup',
  'await',
  'minimum-os',
  'license',
  'people',
  'managed',
  'blueprint',
  'push',
  'program',
  'certificates',
] as const
export type CheckCode = (typeof checkCodes)[number]

/** How one thing stands before the day, with where it is mended. */
export interface Check {
  code: CheckCode
  /** The app, the program; `''` where there is one such check. */
  subject: string
  state: 'red' | 'amber' | 'green'
  facts: Record<string, string | number | boolean | null>
  link: string
}

/** What every check is given. */
export interface Batch {
  intake: store.IntakeRow
  /** Those that can be expected. */
  lines: readonly lines.LineRow[]
  blocked: number
  /** What they will have. */
  foreseen: Foreseen
  /** Which apps they will be given, by app. */
  needed: ReadonlyMap<string, Needed>
  /** What vendors promise of them, by serial number as it is compared. */
  entries: ReadonlyMap<string, Entry>
  /** The last instant of the day. */
  until: number
}

type Checker = (ctx: Ctx, batch: Batch) => Promise<Check[]>

const checkers: readonly Checker[] = [
  lineCheck,
  rosterCheck,
  awaitCheck,
  licenseCheck,
  peopleCheck,
  managedCheck,
  blueprintCheck,
  pushCheck,
  programCheck,
  certificateCheck,
]

const dayMs = 86_400_000
/** Days before its day from which on red checks are an alert. */
const nearDays = 3

/** Looks whether everything is ready for the day, keeps what was found, and says so where it differs from before. */
export async function checkIntake(reader: Ctx, id: string): Promise<void> {
  const intake = await store.find(reader, id)
  if (!intake || intake.state === 'closed') return
  // What the look says does not depend on who asked for it: numbers and names of things, never of people.
  const ctx = as(reader, { org: reader.org, actor: reader.actor, authority: everything })
  const found = await checksOf(ctx, intake)
  const known = new Map((await store.checksOf(ctx, id)).map(c => [`${c.code} ${c.subject}`, c]))
  const rows = found.map((check, place) => {
    const before = known.get(`${check.code} ${check.subject}`)
    const same = before?.state === check.state
    return { ...check, place, facts: JSON.stringify(check.facts), since: same ? before.since : ctx.now }
  })
  await store.putChecks(ctx, id, rows)
  const reds = found.filter(c => c.state === 'red').length
  const ambers = found.filter(c => c.state === 'amber').length
  await store.change(ctx, id, { reds, ambers, checked_at: ctx.now })
  if (intake.checked_at === null || reds !== intake.reds || ambers !== intake.ambers)
    await record(ctx, intakeEvents.checked, aboutOf(intake), { name: intake.name, reds, ambers })
  await alarm(ctx, intake, { reds, first: found.find(c => c.state === 'red')?.code ?? '' })
}

async function checksOf(ctx: Ctx, intake: store.IntakeRow): Promise<Check[]> {
  const expected = await lines.listAfter(ctx, intake.id, 0, mostLines)
  const foreseen = await foresee(ctx, intake, expected)
  const batch: Batch = {
    intake,
    lines: expected,
    foreseen,
    needed: neededBy(foreseen),
    entries: await entriesOf(ctx, expected),
    blocked: (await lines.countsOf(ctx, [intake.id])).get(intake.id)?.blocked ?? 0,
    until: intake.day_at + dayMs,
  }
  const found: Check[] = []
  for (const checker of checkers) found.push(...(await checker(ctx, batch)))
  return found
}

/** Says once a day that something is red when the day is near, and once that it is not any more. */
async function alarm(
  ctx: Ctx,
  intake: store.IntakeRow,
  { reds, first }: { reds: number; first: string },
): Promise<void> {
  const near = intake.day_at - ctx.now <= nearDays * dayMs
  const today = dayOf(ctx.now, intake.zone)
  const about = aboutOf(intake)
  if (reds > 0 && near && intake.told !== today) {
    await store.change(ctx, intake.id, { told: today })
    const days = Math.max(0, Math.ceil((intake.day_at - ctx.now) / dayMs))
    return record(ctx, intakeEvents.troubled, about, { name: intake.name, day: intake.day, days, reds, first })
  }
  if (reds > 0 || intake.told === '') return undefined
  await store.change(ctx, intake.id, { told: '' })
  return record(ctx, intakeEvents.cleared, about, { name: intake.name })
}
