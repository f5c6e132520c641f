/**
 * What a person sees and does about the devices they use, without being an admin. A personal link opens their page once; it is made from the
 * configuration in force, not written by anyone: what is collected with its last values, what never is, who can do what, who looked. A person
 * holds no permission: that they are themselves is all there is, so whatever is not theirs is as if it did not exist.
 */
export { type CodePlace, sendCode, takeCode } from './code.ts'
export { portalEvents } from './events.ts'
export { makeLink } from './link.ts'
export { visiting } from './visit.ts'
