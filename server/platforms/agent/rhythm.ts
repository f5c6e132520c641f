import type { Next } from '@muster/wire/agent/messages.ts'
import type * as push from '../../areas/push/index.ts'

/** When an agent calls by itself when nothing wakes it: by the rhythm of its unit, sooner while its device is lost. */
export function nextOf({ everyMs, jitterPercent, lostEveryMs }: push.Rhythm, lost = false): Next {
  const afterMs = lost ? Math.min(everyMs, lostEveryMs) : everyMs
  return { afterMs, jitterMs: Math.floor((afterMs * jitterPercent) / 100) }
}
