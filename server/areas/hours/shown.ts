import type { z } from 'zod'
import type { DevicePhase } from './look.ts'
import type * as shapes from './shapes.ts'

/** A phase as it is answered. */
export function shownPhase({ phase, why, until, zone, holiday, exception }: DevicePhase): z.input<typeof shapes.phase> {
  return { phase, why, until, zone, holiday: holiday ?? null, exception: exception ?? null }
}
