/** Texts of this part; each with its twin in every language. */
export const orgPeople = {
  'problem.group.name-taken': 'Another group of this unit has that name.',
  'problem.group.name-taken.next': 'Choose another name.',
  'problem.group.in-use': 'Something is meant for this group.',
  'problem.group.in-use.next': 'Take it out of the assignments that name it, then remove it.',
  'event.group.added': 'Group added',
  'event.group.changed': 'Group changed',
  'event.group.removed': 'Group removed',
  'event.group.membersChanged':
    'Group {name}: {added, plural, =0 {} one {# person joined} other {# people joined}}{removed, plural, =0 {} one {# person left} other {# people left}}',
} as const
