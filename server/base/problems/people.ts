/** Refusals of this part of the product; see `problems.ts`. */
export const peopleProblems = {
  'group.name-taken': {
    status: 409,
    title: 'Another group of this unit has that name.',
    next: 'Choose another name.',
  },
  'group.in-use': {
    status: 409,
    title: 'Something is meant for this group.',
    next: 'Take it out of the assignments that name it, then remove it.',
  },
  'device.shared': {
    status: 409,
    title: 'The device is shared, so it belongs to nobody.',
    next: 'Say first that it is not shared, then give it to someone.',
  },
  'tag-rule.time-field': {
    status: 422,
    title: 'A rule cannot look at when a device was seen or enrolled: time alone would change the answer.',
    next: 'Use a saved view for that, or take the condition out.',
  },
  'tag-rule.tag-field': {
    status: 422,
    title: 'A rule cannot look at tags: rules would set each other off.',
    next: 'Write what the other tag stands for.',
  },
  'tag-rule.unit-unknown': {
    status: 422,
    title: 'There is no unit of that name.',
    next: 'Name a unit you may see.',
  },
  'tag-rule.too-many': {
    status: 409,
    title: 'There are as many tag rules as an org may have.',
    next: 'Remove one that is not needed any more.',
  },
} as const
