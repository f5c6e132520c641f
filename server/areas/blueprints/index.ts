/**
 * Who gets which policies: blueprints (named, ordered sets of policies) and their assignments to parts of the org. The pure heart of the product
 * is here: from the state of an org and a device follows what the device should have, and why.
 */
export { depthOf, isEmpty, reach } from './scope.ts'
export type {
  AssignmentState,
  BlueprintState,
  Conditions,
  Contribution,
  Decided,
  Effect,
  EffectGroup,
  Effective,
  EffectiveItem,
  Effects,
  KeyEffect,
  Level,
  Miss,
  OrgState,
  PolicyState,
  Provenance,
  Reach,
  RolloutState,
  Scope,
  Selection,
  Target,
  TrialState,
  UnitScope,
} from './state.ts'
export { levels } from './state.ts'
export {
  type Assertion,
  checkAssertion,
  checkExpectation,
  type Expectation,
  type Failure,
  isMeant,
} from './assertion.ts'
export { blueprintNamed } from './blueprint-store.ts'
export { candidates, type Reachable, touches } from './candidates.ts'
export { type Conflict, conflictsOf } from './conflict.ts'
export { diff } from './effects.ts'
export { type Explanation, explain, type Ground, type Link, replay, type Standing, type Unheard } from './explain.ts'
export { type Grouping, keyOf, openGrouping } from './grouping.ts'
export { openMemory } from './memory.ts'
export { type KindLookup, type Manner, whole } from './merge.ts'
export { explainMissing, type Missed, type Missing, type Overridden } from './missing.ts'
export { openResolver, resolve, type Resolver } from './resolve.ts'
export { shareOf } from './share.ts'
export {
  addAssignment,
  type Assignment,
  assignmentFor,
  type AssignmentWish,
  changeAssignment,
  demandScope,
  getAssignment,
  removeAssignment,
  toAssignment,
} from './assignment.ts'
export {
  type Blueprint,
  blueprintFor,
  changeBlueprint,
  createBlueprint,
  getBlueprint,
  removeBlueprint,
} from './blueprint.ts'
export { shownAssignment, shownBlueprint } from './list.ts'
export { assignmentOccupant, occupant, policyUse } from './occupant.ts'
export * as shapes from './shapes.ts'
export * as shown from './shown.ts'
export { scopeOf, stateOf } from './state-of.ts'
