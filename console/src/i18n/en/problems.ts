/** Refusals: a sentence for each code we know, and what to do next. */
export const problems = {
  'problem.unknown': 'Refused ({code}).',
  'problem.request': 'Request',
  'problem.console.fault': 'This page made a mistake.',
  'problem.console.fault.next': 'Load it again.',
  'problem.network.unreachable': 'The server does not answer.',
  'problem.network.unreachable.next': 'Check the network; the page tries again by itself.',
} as const
