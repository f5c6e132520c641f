/** Refusals of this part of the product; see `problems.ts`. */
export const reportsProblems = {
  'past.unread': {
    status: 400,
    title: 'This is no day or instant that can be asked about.',
    next: 'Write a day as 2026-03-31 with a time zone such as Europe/Stockholm, or an instant as 2026-03-31T12:00:00Z.',
  },
  'past.ahead': {
    status: 400,
    title: 'That day has not come yet.',
    next: 'Ask about today or a day before it.',
  },
  'past.not-kept': {
    status: 404,
    title: 'The past is not kept as far back as that.',
    next: 'Ask about a later day. History is kept for 400 days, and begins when this server first kept it.',
  },
  'report.running': {
    status: 409,
    title: 'This file is not finished yet.',
    next: 'Wait until its run has ended, then fetch it again.',
  },
  'report.expired': {
    status: 410,
    title: 'This file is not kept any more.',
    next: 'Run the report again: as of the same day it says the same.',
  },
  'report.too-many': {
    status: 409,
    title: 'There are as many of these as can be kept.',
    next: 'Remove one that nobody needs, or wait until a run has ended.',
  },
  'report.column-unknown': {
    status: 400,
    title: 'There is no column of that name.',
    next: 'Take columns from the list of what a report of this kind can show.',
  },
  'report.no-mail': {
    status: 409,
    title: 'This server cannot send mail yet.',
    next: 'Set MUSTER_SMTP_URL and MUSTER_MAIL_FROM, or save the report without addresses and fetch its files here.',
  },
} as const
