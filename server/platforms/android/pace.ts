import type { Config } from '../../base/config.ts'

/** Google counts a thousand requests of a project in a hundred seconds; what is left over is for whatever else the project does. */
const perSecond = 8
const burst = 400

const buckets = new WeakMap<Config, Map<string, { tokens: number; at: number }>>()

/**
 * Takes one request out of a project's share; answers 0, or how long to wait for the next one. The share is of this process: one worker at a time speaks
 * for an enterprise, and what several processes ask of one project together is met by Google's own answer to wait.
 */
export function takeShare(config: Config, project: string, now: number): number {
  const all = buckets.get(config) ?? new Map<string, { tokens: number; at: number }>()
  buckets.set(config, all)
  const known = all.get(project) ?? { tokens: burst, at: now }
  const passed = Math.max(0, now - known.at)
  const tokens = Math.min(burst, known.tokens + (passed * perSecond) / 1000)
  if (tokens < 1) return Math.ceil(((1 - tokens) * 1000) / perSecond)
  all.set(project, { tokens: tokens - 1, at: now })
  return 0
}
