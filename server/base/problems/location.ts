/** Refusals of this part of the product; see `problems.ts`. */
export const locationProblems = {
  'location.closed': {
    status: 403,
    title: 'Where the device was cannot be seen now.',
    next: 'Positions open only while its incident is open, or for an hour after a second person has approved it.',
  },
  'location.gated': {
    status: 403,
    title: 'Positions open only when a purpose has been given.',
    next: 'Open them from the incident; that you looked is recorded and shown to the person whose device it is.',
  },
} as const
