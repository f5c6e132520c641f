import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import * as charters from './charter-store.ts'
import { hashOf } from './canonical.ts'
import {
  collectFloor,
  collects,
  collectingBy,
  commandingBy,
  forbiddenOrder,
  ownedAs,
  personalModes,
  type Rules,
} from './charter.ts'
import * as changes from './change-store.ts'
import { signaturesOf, termsNow } from './change.ts'
import * as store from './check-store.ts'
import { differencesOf, type Terms } from './difference.ts'
import { privacyEvents } from './events.ts'
import { lookMs } from './look.ts'
import * as passes from './pass-store.ts'
import { preset } from './presets.ts'
import { type DataType, dataTypes, owned, strictest, typeOf } from './type.ts'

/** One invariant: what must be so, and what is found against it; null when nothing is. */
export interface Probe {
  readonly id: string
  wrong(ctx: Ctx): Promise<string | null>
}

/** What an examination found. */
export interface Checked {
  at: number
  results: { id: string; holds: boolean; found: string | null }[]
}

const further: Probe[] = []

/** Adds invariants of rooms after this one; called by main before the server starts. */
export function examineBy(...lists: readonly (readonly Probe[])[]): void {
  for (const list of lists) for (const probe of list) if (!further.some(p => p.id === probe.id)) further.push(probe)
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

// Whatever a charter says, these must come out; so they are asked of one that allows everything, too.
const loosest: Rules = {
  ...preset('dedicated'),
  collect: preset('dedicated').collect.map(r => ({ ...r, collect: 'shown' })),
  command: preset('dedicated').command.map(r => ({ ...r, commanding: 'allow' })),
}
const own = { ownership: 'personal', mode: 'device', unitPath: '/' }
const work = personalModes.map(mode => ({ ownership: 'company', mode, unitPath: '/' }))

async function bothRules(ctx: Ctx): Promise<Rules[]> {
  return [(await termsNow(ctx)).rules, loosest]
}

const neverCollected = (type: DataType): Probe => ({
  id: `personal.${type}`,
  wrong: async ctx => {
    for (const rules of await bothRules(ctx))
      for (const place of [own, ...work]) if (collectingBy(rules, place)(type) !== 'never') return type
    return null
  },
})

const neverOrdered = (action: string): Probe => ({
  id: `personal.${action}`,
  wrong: async ctx => {
    for (const rules of await bothRules(ctx))
      for (const place of [own, ...work]) if (commandingBy(rules, place)(action) !== 'never') return action
    return null
  },
})

const ours: readonly Probe[] = [
  ...(['location', 'apps', 'phone-number', 'network', 'accounts', 'usage'] as const).map(neverCollected),
  ...['wipe', 'clear-passcode', 'location.query', 'lost-mode.enable'].map(neverOrdered),
  {
    id: 'work-only.is-personal',
    wrong: async () =>
      personalModes.find(mode => owned.some(o => ownedAs({ ownership: o, mode }) !== 'personal')) ?? null,
  },
  {
    id: 'secrets.sealed',
    wrong: async ctx => {
      for (const rules of await bothRules(ctx))
        for (const ownership of owned)
          if (collectingBy(rules, { ...own, ownership })('secrets') !== 'sealed') return ownership
      return null
    },
  },
  {
    id: 'unknown.is-strictest',
    wrong: async () => (['other.x', 'security.x', 'x', ''].every(k => typeOf(k) === strictest) ? null : strictest),
  },
  { id: 'charter.above-floors', wrong: async ctx => belowFloor((await termsNow(ctx)).rules) },
  { id: 'charter.untouched', wrong: touched },
  { id: 'charter.signed', wrong: unsigned },
  {
    id: 'looks.purpose',
    wrong: async ctx => {
      const looks = await store.newestLooks(ctx, 500)
      return looks.find(l => l.purpose.trim().length < 3 || l.until - l.at > lookMs)?.id ?? null
    },
  },
  {
    id: 'deletion.under-way',
    wrong: async ctx => {
      const [sweep, pass] = [await store.oldestSweep(ctx), await passes.findPass(ctx)]
      const late = (sweep !== null && sweep < ctx.now - hourMs) || (pass !== undefined && pass.at < ctx.now - 2 * dayMs)
      return late ? new Date(Math.min(sweep ?? Infinity, pass?.at ?? Infinity)).toISOString() : null
    },
  },
]

function belowFloor(rules: Rules): string | null {
  const low = rules.collect.find(r => collects.indexOf(r.collect) > collects.indexOf(collectFloor(r.type, r.ownership)))
  const order = rules.command.find(r => r.commanding !== 'never' && forbiddenOrder(r.action, r.ownership))
  return low ? `${low.type} ${low.ownership}` : order ? `${order.action} ${order.ownership}` : null
}

/** Versions say what they said when they were signed. */
async function touched(ctx: Ctx): Promise<string | null> {
  const bad = (await charters.listCharters(ctx, null, 50)).find(row => hashOf(termsIn(row)) !== row.hash)
  return bad ? String(bad.version) : null
}

/** Whatever loosened a charter was signed by all it named, or waited in the open. */
async function unsigned(ctx: Ctx): Promise<string | null> {
  const rows = (await charters.listCharters(ctx, null, 50)).reverse()
  const waited = new Set(
    (await changes.listChanges(ctx, null, 200)).filter(c => c.effective_at !== null).map(c => c.why + c.rules),
  )
  for (const [i, row] of rows.entries()) {
    const before =
      i === 0 ? (row.version === 1 ? { rules: preset('balanced'), cosigners: [] } : null) : termsIn(rows[i - 1] ?? row)
    if (!before || !differencesOf(before, termsIn(row), unit => `/${unit}/`).some(d => d.loosens)) continue
    const signed = new Set(signaturesOf(row).map(s => s.admin))
    const all = before.cosigners.length > 0 && before.cosigners.every(c => signed.has(c))
    if (!all && !waited.has(row.why + row.rules)) return String(row.version)
  }
  return null
}

const termsIn = (row: Pick<charters.CharterRow, 'rules' | 'cosigners'>): Terms => ({
  rules: JSON.parse(row.rules) as Rules,
  cosigners: JSON.parse(row.cosigners) as string[],
})

/** Every invariant there is, in order. */
export function invariants(): readonly Probe[] {
  return [...ours, ...further]
}

/** Examines every invariant and keeps what was found. One that does not hold is an event; it stops nothing, because a server that stops protects nobody. */
export async function examine(ctx: Ctx): Promise<Checked> {
  const results: Checked['results'] = []
  for (const probe of invariants()) {
    const found = await probe.wrong(ctx)
    results.push({ id: probe.id, holds: found === null, found })
  }
  await store.putCheck(ctx, JSON.stringify(results))
  const failed = results.filter(r => !r.holds).map(r => r.id)
  if (failed.length > 0) await record(ctx, privacyEvents.checked, null, { failed })
  return { at: ctx.now, results }
}

/** What the last examination found; null before the first. */
export async function lastCheck(ctx: Ctx): Promise<Checked | null> {
  const row = await store.findCheck(ctx)
  return row ? { at: row.at, results: JSON.parse(row.results) as Checked['results'] } : null
}

/** What of a device of somebody may never be stored, by kind; for probes. */
export const forbiddenOnPersonal: readonly DataType[] = dataTypes.filter(t => collectFloor(t, 'personal') === 'never')
