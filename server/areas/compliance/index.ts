/**
 * Rules over what devices are and have, their verdicts with history, exceptions, and what a verdict sets off.
 * `judge` is pure: a rule, everything a device is judged by, an instant. Devices are judged when something a rule looks at changes
 * (`changed` is told by the devices area in the transaction of the change), when the log says that their items moved, and when time alone
 * may change a verdict (`look_at`, found by a sweep); always one page in one transaction, with the counts by unit and rule kept in step.
 * A violation may have a time of grace and sets off responses in the order of their delays; tags it gave go when it ends.
 * Later areas hear of violations by `verdict.changed` and `verdict.responded`.
 */
export { askException, decideException, grantException } from './exception.ts'
export { occupant } from './occupant.ts'
export { type Controls, offerTemplates, type Template } from './templates.ts'
export { trustTimeBy } from './respond.ts'
export { ruleEvents, verdictEvents } from './events.ts'
export { addRule, ruleFor, type RuleWish } from './rules.ts'
export { changed, follower } from './watch.ts'
export { type State, states } from './settle.ts'
export { verdictOf } from './verdict.ts'
