/** Texts of this part of the console. */
export const portal = {
  'event.portal.linked': 'Personal link made ({sent, select, mail {mailed} other {shown}})',
  'event.portal.entered': 'Opened their own page',
  'event.portal.left': 'Left their own page',
  'event.portal.ended': 'Personal link and visits ended',
  'event.portal.coded': 'Was mailed a code',
  'event.portal.proven': 'Proved themselves by a mailed code',
  'event.portal.refused': 'Entered a wrong code',
  'event.portal.exported': 'Downloaded what is kept of them',
  'problem.portal.no-mail': 'This server cannot send mail.',
  'problem.portal.no-mail.next': 'Set up mail (MUSTER_SMTP_URL, MUSTER_MAIL_FROM), or show the link instead.',
  'problem.portal.no-address': 'No mail address is known for this person.',
  'problem.portal.no-address.next': 'Add one to the person, or show the link instead.',
  'problem.portal.code-needed': 'This takes a code that is mailed to you.',
  'problem.portal.code-needed.next': 'Ask for a code and enter it.',
  'problem.portal.code-refused': 'That code does not fit.',
  'problem.portal.code-refused.next': 'Check it; after five wrong ones, or after ten minutes, ask for a new one.',
} as const
