/** Refusals of this part of the product; see `problems.ts`. */
export const intakesProblems = {
  'intake.empty': {
    status: 422,
    title: 'There is no line in it.',
    next: 'Give at least one serial number, or a file with one device on each line.',
  },
  'intake.too-many': {
    status: 422,
    title: 'It has more lines than one batch takes.',
    next: 'Make several batches of it.',
  },
  'intake.unreadable': {
    status: 422,
    title: 'The file cannot be read beyond a line.',
    next: 'Look for a quotation mark that never closes on the line named here.',
  },
  'intake.day-malformed': {
    status: 422,
    title: 'The day is not a day of the calendar.',
    next: 'Write it as 2026-04-01, with the name of a time zone.',
  },
  'intake.closed': {
    status: 409,
    title: 'The batch is closed.',
    next: 'Its record stays. Make a new batch for more devices.',
  },
  'intake.open': {
    status: 409,
    title: 'The day of this batch has begun, so that can no longer be done.',
    next: 'Close the batch, or change the assignment of its blueprint.',
  },
  'intake.red': {
    status: 409,
    title: 'Some checks are red.',
    next: 'Put them right, or open the day in spite of them.',
  },
  'intake.not-open': {
    status: 409,
    title: 'The day of this batch was not opened yet.',
    next: 'Open the day first, or remove the batch.',
  },
  'intake.line-taken': {
    status: 409,
    title: 'The device of this line is here already.',
    next: 'Change the device itself.',
  },
  'intake.setup-elsewhere': {
    status: 422,
    title: 'This setup cannot be used for the unit of the batch.',
    next: 'Choose a setup you may see.',
  },
} as const
