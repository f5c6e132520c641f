/**
 * Versions of operating systems: which there are, which devices can take them, and campaigns that bring them there in waves by a date.
 * Vendors' lists are brought by the platforms (`noteReleases`), and how devices of a platform take versions (`offerUpdating`). A campaign tags devices
 * wave by wave; the policy that demands the version is an ordinary one, assigned to that tag, so everything is explained and undone like everything else.
 */
export { about, type Campaign, campaignFor, campaignOf, prepare } from './campaign.ts'
export { start, stop } from './acts.ts'
export { dueAt } from './due.ts'
export { type Chooser, chooseBy } from './choose.ts'
export { eligibility } from './ask.ts'
export {
  type Eligibility,
  eligible,
  type FactRecord,
  type Means,
  offerUpdating,
  type Trying,
  type Updating,
  type Why,
} from './eligible.ts'
export { campaignEvents, updateEvents } from './events.ts'
export { tallyName } from './later.ts'
export { occupant } from './occupant.ts'
export { refresh, refreshBy } from './refresh.ts'
export { type Heard, isLive, newest, noteReleases, type Release, releases } from './release.ts'
export { awaited, listDevicesOf } from './shown.ts'
export { heldTag } from './tag.ts'
export { compareVersions, partsOf } from './version.ts'
