/**
 * The catalog: apps, their releases and files, the rights to install them, and how far each is on every device. What a device should have is
 * said by policies of the kind `app`; how an app gets there belongs to platforms.
 */
export {
  type Counted,
  countedAll,
  countLicenses,
  findLicense,
  forgetLicenses,
  freeByItem,
  type License,
  licensesById,
  licensesIn,
  licenseWork,
  sayShort,
  wakeWorker,
} from './license.ts'
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
  handBack,
  handOver,
  noteEvent,
  reviveRefused,
  type SeatTask,
  tasksBack,
  tasksOut,
  type Undone,
} from './seat-work.ts'
