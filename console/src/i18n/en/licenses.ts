/** Texts of this part of the console. */
export const licenses = {
  'event.license.short': 'Licenses are missing',
  'event.license.enough': 'Licenses are enough again',
  'event.license.reclaimed': 'Unused licenses asked back',
  'event.seat.held': 'License given',
  'event.seat.refused': 'License refused',
  'event.seat.returned': 'License given back',
  'event.seat.lost': 'License taken away elsewhere',
  'event.seat.slow': 'Licenses are waiting for the vendor',
  'problem.content.not-a-token': 'This is not a content token.',
  'problem.content.not-a-token.next':
    'Download the content token of the location in Apple Business or School Manager, and upload the file unchanged.',
  'problem.content.token-expired': 'This content token has expired.',
  'problem.content.token-expired.next': 'Download a new one in Apple Business or School Manager.',
  'problem.content.not-elsewhere': 'No other server works this token.',
  'problem.content.not-elsewhere.next': 'There is nothing to take over.',
  'problem.content.notice-unproved': 'This notification does not prove where it comes from.',
  'problem.content.notice-unproved.next': 'Nothing: the server reads the lists by itself.',
  'problem.content.notice-unread': 'This is not a notification of Apps and Books.',
  'problem.content.notice-unread.next': 'Nothing: the server reads the lists by itself.',
  'problem.license.not-revocable': 'These licenses cannot be taken back.',
  'problem.license.not-revocable.next': 'Books stay with whoever got them.',
} as const
