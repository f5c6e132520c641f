/** Refusals of this part of the product; see `problems.ts`. */
export const hoursProblems = {
  'hours.zone-unknown': {
    status: 422,
    title: 'There is no such time zone.',
    next: 'Name one as Europe/Stockholm or Asia/Tokyo.',
  },
  'hours.no-working-time': {
    status: 409,
    title: 'No policy restricts this device outside working time.',
    next: 'There is nothing to ask an exception from.',
  },
  'hours.time-over': {
    status: 422,
    title: 'That time is over before it has begun.',
    next: 'Choose an end in the future.',
  },
  'hours.too-long': {
    status: 422,
    title: 'That is longer than an exception may be.',
    next: 'Choose an earlier end, or change the policy.',
  },
  'hours.exception-over': {
    status: 409,
    title: 'Somebody has decided this exception already, or its time is over.',
    next: 'Look at it again.',
  },
  'calendar.in-use': {
    status: 409,
    title: 'A policy names this calendar.',
    next: 'Take it out of the policy first.',
  },
  'calendar.too-many': {
    status: 409,
    title: 'There are as many calendars as there may be.',
    next: 'Remove one that is not used.',
  },
  'calendar.too-many-days': {
    status: 422,
    title: 'That is more days than a calendar holds.',
    next: 'Bring fewer years, or use several calendars.',
  },
  'calendar.not-a-calendar': {
    status: 422,
    title: 'That is no iCalendar file.',
    next: 'Export the calendar as .ics, or paste a list of days.',
  },
  'calendar.line-unread': {
    status: 422,
    title: 'A line does not begin with a day.',
    next: 'Write each line as 2026-12-24 and then the name.',
  },
} as const
