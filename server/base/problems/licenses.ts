/** Refusals of this part of the product; see `problems.ts`. */
export const licensesProblems = {
  'content.not-a-token': {
    status: 422,
    title: 'This is not a content token.',
    next: 'Download the content token of the location in Apple Business or School Manager, and upload the file unchanged.',
  },
  'content.token-expired': {
    status: 422,
    title: 'This content token has expired.',
    next: 'Download a new one in Apple Business or School Manager.',
  },
  'content.not-elsewhere': {
    status: 409,
    title: 'No other server works this token.',
    next: 'There is nothing to take over.',
  },
  'content.notice-unproved': {
    status: 403,
    title: 'This notification does not prove where it comes from.',
    next: 'Nothing: the server reads the lists by itself.',
  },
  'content.notice-unread': {
    status: 422,
    title: 'This is not a notification of Apps and Books.',
    next: 'Nothing: the server reads the lists by itself.',
  },
  'license.not-revocable': {
    status: 409,
    title: 'These licenses cannot be taken back.',
    next: 'Books stay with whoever got them.',
  },
} as const
