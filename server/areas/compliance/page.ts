import type { Ctx } from '../../base/ctx.ts'
import { type Entry, recordAll } from '../../base/events.ts'
import * as counts from './count-store.ts'
import { verdictEvents } from './events.ts'
import { judge } from './judge.ts'
import { type LiveRule, rulesNow } from './kept-rules.ts'
import { respond } from './respond.ts'
import { namesApps, severities } from './rule.ts'
import { dueResponses, settle, stateOf, type Verdict } from './settle.ts'
import { type Gathered, gather } from './subject.ts'
import * as store from './verdict-store.ts'
import { relook } from './pass.ts'

/** What one page of judging changes; written together at its end. */
interface Ledger {
  readonly put: store.KeptVerdict[]
  readonly gone: store.KeptVerdict[]
  readonly past: store.Past[]
  readonly told: Entry[]
  readonly counted: Map<string, counts.Place & { n: number }>
}

/** Judges one page of devices, by every rule or by some of them, and brings verdicts, states, counts and history in step. Devices that are gone leave nothing. */
export async function judgeDevices(
  ctx: Ctx,
  ids: readonly string[],
  only: readonly LiveRule[] | null = null,
): Promise<void> {
  if (ids.length === 0) return
  const all = await rulesNow(ctx)
  const rules = only ?? all
  const asked = rules.filter(r => !r.removed)
  const first = await gather(ctx, ids, asked)
  const gathered = (await seeVersions(ctx, first, asked)) ? await gather(ctx, ids, asked) : first
  const before = Map.groupBy(await store.verdictsOn(ctx, ids), v => v.device)
  const standings = await store.standingsOn(ctx, ids)
  const ledger: Ledger = { put: [], gone: [], past: [], told: [], counted: new Map() }
  const kept: store.Standing[] = []
  const cleared: string[] = []
  const severity = new Map(all.map(r => [r.id as string, r.severity]))
  for (const one of gathered) {
    const held = before.get(one.row.id) ?? []
    const now = await judgeOne(ctx, { one, held, rules, ledger, every: only === null })
    const standing = standingOf(ctx, one, now, { before: standings.get(one.row.id), severity })
    count(ledger, standings.get(one.row.id), standing)
    if (standing) kept.push(standing)
    else if (standings.has(one.row.id)) cleared.push(one.row.id)
  }
  const there = new Set(gathered.map(g => g.row.id))
  for (const id of ids.filter(i => !there.has(i))) {
    for (const verdict of before.get(id) ?? []) drop(ctx, ledger, verdict, null)
    count(ledger, standings.get(id), null)
    cleared.push(id)
  }
  await write(ctx, ledger, kept, cleared)
}

interface Judging {
  one: Gathered
  held: readonly store.KeptVerdict[]
  rules: readonly LiveRule[]
  ledger: Ledger
  every: boolean
}

/** Every verdict of the device as it is now. */
async function judgeOne(ctx: Ctx, { one, held, rules, ledger, every }: Judging): Promise<store.KeptVerdict[]> {
  const { row, subject, excepted } = one
  const now: store.KeptVerdict[] = []
  for (const rule of rules) {
    const was = held.find(v => v.rule === rule.id)
    const judged = rule.removed
      ? ({ verdict: 'not-applicable', evidence: null, lookAt: null } as const)
      : judge(rule, { ...subject, exceptedUntil: excepted.get(rule.id) ?? null }, ctx.now)
    const settled = settle(was, judged, rule, ctx.now)
    const is = settled === null ? null : await responded(ctx, one, rule, settled)
    // A violation that is over takes back what it set off, and so does one that no longer sets it off.
    if ((was?.responded ?? 0) > 0 && (is?.responded ?? 0) === 0) await respond.undo(ctx, row.id, rule)
    if (is === null) {
      if (was) drop(ctx, ledger, was, { rule, one })
      continue
    }
    if (!every && was && is.responded > 0) await respond.sync(ctx, row.id, rule, is.responded)
    const next = { ...is, lookAt: ahead(is.lookAt, ctx.now), device: row.id, rule: rule.id, unit: row.unit }
    now.push(next)
    if (was && same(was, next)) continue
    ledger.put.push(next)
    move(ledger, was, next)
    if (was?.verdict === next.verdict) continue
    ledger.past.push({ device: row.id, rule: rule.id, at: ctx.now, verdict: next.verdict, evidence: next.evidence })
    tell(ledger, { rule, one }, was?.verdict ?? 'none', next)
  }
  const others = held.filter(v => !rules.some(r => r.id === v.rule))
  if (!every) return [...now, ...others]
  // Verdicts of rules that are gone without having been passed through.
  for (const verdict of others) drop(ctx, ledger, verdict, null)
  return now
}

async function responded(ctx: Ctx, one: Gathered, rule: LiveRule, verdict: Verdict): Promise<Verdict> {
  const due = dueResponses(verdict, rule, ctx.now)
  if (due.length === 0) return verdict
  const { done, retryAt } = await respond.carryOut(ctx, { rule, one, verdict, due })
  const next = rule.responses[verdict.responded + done]
  const nextAt = next && verdict.violatedAt !== null ? verdict.violatedAt + next.afterHours * 3_600_000 : null
  const instants = [
    verdict.verdict === 'grace' ? verdict.graceUntil : null,
    retryAt ?? nextAt,
    laterOnly(verdict.lookAt, ctx.now),
  ]
  const lookAt = instants.reduce<number | null>((at, i) => (i === null ? at : Math.min(i, at ?? i)), null)
  return { ...verdict, responded: verdict.responded + done, lookAt }
}

/** What should have been looked at by now has been: next time a minute from now. */
const ahead = (at: number | null, now: number): number | null => (at === null ? null : Math.max(at, now + 60_000))

const laterOnly = (at: number | null, now: number): number | null => (at !== null && at > now ? at : null)

function same(a: store.KeptVerdict, b: store.KeptVerdict): boolean {
  return (
    a.verdict === b.verdict &&
    a.violatedAt === b.violatedAt &&
    a.graceUntil === b.graceUntil &&
    a.responded === b.responded &&
    a.lookAt === b.lookAt &&
    a.unit === b.unit &&
    JSON.stringify(a.evidence) === JSON.stringify(b.evidence)
  )
}

type Of = { rule: LiveRule; one: Gathered }

function drop(ctx: Ctx, ledger: Ledger, was: store.KeptVerdict, of: Of | null): void {
  ledger.gone.push(was)
  move(ledger, was, null)
  const { device, rule } = was
  ledger.past.push({ device, rule, at: ctx.now, verdict: 'not-applicable', evidence: null })
  if (of) tell(ledger, of, was.verdict, null)
}

const grave = new Set(['violating', 'grace', 'excepted'])

/** Only what concerns a violation is told; that ten thousand devices are found compliant is no news for the log. */
function tell(ledger: Ledger, { rule, one }: Of, before: string, is: Verdict | null): void {
  const now = is?.verdict ?? 'none'
  if (!grave.has(before) && !grave.has(now)) return
  const { id, unitPath, user } = one.subject.device
  const apps = namesApps(rule) ? { apps: (is?.evidence?.found ?? []).map(f => f.name) } : {}
  ledger.told.push({
    of: verdictEvents.changed,
    about: { kind: 'device', id, path: unitPath },
    data: {
      rule: rule.id,
      name: rule.name,
      kind: rule.demand.kind,
      before,
      now,
      severity: rule.severity,
      why: is?.evidence?.code ?? null,
      ...apps,
      person: user,
      graceUntil: is?.graceUntil ?? null,
    },
  })
}

function move(ledger: Ledger, was: store.KeptVerdict | undefined, is: store.KeptVerdict | null): void {
  if (was) add(ledger, { unit: was.unit, rule: was.rule, verdict: was.verdict }, -1)
  if (is) add(ledger, { unit: is.unit, rule: is.rule, verdict: is.verdict }, 1)
}

function count(ledger: Ledger, was: store.Standing | undefined, is: store.Standing | null): void {
  if (was) add(ledger, { unit: was.unit, rule: '', verdict: was.state }, -1)
  if (is) add(ledger, { unit: is.unit, rule: '', verdict: is.state }, 1)
}

function add({ counted }: Ledger, place: counts.Place, n: number): void {
  const key = `${place.unit}|${place.rule}|${place.verdict}`
  counted.set(key, { ...place, n: (counted.get(key)?.n ?? 0) + n })
}

function standingOf(
  ctx: Ctx,
  { row, subject: { device } }: Gathered,
  now: readonly store.KeptVerdict[],
  of: { before: store.Standing | undefined; severity: ReadonlyMap<string, (typeof severities)[number]> },
): store.Standing | null {
  const state = stateOf(now)
  if (state === null) return null
  const bad = now.filter(v => v.verdict === 'violating' || v.verdict === 'grace')
  const ranks = bad.map(v => severities.indexOf(of.severity.get(v.rule) ?? 'low'))
  return {
    device: row.id,
    state,
    since: of.before?.state === state ? of.before.since : ctx.now,
    violating: bad.length,
    unknown: now.filter(v => v.verdict === 'unknown').length,
    severity: bad.length === 0 ? null : (severities[Math.max(...ranks)] ?? 'low'),
    unit: row.unit,
    unit_path: device.unitPath,
    user_id: device.user,
    judged_at: ctx.now,
  }
}

async function write(
  ctx: Ctx,
  ledger: Ledger,
  kept: readonly store.Standing[],
  cleared: readonly string[],
): Promise<void> {
  await store.putVerdicts(ctx, ledger.put)
  await store.removeVerdicts(ctx, ledger.gone)
  await store.addHistory(ctx, ledger.past)
  await store.putStandings(ctx, kept)
  await store.removeStandings(ctx, cleared)
  await counts.addCounts(ctx, [...ledger.counted.values()])
  await recordAll(ctx, ledger.told)
}

/** A version that the fleet had not shown yet: from now on others fall behind, so that rules of age look at everyone again. */
async function seeVersions(ctx: Ctx, gathered: readonly Gathered[], rules: readonly LiveRule[]): Promise<boolean> {
  const aging = rules.filter(r => r.demand.kind === 'os-age' && r.demand.params.maxDaysBehind !== null)
  if (aging.length === 0) return false
  const fresh = new Map<string, { platform: string; os_key: string; version: string }>()
  for (const { subject } of gathered) {
    const { platform, osKey } = subject.device
    if (osKey === '' || subject.versions.some(v => v.key === osKey)) continue
    fresh.set(`${platform} ${osKey}`, { platform, os_key: osKey, version: subject.osVersion })
  }
  if (fresh.size === 0) return false
  for (const one of fresh.values()) await counts.seeVersion(ctx, one)
  for (const rule of aging) await relook(ctx, rule.id)
  return true
}
