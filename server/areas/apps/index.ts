/**
 * The catalog: apps, their releases and files, the rights to install them, and how far each is on every device. What a device should have is
 * said by policies of the kind `app`; how an app gets there belongs to platforms, which ask `seatReady` before they send one and say what became of it
 * with `noteStatus`. Who is expected to have what is kept in step by `expect` when devices are computed.
 */
export {
  type Counted,
  countedAll,
  countLicenses,
  findLicense,
  forgetLicenses,
  freeByItem,
  givenByProgram,
  type License,
  licensesById,
  licensesIn,
  licenseWork,
  sayShort,
  wakeWorker,
} from './license.ts'
export { listLicenses, listSeats } from './license-shown.ts'
export { licensePage, seatPage } from './license-sorts.ts'
export { licenseEvents, seatEvents } from './license-events.ts'
export {
  forgetPeople,
  type HolderWord,
  leavers,
  newcomers,
  type Newcomer,
  notePeople,
  retirePerson,
  seatsAwaiting,
  syncPeople,
} from './seat-holder.ts'
export { lostMs, reclaim, settleSlow, settleUnseen, type Shown, slowMs, syncSeats } from './seat-sync.ts'
export { askSeat, meetWishes, type Readiness, returnSeat, type SeatWish, wishSeats } from './seat-wish.ts'
export { eventsOf as seatEventsOf } from './seat-store.ts'
export {
  finishEvent,
  tasksOfEvent,
  handBack,
  handOver,
  noteEvent,
  reviveRefused,
  type SeatTask,
  tasksBack,
  tasksOut,
  type Undone,
} from './seat-work.ts'
export {
  addApp,
  type App,
  appKinds,
  appPlatforms,
  type AppKind,
  type AppPlatform,
  appFor,
  changeApp,
  appsAmong,
  appsInStore,
  findApp,
  getApp,
} from './app.ts'
export { learn, madeFor } from './elsewhere.ts'
export { appEvents } from './events.ts'
export { appFindings } from './config.ts'
export type { FormKey } from './form-key.ts'
export { addressOf, canSign, ensureKey, type Link, openLink } from './link.ts'
export { type FileRead, type FileReader, readBy } from './read.ts'
export { addRelease, getRelease, type Release, releaseAt, releaseFor, releasesAmong, releasesOf } from './release.ts'
export { type Describer, describeBy } from './serve.ts'
export { occupant } from './occupant.ts'
export { servedHolders as servedAmong } from './seat-wish-store.ts'
export { endSeats, expectSeats, seatIn } from './seat-expect.ts'
export { seatFollower } from './seat-follow.ts'
export { type SeatAnswer, type SeatAsked, seatReady, seatsHeld } from './seat.ts'
export {
  type AppCounts,
  type AppNote,
  type AppReason,
  type AppState,
  appStates,
  type AppStatus,
  counted,
  countsOf,
  expect,
  type Expected,
  findStatus,
  forget,
  forgetDevice,
  type ItemWord,
  left,
  noteItem,
  noteStatus,
  otherSystem,
  type Presence,
  presenceIn,
  stateIn,
  statusesAmong,
  statusOf,
} from './status.ts'
export { revisionsOf } from './store.ts'
export { type TieReader, tieBy } from './tie.ts'
export { begin, uploadFor } from './upload.ts'
export { unwish, wish, wishedOn } from './wish.ts'
