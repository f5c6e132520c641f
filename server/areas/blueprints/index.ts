/**
 * Who gets which policies: blueprints (named, ordered sets of policies) and their assignments to parts of the org. The pure heart of the product
 * is here: from the state of an org and a device follows what the device should have, and why.
 */
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
