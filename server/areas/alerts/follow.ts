import type { Ctx } from '../../base/ctx.ts'
import type { Event } from '../../base/events.ts'
import { type Follower, following } from '../../base/follow.ts'
import { newId } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { searchable } from '../../base/text.ts'
import * as devices from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import { rootUnit } from '../identity/index.ts'
import * as push from '../push/index.ts'
import { begin, end, step } from './alert.ts'
import { alertEvents } from './events.ts'
import { kinds, severities } from './kinds.ts'
import { sendDigests, tellNews } from './later.ts'
import * as readers from './reader-store.ts'
import type { Effect, Facts, Opening } from './effect.ts'
import { effectsOf, matters } from './sources.ts'
import * as store from './store.ts'

const dayMs = 24 * 3_600_000
const minute = 60_000
/** The same thing again within a day is the same alert. */
const sameMs = dayMs
/** What is older than this when it is read is history, not news: the log of an org that was there before its alerts. */
const newsMs = 3 * dayMs
const digestLookMs = minute

/** How alerts are kept in step with the log; see `sources.ts`. */
export const alertsFollower: Follower = {
  name: 'alerts',
  from: 'beginning',
  wants: matters,
  take: async (ctx, events) => {
    for (const event of events) for (const effect of effectsOf(event)) await act(ctx, event, effect)
  },
}

/** Reads the sealed log and keeps alerts in step with it. */
export const alertsFollowing = following(alertsFollower)

async function act(ctx: Ctx, event: Event, effect: Effect): Promise<void> {
  switch (effect.do) {
    case 'open':
      return event.at < ctx.now - newsMs ? undefined : open(ctx, event, effect)
    case 'settle': {
      const alert = await store.findOpen(ctx, effect.type, effect.key)
      return alert && end(ctx, alert, 'settled')
    }
    case 'settleDevice':
      for (const alert of await store.openOfDevice(ctx, effect.device, effect.types ?? null))
        await end(ctx, alert, 'settled')
      return
    case 'tell':
      return tell(ctx, event, effect)
    case 'follow': {
      const device = await devices.find(ctx, effect.device)
      return device && store.follow(ctx, device.id, device.unitPath)
    }
  }
}

/** Opens, says again, or takes up again. */
async function open(ctx: Ctx, event: Event, effect: Opening): Promise<void> {
  const { type, key } = effect
  const kind = kinds[type]
  const rule = (await readers.rules(ctx)).get(type)
  if (rule?.opens === false && !kind.everyone) return
  const device = effect.device === undefined ? undefined : await devices.find(ctx, effect.device)
  if (effect.device !== undefined && !device) return
  // A device that is known to be away is not missed.
  if (type === 'no-contact' && device && (await devices.holdOf(ctx, device.id))) return
  const severity = severities.indexOf(effect.severity ?? kind.severity) + 1
  const facts = { ...(await factsOf(ctx, effect, device)), step: effect.step ?? '' }
  const known = await store.findOpen(ctx, type, key)
  if (known) return again(ctx, known, { severity, facts })
  const user = device?.user ?? null
  const toPerson = user !== null && (rule?.toPerson ?? kind.person === true)
  const said = {
    severity,
    unit_path: device?.unitPath ?? (event.path === '/' ? (await rootUnit(ctx)).path : event.path),
    user_id: user,
    facts: JSON.stringify(facts),
    last_at: ctx.now,
    person_due: toPerson ? 1 : 0,
    person_told_at: null,
    urgent: 0,
  }
  const former = await store.findEnded(ctx, type, key, ctx.now - sameMs)
  if (former) await begin(ctx, former, { ...said, times: former.times + 1 })
  else await add(ctx, effect, device, said)
  await enqueue(ctx, tellNews, {}, { dedupe: 'org' })
  await enqueue(ctx, sendDigests, {}, { dedupe: 'org', inMs: digestLookMs })
}

type Said = Pick<
  store.AlertRow,
  'severity' | 'unit_path' | 'user_id' | 'facts' | 'last_at' | 'person_due' | 'person_told_at' | 'urgent'
>

async function add(ctx: Ctx, effect: Opening, device: devices.Device | undefined, said: Said): Promise<void> {
  const row: store.AlertRow = {
    ...said,
    org: ctx.org,
    id: newId('alert'),
    type: effect.type,
    dedupe: effect.key,
    state: 'open',
    device: device?.id ?? null,
    about_kind: effect.about?.kind ?? null,
    about_id: effect.about?.id ?? null,
    search: wordsOf(effect, device),
    times: 1,
    opened_at: ctx.now,
    acknowledged_at: null,
    assignee: null,
    snoozed_until: null,
    resolved_at: null,
    resolved_how: null,
    news: await store.nextNews(ctx),
  }
  await store.add(ctx, row)
  await step(ctx, row, alertEvents.opened, { what: 'opened' })
}

/** Counts it; what has become graver, or another step of the same, is news again. */
async function again(ctx: Ctx, known: store.AlertRow, now: { severity: number; facts: Facts }): Promise<void> {
  const raised = now.severity > known.severity
  const former = JSON.parse(known.facts) as Facts
  const newer = raised || former['step'] !== now.facts['step']
  await store.change(ctx, known.id, {
    times: known.times + 1,
    last_at: ctx.now,
    severity: now.severity,
    facts: JSON.stringify({ ...now.facts, fix: now.facts['fix'] || (former['fix'] ?? '') }),
    ...(newer ? { news: await store.nextNews(ctx) } : {}),
    // Who had seen the lesser thing has not seen this one.
    ...(raised ? { state: 'open' as const, snoozed_until: null } : {}),
  })
  if (!newer) return
  if (raised) await step(ctx, { ...known, severity: now.severity }, alertEvents.raised, { what: 'raised' })
  await enqueue(ctx, tellNews, {}, { dedupe: 'org' })
}

/** A rule of the org asks that someone is told: admins whatever they chose, the person once. */
async function tell(ctx: Ctx, event: Event, effect: Extract<Effect, { do: 'tell' }>): Promise<void> {
  const known = await store.findOpen(ctx, effect.type, effect.key)
  if (!known) await open(ctx, event, effect.opening)
  const alert = known ?? (await store.findOpen(ctx, effect.type, effect.key))
  if (!alert) return
  const facts = JSON.parse(alert.facts) as Facts
  const fix = effect.opening.facts['fix'] || (facts['fix'] ?? '')
  // A response that comes later is meant as a reminder; one that comes at once is the same mail.
  const untold = alert.user_id !== null && ctx.now - (alert.person_told_at ?? 0) > 60 * minute
  await store.change(ctx, alert.id, {
    facts: JSON.stringify({ ...facts, fix }),
    ...(effect.whom === 'admins' ? { urgent: 1, news: await store.nextNews(ctx) } : {}),
    ...(effect.whom === 'person' && untold ? { person_due: 1 } : {}),
  })
  await enqueue(ctx, tellNews, {}, { dedupe: 'org' })
}

/** The facts of the event, and what only the state of the device tells. */
async function factsOf(ctx: Ctx, effect: Opening, device: devices.Device | undefined): Promise<Facts> {
  if (!device) return effect.facts
  const named = { ...effect.facts, device: device.name, person: device.userName ?? '' }
  return effect.type === 'no-contact' ? { ...named, ...(await silenceOf(ctx, device)) } : named
}

/** Why a device may be silent, as far as it can be known: it never called after it was enrolled, it cannot be called, or neither. */
async function silenceOf(ctx: Ctx, device: devices.Device): Promise<Facts> {
  const held = await enrollment.byDevice(ctx, device.id)
  const address = held === null ? null : (await push.stateOf(ctx, held.id)).state
  const never = device.enrolledAt !== null && (device.lastSeenAt ?? 0) <= device.enrolledAt + 60 * minute
  const why = address !== 'ready' ? 'noaddress' : never ? 'never' : 'quiet'
  return { why, lastSeenAt: device.lastSeenAt }
}

function wordsOf(effect: Opening, device: devices.Device | undefined): string {
  const facts = Object.values(effect.facts).filter(f => typeof f === 'string' && f !== '')
  const own = device ? [device.name, device.serial, device.userName] : []
  const parts = [...own, ...facts].filter(p => p !== null).map(p => searchable(String(p)))
  return [...new Set(parts)].join('\n').slice(0, 2000)
}
