/**
 * How much harm one hand can do in one hour: what may leave at once, what is held until someone else agrees, and what stops everything. Rooms
 * that act ask `admit` before they act and carry nothing out without the permit it answers; what is held comes back to them through the door
 * they named, when its time has come. Rates, approvals and stops are rows, so that a restart or a second process changes nothing.
 */
export {
  type Ask,
  admit,
  type Forecast,
  forecast,
  harmless,
  type Held,
  holdBatch,
  isHeld,
  isSpared,
  neverWipe,
} from './admit.ts'
export { approveHere } from './approval.ts'
export { acknowledged } from './breaker.ts'
export { limitsOf } from './bucket.ts'
export { carryOutLimits, loosenAction } from './change.ts'
export { carryOutBy, type Door, type Outcome } from './dispatch.ts'
export { refuseWhileFrozen } from './edge.ts'
export { guardEvents } from './events.ts'
export { countBy } from './fleet.ts'
export { detailOf } from './canonical.ts'
export { defaults as defaultLimits, type Limits } from './limits.ts'
export { freeze, frozen, type Gate, gate, liftHere } from './freeze.ts'
export { type HeldReason, heldReasons, type Impact, impacts, rankOf } from './impact.ts'
export { openIntents } from './intent-store.ts'
export { cancelBatch, cancelIntent, type Fate, fateOf, gathered, intentOfBatch } from './intent.ts'
export { occupant } from './occupant.ts'
export { approversAction, type Approvers, approversNow, carryOutApprovers } from './pinned.ts'
export { type Endorsement, endorsementsOf, type Proof, proofsOf } from './proof.ts'
export { demandPermit, type Permit } from './permit.ts'
export { announceMs, type Proposal, propose } from './proposal.ts'
export { powerAction, restraint } from './restraint.ts'
export { sparing } from './spared.ts'
export { getState as standingOf } from './store.ts'
export { timeTrusted } from './time.ts'
export { restored, startWatch, type Watch } from './watch.ts'
