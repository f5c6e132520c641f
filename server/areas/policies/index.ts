/**
 * What people want of devices, said as policies: versioned values of a kind with a schema, with variables that are filled in per device
 * and secrets that are opened only when they are delivered. This room knows what a policy is and whether it makes sense;
 * whom it reaches belongs to the blueprints, and how it is said to a device to the platforms.
 */
export {
  allPolicyKinds,
  type Finding,
  findPolicyKind,
  type Honor,
  type Json,
  type KeyRule,
  type KindSource,
  offerKinds,
  type PolicyKind,
} from './kind.ts'
export { appIn, appKind } from './kinds/app.ts'
export { certificatesIn } from './kinds/certificate.ts'
export { ours } from './kinds/ours.ts'
export { isZone } from './kinds/work-time.ts'
export { offerImport, type Proposal, type Reader } from './import.ts'
export { shownPolicy } from './list.ts'
export { occupant, secretOccupant } from './occupant.ts'
export {
  archivePolicy,
  changePolicy,
  createPolicy,
  getPolicy,
  type Kept,
  type Policy,
  policyFor,
  toPolicy,
} from './policy.ts'
export { bumpRevision, revisionOf } from './revision-store.ts'
export { type Held, honorOn, offerRoad, type Road, roadOf, roadsTo, type Way } from './road.ts'
export { openSecret, putSecret, rotateSecret, type Secret, secretVersions } from './secret.ts'
export * as shapes from './shapes.ts'
export {
  allPolicies,
  anyNaming as isNamed,
  policiesAmong,
  policiesNaming,
  policiesOfKinds,
  policyNamed,
  valuesOf,
} from './store.ts'
export { offerUse, type PolicyCounts, type PolicyRollout, type PolicyUse, type UsedBy } from './uses.ts'
export { findingsOf, lookBy, sound } from './value.ts'
export {
  type Bindings,
  fill,
  type Filled,
  form,
  isVariable,
  secretsIn,
  variableNames,
  variablesIn,
} from './variable.ts'
export { rollBack, saveVersion, soundValue, type Version, valueAt as valueOf, versionOf } from './version.ts'
