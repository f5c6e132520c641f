/** Refusals of this part of the product; see `problems.ts`. */
export const privacyProblems = {
  'privacy.forbids': {
    status: 409,
    title: 'The privacy charter does not allow this on devices of this ownership.',
    next: 'Read the clause it names in Settings, Privacy.',
  },
  'privacy.not-collected': {
    status: 409,
    title: 'The privacy charter does not allow asking for this on devices of this ownership.',
    next: 'Read the clause it names in Settings, Privacy.',
  },
  'privacy.consent-needed': {
    status: 409,
    title: 'The person whose device it is must agree to this each time.',
    next: 'Ask them; they answer on their own page.',
  },
  'privacy.nobody-to-ask': {
    status: 409,
    title: 'Nobody has this device, so there is nobody to ask.',
    next: 'Say first whose device it is.',
  },
  'privacy.ask-over': {
    status: 409,
    title: 'This was answered already, or it is too late to answer.',
    next: 'Nothing needs to be done.',
  },
  'privacy.floor': {
    status: 409,
    title: 'No charter can allow this on a device that belongs to a person.',
    next: 'Take this clause out of the change.',
  },
  'charter.choice': {
    status: 400,
    title: 'This kind of data cannot be kept in this way.',
    next: 'Choose one of the ways it names.',
  },
  'charter.unchanged': {
    status: 409,
    title: 'The charter says this already.',
    next: 'Change something first.',
  },
  'charter.unit-unknown': {
    status: 400,
    title: 'A rule names a unit that does not exist.',
    next: 'Choose a unit of the organization.',
  },
  'charter.cosigner-unknown': {
    status: 400,
    title: 'A named co-signer is not an active administrator.',
    next: 'Name administrators who can sign in.',
  },
  'charter.pending': {
    status: 409,
    title: 'Another change of the charter is waiting for its signatures.',
    next: 'Have it signed, or withdraw it first.',
  },
  'charter.change-over': {
    status: 409,
    title: 'This change of the charter is over.',
    next: 'Propose it again.',
  },
  'charter.not-signer': {
    status: 403,
    title: 'You are not among those who sign this change.',
    next: 'The named co-signers sign it.',
  },
  'charter.signed-already': {
    status: 409,
    title: 'You have signed this change already.',
    next: 'Nothing more is needed of you.',
  },
  'hold.none': {
    status: 404,
    title: 'There is no hold on this device.',
    next: 'Nothing needs to be lifted.',
  },
} as const
