/**
 * Devices that a vendor promised before they enroll, the accounts at vendors ("programs") that promise them, and how such a device is received
 * when it comes (its setup). This room keeps what is wanted and what the vendor said; platforms do the talking.
 */
export {
  type Assigned,
  changeEntries,
  entries,
  entriesWith,
  entryFor,
  entryOf,
  type Entry,
  type EntryState,
  type EntryWish,
  expected,
  noteEnrolled,
} from './entry.ts'
export { programEvents, setupEvents } from './events.ts'
export { rosterFollowing } from './follow.ts'
export { occupant } from './occupant.ts'
export {
  countContested,
  dueFor,
  nextDue,
  noteGone,
  noteOutcomes,
  noteReported,
  type Outcome,
  putOff,
  type Reading,
  type Reported,
  spreadDefault,
  sweepUnseen,
  wantAnew,
} from './reported.ts'
export { type Receiving, receiveBy, releaseBy, speakBy, type Wake } from './platform.ts'
export {
  aboutProgram,
  addProgram,
  changeProgram,
  type NewProgram,
  noteProgram,
  type Noted,
  type Program,
  program,
  programFor,
  type ProgramKind,
  programs,
  programSecret,
  type ProgramState,
  removeProgram,
  type Trouble,
} from './program.ts'
export {
  addSetup,
  changeSetup,
  findSetup,
  removeSetup,
  type Setup,
  type SetupBody,
  setupBody,
  setupBySecret,
  setupFor,
  setupOf,
  setups,
  setupSecret,
  setupsInUse,
} from './setup.ts'
export { countsByProgram, entryShape, programShape, shownEntries, shownProgram } from './shown.ts'
export { endTurn, keepTurn, takeTurn, TurnLost } from './turn.ts'
