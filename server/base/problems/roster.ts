/** Refusals of programs, promised devices and setups. */
export const rosterProblems = {
  'program.taken': {
    status: 409,
    title: 'Another program already speaks with this credential.',
    next: 'Use the program that is there, or remove it first.',
  },
  'program.file-unreadable': {
    status: 400,
    title: 'This is not a server token file.',
    next: 'Take the file with the ending .p7m as it was downloaded, without opening and saving it.',
  },
  'program.key-unknown': {
    status: 409,
    title: 'The token was made for another certificate.',
    next: 'Upload the newest certificate of this page at the vendor, download a new token, and use that.',
  },
  'program.token-over': {
    status: 409,
    title: 'The token has expired.',
    next: 'Download a new token at the vendor.',
  },
  'program.other-server': {
    status: 409,
    title: 'The token belongs to another server at the vendor.',
    next: 'Download the token of the same server. For another one, add a program of its own.',
  },
  'program.kind-wrong': {
    status: 409,
    title: 'The program is of another kind.',
    next: 'Choose a program that promises devices.',
  },
  'entry.unknown': {
    status: 404,
    title: 'Some of these serial numbers are not promised here.',
    next: 'Remove them from the list, or wait until the vendor promises them.',
  },
  'bulk.count-changed': {
    status: 409,
    title: 'By now other devices match than were shown.',
    next: 'Look at the new number, then begin again.',
  },
  'bulk.nothing': {
    status: 409,
    title: 'No promised device matches that you may change.',
    next: 'Choose another filter.',
  },
  'setup.name-taken': {
    status: 409,
    title: 'Another setup has this name.',
    next: 'Choose another name.',
  },
  'setup.in-use': {
    status: 409,
    title: 'Devices or programs are meant to have this setup.',
    next: 'Give them another setup first.',
  },
  'setup.step-unknown': {
    status: 400,
    title: 'Some of the steps to skip are not known.',
    next: 'Remove the steps named below.',
  },
} as const
