/**
 * What may be collected and commanded, on whose devices: the charter as data. Rooms that store what devices say, and rooms that order devices
 * about, ask here first. A charter has versions; tightening it holds at once, loosening it takes the signatures of those it names. Beneath every
 * charter lie floors that none can loosen: what is somebody's own is never located, searched or erased as a whole.
 */
export { collecting, commanding } from './asking.ts'
export { type Collect, type Commanding, ownedAs, personalModes, type Place } from './charter.ts'
export { type DataType, dataTypes, typeOf, typeOfList } from './type.ts'
export { collectingOf, commandingOf, type Known, modeBy, namedApps, placeOf } from './asking.ts'
export { dropped } from './drop.ts'
export { essential, essentialIdentifiers, strictest } from './type.ts'
export { answerConsent, askConsent, type Consent, consentsOf, demandConsent } from './consent.ts'
export {
  type Carried,
  isGated,
  type Look,
  type Lookable,
  lookable,
  lookOpen,
  looksOf,
  openLook,
  type Reading,
  readingOf,
} from './look.ts'
export { type InForce, inForce } from './in-force.ts'
export { charterEvents, privacyEvents } from './events.ts'
export { preset, type PresetName, presetNames } from './presets.ts'
export { always, type Census, countBy, type Deleted, type Held, type Keeping, type Purge, purgeBy } from './pass.ts'
export { free, hold, holdOn } from './hold.ts'
export { privacyFollower } from './follow.ts'
export { startPrivacy } from './daily.ts'
export { examineBy, forbiddenOnPersonal, lastCheck, type Probe } from './check.ts'
