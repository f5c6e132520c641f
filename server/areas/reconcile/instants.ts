import type { OrgState } from '../blueprints/index.ts'

/** The next instant after this at which time alone changes what devices should have; null when there is none. */
export function nextInstant(state: OrgState, now: number): number | null {
  let next: number | null = null
  for (const at of instantsOf(state)) if (at > now && (next === null || at < next)) next = at
  return next
}

/** The assignments and trials that began or were over after the one instant and by the other. */
export function crossed(state: OrgState, after: number, now: number): { sources: string[]; devices: string[] } {
  const between = (at: number | null): boolean => at !== null && at > after && at <= now
  const trials = state.trials.filter(t => between(t.until))
  const assignments = state.assignments.filter(a => a.enabled && (between(a.from) || between(a.until)))
  return { sources: [...assignments, ...trials].map(one => one.id), devices: trials.map(t => t.device) }
}

function* instantsOf(state: OrgState): Generator<number> {
  for (const { enabled, from, until } of state.assignments) {
    if (!enabled) continue
    if (from !== null) yield from
    if (until !== null) yield until
  }
  for (const { until } of state.trials) yield until
}
