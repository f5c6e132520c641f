/** Refusals of this part of the product; see `problems.ts`. */
export const portalProblems = {
  'portal.no-mail': {
    status: 409,
    title: 'This server cannot send mail.',
    next: 'Set up mail (MUSTER_SMTP_URL, MUSTER_MAIL_FROM), or show the link instead.',
  },
  'portal.no-address': {
    status: 409,
    title: 'No mail address is known for this person.',
    next: 'Add one to the person, or show the link instead.',
  },
  'portal.code-needed': {
    status: 403,
    title: 'This takes a code that is mailed to you.',
    next: 'Ask for a code and enter it.',
  },
  'portal.code-refused': {
    status: 403,
    title: 'That code does not fit.',
    next: 'Check it; after five wrong ones, or after ten minutes, ask for a new one.',
  },
} as const
