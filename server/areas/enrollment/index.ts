/**
 * How devices come under management and leave it: invitations (a right to enroll), arrivals (one try of it, step by step), enrollments
 * (pending → active → ended), the accounts of a device that are managed on channels of their own, and the certificates that may speak for
 * each. This room knows states and nothing else; platforms do the talking.
 */
export { type Account, accountsOf, activeAccounts, join, leave } from './account.ts'
export { type Arrival, arrive, findArrival, reached, turnedAway } from './arrival.ts'
export {
  aboutDevice,
  activate,
  activeOf,
  askToLeave,
  begin,
  type Begun,
  byDevice,
  demanded,
  end,
  type EndReason,
  type Enrollment,
  find,
  get,
  modeOf,
  heard,
  history,
  setKind,
} from './enrollment.ts'
export { enrollmentEvents, invitationEvents, newcomerEvents, setupEvents } from './events.ts'
export {
  bySecret,
  findInvitation,
  type Invitation,
  type Offer,
  invite,
  opened,
  type Ownership,
  refusalOf,
  revoke,
  see as seeInvitation,
  signedIn,
} from './invitation.ts'
export { type Greeter, greetBy, knocked, type Porter, tellBy } from './greeter.ts'
export { admit, type Asking, entered, expectBy } from './newcomer.ts'
export { occupant } from './occupant.ts'
export { claimed, pin, pinned, type Speaking, speaking } from './pin.ts'
export { type Asked, escaped, framed, localeOf, refusalPage, style, untilLine } from './frame.ts'
export { visitTexts } from './visit-texts.ts'
export { type Enrolling, findPlatform, offer, type Visit } from './platform.ts'
export { purge } from './purge.ts'
export { qrSvg } from './qr.ts'
export {
  beginRun,
  endRun,
  noteRun,
  openRuns,
  type RunEnd,
  runOf,
  type RunState,
  type RunWord,
  runsOf,
  type SetupRun,
  type Waiting,
} from './run.ts'
export { callAfterMs, stuckAfterMs, tendBy, type Tender } from './run-job.ts'
