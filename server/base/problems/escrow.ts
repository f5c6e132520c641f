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
  'escrow.nothing-kept': {
    status: 409,
    title: 'No recovery key of this Mac is kept, so it cannot be replaced.',
    next: 'Demand encryption by a policy; the Mac tells its key once it makes one. A key that was made before can be made anew on the Mac.',
  },
  'escrow.not-taken': {
    status: 409,
    title: 'The device said that it took the password, and did not.',
    next: 'Nothing needs to be done; it is tried again.',
  },
  'portal.unknown': {
    status: 422,
    title: 'The portal does not hold some of these devices.',
    next: 'Check the serial numbers, or ask the portal again and retry.',
  },
  'portal.under-way': {
    status: 409,
    title: 'Some of these devices are being released already.',
    next: 'Look at the acts in the portal: what waits for somebody to agree, or for Apple, ends by itself.',
  },
  'command.raw-unescrowed': {
    status: 409,
    title: 'A password that is set this way would be kept nowhere, and the device could be lost by it.',
    next: 'Have it set on the device’s Security tab: it is made there, kept before it is sent, and proved. Or demand it by a rule for secrets.',
  },
  'portal.server-unknown': {
    status: 422,
    title: 'This act takes a server that the portal knows, and no other takes one.',
    next: 'Choose one of the servers that are listed.',
  },
  'portal.deadline': {
    status: 422,
    title: 'The deadline must lie between a day and a year ahead, and only for moving devices.',
    next: 'Choose another date.',
  },
  'portal.confirm-differs': {
    status: 422,
    title: 'The number you typed is not the number of devices.',
    next: 'Type how many devices you mean to release for good.',
  },
  'portal.key-unreadable': {
    status: 422,
    title: 'This is not the private key of an API account.',
    next: 'Paste the whole file that Apple gave you when you made the API account.',
  },
  'escrow.no-certificate': {
    status: 409,
    title: 'Apple lifts the lock only for who shows a push certificate, and there is none.',
    next: 'Upload the push certificate of the organization.',
  },
  'escrow.restart-needed': {
    status: 409,
    title: 'The Mac takes its new firmware password when it next starts.',
    next: 'Have it restarted; both passwords are kept until then.',
  },
  'escrow.no-account': {
    status: 409,
    title: 'The Mac has not told of an administrator that was made for you at set-up.',
    next: 'Have the account made by the setup by which the Mac enrolls.',
  },
  'command.other-hardware': {
    status: 409,
    title: 'A Mac with this processor does not know this order.',
    next: 'Macs with Apple silicon have a recovery lock, those with Intel a firmware password.',
  },
  'command.password-not-changed': {
    status: 409,
    title: 'The Mac did not change the password.',
    next: 'Nothing needs to be done; the Mac is asked which one it has.',
  },
  'command.no-bypass-code': {
    status: 409,
    title: 'The device has no bypass code to tell.',
    next: 'It tells one within fifteen days after it was supervised, and again after Find My was turned on.',
  },
} as const
