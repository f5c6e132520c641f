/**
 * What each managed device should have, in which generation, and how far it is. When something changes that decides about devices, this room finds
 * out from the sealed log whom it can touch, computes those anew in pages and brings one table in step (`item_status`: for every channel and item
 * what is wanted, what was sent, what the device said). Platforms ask what is to be done (`itemsOn`, `planOf`) and say what became of it (`note`);
 * how long is waited and how often tried is decided in `pace.ts` alone. Plans are never stored: they follow from the table each time anew.
 */
export { appsOnDevice, deviceApp } from './app-routes.ts'
export { askForApp } from './ask-app.ts'
export { type Bound, bindingsOf } from './bindings.ts'
export { type Carrier, carryBy, type Recipient } from './carrier.ts'
export { caughtUp } from './caught-up.ts'
export { countsOf, policyUse, type Progress, progressOf, tallyOf } from './counts.ts'
export {
  type ChannelItem,
  type Desired,
  desiredOf,
  type DesiredItem,
  itemsOn,
  planOf,
  type Standing,
  standingsOf,
} from './desired.ts'
export { reconcileEvents } from './events.ts'
export { onSealed } from './follow.ts'
export { faringOf } from './faring.ts'
export type { Word } from './grade.ts'
export {
  type Channel,
  type ItemError,
  type ItemState,
  itemStates,
  type ItemStatus,
  settled,
  underWay,
} from './item.ts'
export { measure } from './jobs.ts'
export { recompute } from './mark.ts'
export { plan, type Planned, type Step } from './plan.ts'
export { type Timed, timedOn } from './timed.ts'
export { type Note, mayHaveWork, note, noteAll, reconsider, retry, statusOf } from './status.ts'
