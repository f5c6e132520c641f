/** Texts of this part of the console. */
export const compliance = {
  'event.rule.added': 'Rule {name} added',
  'event.rule.changed': 'Rule {name} changed',
  'event.rule.removed': 'Rule {name} removed',
  'event.verdict.changed':
    '{now, select, violating {Violates {name}} grace {Violates {name}, in its time of grace} excepted {Excepted from {name}} compliant {Keeps {name} again} unknown {Whether it keeps {name} is not known} other {{name} no longer applies}}',
  'event.verdict.responded':
    '{done, select, person {Person told about {name}} admins {Admins told about {name}} tag {Tag {tag} given for {name}} restrict {Restricted by tag {tag} for {name}} ticket {Ticket for {name}} lock {Lock sent for {name}} other {Response to {name} refused}}',
  'event.exception.asked': 'Exception from {name} asked for: {reason}',
  'event.exception.granted': 'Exception from {name} granted: {reason}',
  'event.exception.denied': 'Exception from {name} denied',
  'event.exception.ended':
    '{early, select, true {Exception from {name} ended early} other {Exception from {name} ended}}',
  'problem.rule.too-many': 'There are as many rules as one organization can have.',
  'problem.rule.too-many.next': 'Remove rules that are not needed any more.',
  'problem.rule.words': 'A rule cannot look for words; it asks for fields and facts.',
  'problem.rule.words.next': 'Write each condition as field:value, such as fact.security.firewall:yes.',
  'problem.rule.unknown': 'There is no such rule.',
  'problem.rule.unknown.next': 'Choose a rule that speaks about the device.',
  'problem.rule.template-unknown': 'There is no such template.',
  'problem.rule.template-unknown.next': 'Choose templates from the list.',
  'problem.exception.for-whom': 'An exception is for one device or for one person.',
  'problem.exception.for-whom.next': 'Name either the device or the person.',
  'problem.exception.until': 'Every exception ends, within a year from now.',
  'problem.exception.until.next': 'Choose an end after now and within a year.',
  'problem.exception.decided': 'The exception was decided or has ended already.',
  'problem.exception.decided.next': 'Reload the list to see where it stands.',
  'problem.exception.granted': 'There is an exception for this already.',
  'problem.exception.granted.next': 'Nothing has to be done.',
} as const
