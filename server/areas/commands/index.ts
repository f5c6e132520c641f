/**
 * One-off orders to enrolled devices, whatever their platform. A command waits in the queue of its enrollment until the device calls, is
 * handed out as often as it takes, and ends once. What a kind of command is, whom it is for and how it is
 * said belongs to the platforms, which `offer` their kinds; this room knows order, time, permission and what was said in the end.
 */
export { type Action, actionsFor } from './actions.ts'
export { chooseBy, type Chooser } from './choose.ts'
export { about, type Answer, answered, type Handed, next, recordWiped } from './deliver.ts'
export { cancel, cancelAll } from './ending.ts'
export { commandEvents } from './events.ts'
export { type Fate, fatesOf, withdrawHeld } from './fate.ts'
export {
  type AnyCommandKind,
  allKinds,
  type Answered,
  type CommandError,
  type CommandKind,
  type Demands,
  findKind,
  meaningOf,
  impactOf,
  offer,
  type Priority,
  type Subject,
} from './kind.ts'
export { heldOrders } from './held-door.ts'
export { heldOccupant, isHeld, waitsHeld } from './held.ts'
export { hasUnsent, isOpen, waits } from './open.ts'
export { endManagement, endNow, leaveBy, type Leaving } from './leaving.ts'
export { keepBy, type Keeper } from './keeper.ts'
export { probes } from './probe.ts'
export { purge } from './purge.ts'
export { refresh } from './refresh.ts'
export { type Order, send } from './send.ts'
export { uuidOf } from './uuid.ts'
