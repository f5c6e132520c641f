/** Refusals of this part of the product; see `problems.ts`. */
export const previewsProblems = {
  'preview.outdated': {
    status: 409,
    title: 'Something else was saved while the effects were being computed.',
    next: 'Look at the effects again, then save.',
  },
  'preview.unconfirmed': {
    status: 422,
    title: 'This takes settings away from many devices and was not confirmed.',
    next: 'Send the phrase that the preview shows as confirm.',
  },
  'preview.busy': {
    status: 429,
    title: 'The server is computing as many previews as it can.',
    next: 'Try again in a moment.',
  },
  'preview.slow': {
    status: 409,
    title: 'The effects take longer to compute than a save may wait.',
    next: 'Ask for the preview with dryRun first; when it is done, save.',
  },
  'preview.failed': {
    status: 409,
    title: 'The effects could not be computed.',
    next: 'Try again; tell your operator if it stays.',
  },
  'policy-test.failed': {
    status: 422,
    title: 'A policy test would fail.',
    next: 'Change what you save, correct the test, or give a reason as override if you may.',
  },
  'policy-test.name-taken': {
    status: 409,
    title: 'A policy test of that name is there already.',
    next: 'Choose another name.',
  },
  'policy-test.too-many': {
    status: 409,
    title: 'There are as many policy tests as are kept.',
    next: 'Remove one that is no longer needed.',
  },
} as const
