/** Texts of this part of the console. */
export const reports = {
  'event.report.saved': 'Report {name} saved{scheduled, select, true { with a schedule} other {}}',
  'event.report.changed': 'Report {name} changed',
  'event.report.removed': 'Report {name} removed',
  'event.report.made':
    'Report {name} made: {rows, plural, one {# line} other {# lines}}{recipients, plural, =0 {} one {, mailed to # person} other {, mailed to # people}}',
  'event.report.failed': 'Report {name} could not be made',
  'event.evidence.made': 'Evidence pack made',
  'problem.past.unread': 'This is no day or instant that can be asked about.',
  'problem.past.unread.next': 'Choose a day from the calendar.',
  'problem.past.ahead': 'That day has not come yet.',
  'problem.past.ahead.next': 'Ask about today or a day before it.',
  'problem.past.not-kept': 'The past is not kept as far back as that.',
  'problem.past.not-kept.next':
    'Ask about a later day. History is kept for 400 days, and begins when this server first kept it.',
  'problem.report.running': 'This file is not finished yet.',
  'problem.report.running.next': 'Wait until it is, then fetch it again.',
  'problem.report.expired': 'This file is not kept any more.',
  'problem.report.expired.next': 'Run the report again: as of the same day it says the same.',
  'problem.report.too-many': 'There are as many of these as can be kept.',
  'problem.report.too-many.next': 'Remove one that nobody needs, or wait until a run has ended.',
  'problem.report.column-unknown': 'There is no column of that name.',
  'problem.report.column-unknown.next': 'Choose columns from the list.',
  'problem.report.no-mail': 'This server cannot send mail yet.',
  'problem.report.no-mail.next':
    'Ask whoever runs the server to set up mail, or save the report without addresses and fetch its files here.',
} as const
