/** Refusals of this part of the product; see `problems.ts`. */
export const rolloutsProblems = {
  'rollout.under-way': {
    status: 409,
    title: 'A version of this policy is on its way already.',
    next: 'Let its rollout finish, or stop it.',
  },
  'rollout.ended': { status: 409, title: 'The rollout is over.', next: 'Save a new version to begin another.' },
  'rollout.not-now': {
    status: 409,
    title: 'The rollout is not in a state where that can be done.',
    next: 'Look at it again; somebody else may have paused or resumed it.',
  },
} as const
