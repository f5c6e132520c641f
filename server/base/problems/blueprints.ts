/** Refusals of this part of the product; see `problems.ts`. */
export const blueprintsProblems = {
  'blueprint.name-taken': {
    status: 409,
    title: 'A blueprint of that name is there already.',
    next: 'Choose another name.',
  },
  'blueprint.policy-unknown': {
    status: 422,
    title: 'The blueprint names a policy that is not there, or that you may not see.',
    next: 'Choose policies from the list.',
  },
  'blueprint.policy-elsewhere': {
    status: 422,
    title: 'A policy can only be used on its own unit and below.',
    next: 'Move the policy to a unit that covers the blueprint, or the blueprint below the unit of the policy.',
  },
  'blueprint.assigned-elsewhere': {
    status: 422,
    title: 'A blueprint can only be assigned on its own unit and below.',
    next: 'Move the blueprint to a unit that covers the assignment, or assign it further down.',
  },
  'blueprint.too-many-policies': {
    status: 422,
    title: 'A blueprint holds at most 200 policies.',
    next: 'Make a second blueprint.',
  },
  'assignment.names-unknown': {
    status: 422,
    title: 'The scope names something that is not there, or that you may not see.',
    next: 'Take out what is named below.',
  },
  'assignment.window-empty': {
    status: 422,
    title: 'The assignment would end before it begins.',
    next: 'Choose an end after the beginning.',
  },
} as const
