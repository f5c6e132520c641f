/** Refusals of this part of the product; see `problems.ts`. */
export const guardProblems = {
  'guard.frozen': {
    status: 423,
    title: 'Everything is stopped.',
    next: 'Another admin lifts the stop with a passkey, or somebody on the server itself.',
  },
  'guard.not-frozen': { status: 409, title: 'Nothing is stopped.', next: 'Nothing needs to be done.' },
  'guard.breaker-closed': { status: 409, title: 'The breaker is closed already.', next: 'Nothing needs to be done.' },
  'guard.never-wipe': {
    status: 409,
    title: 'This device is never to be erased.',
    next: 'Take the tag “never-wipe” off it; a day later it can be erased.',
  },
  'guard.too-many-held': {
    status: 429,
    title: 'As much as is kept of one person is waiting already.',
    next: 'Let others decide about what is held, or cancel it.',
  },
  'guard.batch-changed': {
    status: 409,
    title: 'The batch is not what it was when it was held.',
    next: 'Make it anew.',
  },
  'intent.ended': { status: 409, title: 'This has been decided already.', next: 'Look at what became of it.' },
  'intent.gathering': {
    status: 409,
    title: 'Its devices are still being listed.',
    next: 'Wait a moment, then try again.',
  },
  'approval.key': {
    status: 403,
    title: 'Keys cannot agree to anything.',
    next: 'Sign in as a person and use a passkey.',
  },
  'approval.self': {
    status: 403,
    title: 'You asked for this yourself.',
    next: 'Ask another admin to approve it.',
  },
  'approval.lineage': {
    status: 403,
    title: 'One of you made the account of the other.',
    next: 'Ask an admin whose account neither of you made.',
  },
  'approval.fresh': {
    status: 403,
    title: 'You have not held the right to approve for long enough.',
    next: 'Ask an admin who has held it for three days.',
  },
  'approval.not-named': {
    status: 403,
    title: 'Others are named to sign this.',
    next: 'Ask those who are named.',
  },
  'approval.not-pinned': {
    status: 403,
    title: 'The devices do not know your passkey as one that can agree to this.',
    next: 'Ask one of the approvers that devices know, or have the approvers renewed.',
  },
  'approvers.too-few': {
    status: 409,
    title:
      'There are too few people who could agree: one more than must agree, because nobody agrees to what they asked for.',
    next: 'Let more admins with the right to approve add a passkey; after a day it counts.',
  },
  'approval.not-needed': {
    status: 409,
    title: 'This does not wait for anyone to agree.',
    next: 'Look at what it waits for.',
  },
  'approval.stale': {
    status: 409,
    title: 'What you were asked to sign is not what would happen now.',
    next: 'Look at it again, then sign that.',
  },
  'approval.expired': {
    status: 409,
    title: 'The question to sign is too old.',
    next: 'Begin again.',
  },
} as const
