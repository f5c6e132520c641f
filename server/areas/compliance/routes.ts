import { z } from 'zod'
import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { type Route, route } from '../../base/route.ts'
import * as devices from '../devices/index.ts'
import { namesOf, unitRefs, userFor, visibleUnits } from '../identity/index.ts'
import * as counts from './count-store.ts'
import { countExceptions } from './exception-store.ts'
import { exceptionRoutes } from './exception-routes.ts'
import { gateRoutes } from './gate-routes.ts'
import { ruleRoutes } from './rule-routes.ts'
import { rulesSeen } from './rules.ts'
import { severities } from './rule.ts'
import { states } from './settle.ts'
import { deviceVerdictShape, evidenceShape, ruleShape, shownRules, stateCounts, unitShape } from './shapes.ts'
import { verdictOf } from './verdict.ts'
import { historyOf } from './verdict-store.ts'

const params = z.object({ id: z.string().max(40) })
const dayMs = 24 * 3_600_000
const mostHistory = 200
const mostPeople = 50
const mostUnits = 200

const summaryShape = z.object({
  at: z.number(),
  states: stateCounts,
  byUnit: z.array(z.object({ unit: unitShape, states: stateCounts })),
  byRule: z.array(ruleShape),
  byPerson: z.array(
    z.object({ id: z.string(), name: z.string(), devices: z.number(), violations: z.number(), since: z.number() }),
  ),
  /** One point for each day that was kept, oldest first; the last is now. */
  trend: z.array(z.object({ day: z.string(), states: stateCounts })),
  exceptions: z.object({ granted: z.number(), asked: z.number(), endingSoon: z.number() }),
})

const own: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/compliance',
    permission: 'compliance:read',
    summary: 'How the devices of the units one may see stand: by unit, by rule, by person, and over 30 days.',
    reply: summaryShape,
    run: summary,
  }),
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/compliance',
    permission: 'compliance:read',
    summary: 'How a device stands, by which rules and why, and what its verdicts have been.',
    params,
    reply: deviceVerdictShape.extend({
      history: z.array(
        z.object({
          at: z.number(),
          rule: z.object({ id: z.string(), name: z.string() }),
          verdict: z.string(),
          evidence: evidenceShape.nullable(),
        }),
      ),
    }),
    run: async (ctx, { params: { id } }) => {
      const device = await devices.demanded(ctx, id, 'compliance:read')
      const now = await verdictOf(ctx, device.id)
      const past = await historyOf(ctx, device.id, mostHistory)
      const names = await namesOf(ctx, [...new Set(past.map(p => p.rule))])
      return {
        ...now,
        rules: [...now.rules],
        history: past.map(p => ({
          at: p.at,
          rule: { id: p.rule, name: names.get(p.rule) ?? '' },
          verdict: p.verdict,
          evidence: p.evidence,
        })),
      }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/users/:id/compliance',
    permission: 'compliance:read',
    summary: 'How the devices of a person stand.',
    params,
    reply: z.object({
      devices: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          state: z.enum(states),
          violating: z.number(),
          severity: z.enum(severities).nullable(),
        }),
      ),
    }),
    run: async (ctx, { params: { id } }) => {
      const user = await userFor(ctx, id, 'compliance:read')
      const rows = await counts.statesOfPeople(ctx, [user.id], ctx.authority.where('compliance:read'))
      const names = await namesOf(
        ctx,
        rows.map(r => r.device),
      )
      return {
        devices: rows.map(r => ({
          id: r.device,
          name: names.get(r.device) ?? '',
          state: states.find(s => s === r.state) ?? 'unknown',
          violating: r.violating,
          severity: severities.find(s => s === r.severity) ?? null,
        })),
      }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/inventory/apps',
    permission: 'devices:read',
    summary:
      'Apps that devices have listed, those on most devices first; with q= those whose name or identifier holds it.',
    query: z.object({ q: z.string().max(200).default(''), limit: z.coerce.number().int().min(1).max(100).default(30) }),
    reply: z.object({ items: z.array(z.object({ app: z.string(), name: z.string(), devices: z.number() })) }),
    run: async (ctx, { query: { q, limit } }) => {
      const paths = ctx.authority.where('devices:read')
      const top = paths.some(p => p.split('/').length <= 3)
      const items = top
        ? await devices.knownApps(ctx, q.trim(), limit)
        : await devices.knownAppsWithin(ctx, paths, q.trim(), limit)
      return { items }
    },
  }),
]

/** Every route of this area. */
export const routes: readonly Route[] = [...ruleRoutes, ...gateRoutes, ...exceptionRoutes, ...own]

type Counted = z.output<typeof stateCounts>
const zero = (): Counted => ({ violating: 0, grace: 0, unknown: 0, compliant: 0 })

function put(into: Counted, state: string, n: number): Counted {
  const name = states.find(s => s === state)
  return name ? { ...into, [name]: into[name] + n } : into
}

/** From counts that are kept in step with every verdict: as many rows as there are units and rules, not devices. */
async function summary(ctx: Ctx): Promise<z.input<typeof summaryShape>> {
  const paths = ctx.authority.where('compliance:read')
  const units = await visibleUnits(ctx)
  const seen = new Set(units.filter(u => may(ctx.authority, 'compliance:read', u.path)).map(u => u.id as string))
  const unit = await unitRefs(ctx)
  const rows = (await counts.countsOf(ctx, [''])).filter(c => seen.has(c.unit))
  const byUnit = [...Map.groupBy(rows, c => c.unit)].map(([id, all]) => ({
    unit: unit(id),
    states: all.reduce((sum, c) => put(sum, c.verdict, c.n), zero()),
  }))
  const now = rows.reduce((sum, c) => put(sum, c.verdict, c.n), zero())
  const rules = (await shownRules(ctx, await rulesSeen(ctx))).sort(
    (a, b) => b.counts.violating + b.counts.grace - a.counts.violating - a.counts.grace,
  )
  const people = await counts.peopleViolating(ctx, paths, mostPeople)
  const names = await namesOf(
    ctx,
    people.map(p => p.user),
  )
  const count = (state: 'granted' | 'asked', before: number) => countExceptions(ctx, { paths, state, before })
  return {
    at: ctx.now,
    states: now,
    byUnit: byUnit
      .sort((a, b) => b.states.violating - a.states.violating || (a.unit.path < b.unit.path ? -1 : 1))
      .slice(0, mostUnits),
    byRule: rules,
    byPerson: people.map(p => ({
      id: p.user,
      name: names.get(p.user) ?? '',
      devices: p.devices,
      violations: p.violations,
      since: p.since,
    })),
    trend: await trend(ctx, seen, now),
    exceptions: {
      granted: await count('granted', Number.MAX_SAFE_INTEGER),
      asked: await count('asked', Number.MAX_SAFE_INTEGER),
      endingSoon: await count('granted', ctx.now + 7 * dayMs),
    },
  }
}

async function trend(ctx: Ctx, seen: ReadonlySet<string>, now: Counted): Promise<{ day: string; states: Counted }[]> {
  const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
  const today = dayOf(ctx.now)
  const rows = (await counts.daysSince(ctx, dayOf(ctx.now - 30 * dayMs))).filter(r => seen.has(r.unit))
  const days = [...Map.groupBy(rows, r => r.day)]
    .filter(([day]) => day !== today)
    .map(([day, all]) => ({ day, states: all.reduce((sum, c) => put(sum, c.state, c.n), zero()) }))
  return [...days, { day: today, states: now }]
}
