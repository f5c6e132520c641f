/** Refusals of this part of the product; see `problems.ts`. */
export const escrowProblems = {
  'escrow.kind-unknown': {
    status: 422,
    title: 'There is no secret of this kind that can be demanded.',
    next: 'Choose one of the kinds that are listed.',
  },
  'escrow.no-look': {
    status: 409,
    title: 'Nobody has said why this secret is looked at.',
    next: 'Say what you need it for; that opens it for a quarter of an hour.',
  },
  'escrow.not-shown': {
    status: 409,
    title: 'Only the server uses this secret; people cannot do anything with it.',
    next: 'Nothing needs to be done.',
  },
  'escrow.not-replaceable': {
    status: 409,
    title: 'The device cannot replace this secret.',
    next: 'Look at its history for older ones, or change it on the device itself.',
  },
} as const
