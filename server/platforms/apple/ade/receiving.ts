import { setupSteps } from '@muster/wire/apple/setup-steps.ts'
import type { Receiving } from '../../../areas/roster/index.ts'

/** How promised Apple devices are received: the steps of Setup Assistant that a setup can leave out. */
export const receiving: Receiving = { platform: 'apple', steps: setupSteps.map(s => s.step) }
