/** Refusals of this part of the product; see `problems.ts`. */
export const complianceProblems = {
  'rule.too-many': {
    status: 422,
    title: 'There are as many rules as one organization can have.',
    next: 'Remove rules that are not needed any more.',
  },
  'rule.words': {
    status: 422,
    title: 'A rule cannot look for words; it asks for fields and facts.',
    next: 'Write each condition as field:value, such as fact.security.firewall:yes.',
  },
  'rule.unknown': {
    status: 422,
    title: 'There is no such rule.',
    next: 'Choose a rule that speaks about the device.',
  },
  'rule.template-unknown': {
    status: 422,
    title: 'There is no such template.',
    next: 'Choose templates from the list.',
  },
  'exception.for-whom': {
    status: 422,
    title: 'An exception is for one device or for one person.',
    next: 'Name either the device or the person.',
  },
  'exception.until': {
    status: 422,
    title: 'Every exception ends, within a year from now.',
    next: 'Choose an end after now and within a year.',
  },
  'exception.decided': {
    status: 409,
    title: 'The exception was decided or has ended already.',
    next: 'Reload the list to see where it stands.',
  },
  'exception.granted': {
    status: 409,
    title: 'There is an exception for this already.',
    next: 'Nothing has to be done.',
  },
} as const
