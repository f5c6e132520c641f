/**
 * Keys and passwords of devices that only the organization may still know when everything else fails. Each is kept before it leaves, becomes
 * current when the device confirms it, and is never forgotten; every view has a purpose and is seen, and after a view the secret is replaced
 * where the device can. Platforms offer the kinds there are (`Custodian`) and do the talking; this room knows what is kept, what is due, and why.
 */
export { type Custodian, custodianOf, custodians, offer, type Ordered, type Regarded, type Why } from './custodian.ts'
export { consider, considerAll } from './consider.ts'
export { escrowEvents } from './events.ts'
export { type Listed, list } from './list.ts'
export { occupant } from './occupant.ts'
export { purge } from './purge.ts'
export { reveal } from './reveal.ts'
export { rules, type Rule, ruling } from './rule.ts'
export {
  candidates,
  carriedBy,
  confirm,
  confirmOne,
  current,
  doubt,
  drop,
  keep,
  type Keeping,
  type Opened,
  refuse,
  refuseOne,
  secretOf,
} from './secret.ts'
export { noteFailed, takeTurn } from './turn.ts'
