import type { Ctx } from '../../base/ctx.ts'
import * as changes from './change-store.ts'
import * as compliance from './compliance-store.ts'
import type { Decision } from './decisions.ts'
import * as policies from './policy-store.ts'

const weekMs = 7 * 24 * 3_600_000
/** A decision for each of so many; the list behind their link shows the rest. */
const most = 5

const attention = (code: string, link: string, since: number | null, facts: Decision['facts']): Decision => ({
  code,
  tone: 'attention',
  since,
  facts,
  link,
  due: null,
})

/** Devices that cannot take a policy, rollouts that stopped by themselves, policy tests that fail. */
export async function aboutPolicies(ctx: Ctx): Promise<Decision[]> {
  const found: Decision[] = []
  const stuck = await policies.stuckDevices(ctx)
  const filter = encodeURIComponent('policy:failed')
  if (stuck.count > 0)
    found.push(attention('policies-failed', `/devices?filter=${filter}`, stuck.since, { count: stuck.count }))
  if (ctx.authority.where('policies:read').length === 0) return found
  for (const one of await policies.stoppedRollouts(ctx, ctx.now - weekMs, most)) {
    const { failed = 0, percent = 0 } = one.facts
    const facts = { name: one.name, from: one.from, to: one.to, reason: one.reason.replace('rollout.', '') }
    found.push(attention('rollout-stopped', `/policies/rollouts/${one.id}`, one.endedAt, { ...facts, failed, percent }))
  }
  const { count, since, name } = await policies.failingTests(ctx)
  if (count > 0) found.push(attention('policy-tests-failing', '/policies/tests', since, { count, name }))
  return found
}

const soonMs = 7 * 24 * 3_600_000

/** Devices that violate rules; exceptions that people ask for, and those that end soon. */
export async function aboutCompliance(ctx: Ctx): Promise<Decision[]> {
  if (ctx.authority.where('compliance:read').length === 0) return []
  const found: Decision[] = []
  const { count, since, grave } = await compliance.violatingDevices(ctx)
  const link = `/devices?filter=${encodeURIComponent('compliance:violating')}`
  if (count > 0)
    found.push({
      ...attention('devices-violating', link, since, { count, grave }),
      tone: grave > 0 ? 'danger' : 'attention',
    })
  const asked = await compliance.exceptionsIn(ctx, 'asked', Number.MAX_SAFE_INTEGER)
  if (asked.count > 0)
    found.push(attention('exceptions-asked', '/reports/exceptions', asked.since, { count: asked.count }))
  const ending = await compliance.exceptionsIn(ctx, 'granted', ctx.now + soonMs)
  if (ending.count > 0)
    found.push({
      ...attention('exceptions-ending', '/reports/exceptions', null, { count: ending.count }),
      tone: 'pending',
      due: ending.due,
    })
  return found
}

/** Planned changes that wait for someone to approve them, before the instant they are planned for; those that stopped by themselves. */
export async function aboutChanges(ctx: Ctx): Promise<Decision[]> {
  if (ctx.authority.where('changes:read').length === 0) return []
  const page = (id: string): string => `/people/changes/${id}`
  const waiting = await changes.openChanges(ctx, 'draft', { since: 0, most })
  const stopped = await changes.openChanges(ctx, 'stopped', { since: ctx.now - weekMs, most })
  return [
    ...waiting.map(({ id, name, moves, runAt, since }) => ({
      ...attention('change-waiting', page(id), since, { name, moves }),
      tone: 'pending' as const,
      due: runAt,
    })),
    ...stopped.map(({ id, name, moves, done, since }) =>
      attention('change-stopped', page(id), since, { name, moves, done }),
    ),
  ]
}
