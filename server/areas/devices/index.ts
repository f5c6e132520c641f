/**
 * The devices themselves: what they are, what they said about themselves and when, whose they are and where they belong.
 * A device outlives its enrollments: platforms tell what they have seen (`sighted`), what it said (`learn`, `report`, `reportList`)
 * and that it called (`seen`); this room decides which device that is and keeps the row that lists are made of.
 * Facts have dotted keys whose first part is their group: `identity.name`, `os.version`, `battery.level`.
 */
export { type Account, accountsOf, sightedAccount } from './account.ts'
export {
  appNames,
  appsOfAll,
  type DeviceApp,
  type KnownApp,
  knownApps,
  knownAppsWithin,
  listedAmong,
} from './app-store.ts'
export {
  assignmentsOf,
  change,
  demanded,
  handTagsOf,
  hold,
  renameBack,
  setTags,
  tagShiftOf,
  tagsOf,
} from './change.ts'
export {
  about,
  type Device,
  type DeviceState,
  deviceStates,
  find,
  get,
  type Ownership,
  ownerships,
  setState,
  setWaiting,
} from './device.ts'
export { devicesAmong, devicesOf, devicesWithin } from './contact-store.ts'
export { deviceEvents } from './events.ts'
export { countManaged } from './fleet-store.ts'
export { heldRemovals, remove, removeAction } from './removal.ts'
export {
  type Fact,
  type FactGroup,
  factGroups,
  factRecord,
  factsOf,
  groupOf,
  historyOf,
  type JsonValue,
  learn,
  pastMs,
} from './fact.ts'
export { type May, mayStore, stripBy, stripped, typeOfIdentifier } from './keeping.ts'
export { type Identifier, identifiersOf, type KnownIdentifier, matchKey } from './identifiers.ts'
export { blankPast, monthOf } from './past-store.ts'
export { appsOf, type FormFactor, formFactors, type Platform, platforms, versionNumber } from './platform.ts'
export { probes } from './probe.ts'
export { census, purge } from './purge.ts'
export { occupant, ruleOccupant } from './occupant.ts'
export { type ListKind, listKinds, listOf, type Report, report, reportList, reportsOf } from './report.ts'
export { idsBelow, recordsOf, type RecordsWish } from './record-store.ts'
export { flushSeen, seen } from './seen.ts'
export { knownBySerial, type Sighting, sighted } from './sighting.ts'
export { holdOf, waitsOf } from './quiet.ts'
export { silentAfterDays } from './silence.ts'
export { type DeviceRecord, factOf, matches } from './tag-match.ts'
export { draftTagRule, type TagDelta, tagDeltas, type TagDraft } from './tag-draft.ts'
export {
  addTagRule,
  changeTagRule,
  listTagRules,
  readTerms,
  removeTagRule,
  type TagRule,
  tagRuleFor,
  type TagRuleWish,
} from './tag-rule.ts'
export { countTargets, fleetClasses, idsTagged, type TargetQuery, type TargetRow, targetRows } from './target-store.ts'
export { tagBy } from './tagging.ts'
export { type Watch, watchFacts } from './watch.ts'
export { type WatchedRow, watchedRows } from './watched-store.ts'
