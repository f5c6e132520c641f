/** Refusals of this part of the product; see `problems.ts`. */
export const changesProblems = {
  'import.empty': {
    status: 422,
    title: 'The file holds no lines.',
    next: 'Send a file with a head line and at least one line below it.',
  },
  'import.field-unknown': {
    status: 422,
    title: 'There is no such field.',
    next: 'Name one of the fields the guide lists.',
  },
  'import.key-column-missing': {
    status: 422,
    title: 'No column of the file tells one line from another.',
    next: 'Name the column that does, such as the employee number, the e-mail address or the serial number.',
  },
  'import.too-many-rows': {
    status: 422,
    title: 'The file holds more lines than one import takes.',
    next: 'Divide it.',
  },
  'import.unreadable': {
    status: 422,
    title: 'The file cannot be read beyond a certain line.',
    next: 'Look for a quotation mark that is not closed there.',
  },
  'import.not-ready': {
    status: 409,
    title: 'The import is not waiting to be applied.',
    next: 'Look at its state.',
  },
  'import.planned': {
    status: 409,
    title: 'The import belongs to a planned change.',
    next: 'Go on there.',
  },
  'import.has-errors': {
    status: 409,
    title: 'Some lines of the file are wrong.',
    next: 'Correct them and import again, or say that they are to be left out.',
  },
  'import.errors-in-replace': {
    status: 409,
    title: 'Some lines of the file are wrong, and what the file leaves out would be removed.',
    next: 'Correct every line: a wrong one may be about someone who would be removed.',
  },
  'import.nothing-to-do': {
    status: 409,
    title: 'Nothing in the file differs from what is there.',
    next: 'There is nothing to apply.',
  },
  'import.confirm': {
    status: 409,
    title: 'So much would be removed that it has to be confirmed.',
    next: 'Type the phrase.',
  },
  'import.not-applied': {
    status: 409,
    title: 'Only an import that was applied can be taken back.',
    next: 'Look at its state.',
  },
  'import.undo-over': {
    status: 409,
    title: 'The time in which this could be taken back is over.',
    next: 'Make a new change that does the opposite.',
  },
  'change.not-open': {
    status: 409,
    title: 'The change is not waiting any more.',
    next: 'Look at its state.',
  },
  'change.not-ready': {
    status: 409,
    title: 'What the change would do is still being computed.',
    next: 'Wait a moment.',
  },
  'change.empty': {
    status: 422,
    title: 'The change moves nobody and nothing.',
    next: 'Name at least one person or device that goes elsewhere.',
  },
  'change.too-many': {
    status: 422,
    title: 'The change moves more than one change may.',
    next: 'Divide it.',
  },
  'change.twice': {
    status: 422,
    title: 'The same person or device is moved twice.',
    next: 'Name each once.',
  },
  'change.time-past': {
    status: 422,
    title: 'That time is over.',
    next: 'Choose a later one.',
  },
  'change.zone-unknown': {
    status: 422,
    title: 'There is no such time zone.',
    next: 'Name one of the IANA database, such as Asia/Tokyo.',
  },
  'change.confirm': {
    status: 409,
    title: 'So much would be removed that it has to be confirmed.',
    next: 'Type the phrase.',
  },
  'change.not-undoable': {
    status: 409,
    title: 'The change has nothing that could be taken back.',
    next: 'Look at its state.',
  },
  'change.undo-over': {
    status: 409,
    title: 'The time in which this could be taken back is over.',
    next: 'Make a new change that does the opposite.',
  },
} as const
