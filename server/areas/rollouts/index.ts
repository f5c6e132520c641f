/**
 * New versions on their way: rollouts in waves, watched and stopped by themselves when devices fail or fall silent, and trials of a value on
 * one device for some minutes. This room decides which share of the devices a version has reached; what follows for a device is resolved
 * in the blueprints, and how devices fare is told by a later room.
 */
export { rolloutEvents, trialEvents } from './events.ts'
export { occupant } from './occupant.ts'
export { begin, demandNone, gradeBy, type Rollout, rolloutsAmong, rolloutStates } from './rollout.ts'
export { type Trial, trialStates } from './trial.ts'
export type { Counts, Terms } from './wave.ts'
