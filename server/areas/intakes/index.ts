/**
 * Devices expected together: who gets them, what they should have, whether everything is ready for the day, and on the day how far each one is
 * and what holds it up.
 */
export { intakeEvents } from './events.ts'
export { follower } from './follow.ts'
export { expects, greet, knock } from './greet.ts'
export { closeIntake, openIntake, type Plan, planIntake } from './intake.ts'
export { occupant } from './occupant.ts'
export { type Given, readLines } from './read.ts'
