/**
 * Where devices were: fixes, sealed to a key of the org when they arrive, so that what keeps them cannot read them. They are opened only while
 * somebody looks for the device with a reason that is written down: a search, which an incident begins, or which a second person approves.
 * Outside a search a short ring is kept, and everything goes when its time is over, with a proof in the log.
 */
export { openAction, openDoor } from './approved.ts'
export { isCollected } from './charter.ts'
export { fixEvents } from './events.ts'
export { type Fix, keep, mostOutside, type Position, positionShape } from './fix.ts'
export { look, seenIn } from './looks.ts'
export { outsideMs, usualKeptMs } from './retention.ts'
export { beginSearch, countIn, demandOpen, endSearch, fixesIn, isSought, keepFromNow } from './search.ts'
export { purge } from './purge.ts'
