/** Refusals of this part of the product; see `problems.ts`. */
export const alertsProblems = {
  'alert.resolved': {
    status: 409,
    title: 'The alert has ended.',
    next: 'Open it again if it is not over.',
  },
  'alert.open-already': {
    status: 409,
    title: 'The same is open as another alert.',
    next: 'Use the open one.',
  },
  'alert.assignee-unknown': {
    status: 422,
    title: 'That admin may not see this alert.',
    next: 'Choose someone with a role on its unit.',
  },
  'alert.snooze-out-of-range': {
    status: 422,
    title: 'An alert can rest from now for at most 90 days.',
    next: 'Choose another time.',
  },
  'alert.nobody-to-ask': {
    status: 409,
    title: 'There is nobody to ask: the device has no person with a mail address.',
    next: 'Say whose device it is, or note their address.',
  },
  'alert.asked-already': {
    status: 409,
    title: 'The person was asked within the last day.',
    next: 'Give them time, or call them.',
  },
  'alert.always-told': {
    status: 422,
    title: 'This cannot be switched off: a thief would.',
    next: 'Leave it as it is.',
  },
  'device.hold-out-of-range': {
    status: 422,
    title: 'A device can be away from now for at most 400 days.',
    next: 'Choose another day.',
  },
  'mail.not-set-up': {
    status: 409,
    title: 'This server cannot send mail yet.',
    next: 'Ask its operator to set MUSTER_SMTP_URL and MUSTER_MAIL_FROM.',
  },
} as const
