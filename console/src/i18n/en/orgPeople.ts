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
  'problem.device.shared': 'The device is shared, so it belongs to nobody.',
  'problem.device.shared.next': 'Say first that it is not shared, then give it to someone.',
  'problem.tag-rule.time-field':
    'A rule cannot look at when a device was seen or enrolled: time alone would change the answer.',
  'problem.tag-rule.time-field.next': 'Use a saved view for that, or take the condition out.',
  'problem.tag-rule.tag-field': 'A rule cannot look at tags: rules would set each other off.',
  'problem.tag-rule.tag-field.next': 'Write what the other tag stands for.',
  'problem.tag-rule.unit-unknown': 'There is no unit of that name.',
  'problem.tag-rule.unit-unknown.next': 'Name a unit you may see.',
  'problem.tag-rule.too-many': 'There are as many tag rules as an org may have.',
  'problem.tag-rule.too-many.next': 'Remove one that is not needed any more.',
  'event.tag-rule.added': 'Tag rule {name} added: it gives {tag}',
  'event.tag-rule.changed': 'Tag rule {name} changed',
  'event.tag-rule.removed': 'Tag rule {name} removed',
  'event.users.exported': 'The list of people was downloaded',
  'event.units.exported': 'The tree of units was downloaded',
} as const
