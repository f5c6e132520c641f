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
export { certificatesIn } from './kinds/certificate.ts'
export { ours } from './kinds/ours.ts'
