import type { Next } from '@muster/wire/agent/messages.ts'

const quarterMs = 15 * 60_000

/** When an agent calls by itself when nothing wakes it: every quarter of an hour, and up to a fifth of that later, so that a fleet spreads. */
export function nextOf(everyMs = quarterMs): Next {
  return { afterMs: everyMs, jitterMs: Math.floor(everyMs / 5) }
}
