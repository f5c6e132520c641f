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
} as const
