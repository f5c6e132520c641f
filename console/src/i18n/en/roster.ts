/** Texts of this part of the console. */
export const roster = {
  'problem.program.taken': 'Another program already speaks with this credential.',
  'problem.program.taken.next': 'Use the program that is there, or remove it first.',
  'problem.program.file-unreadable': 'This is not a server token file.',
  'problem.program.file-unreadable.next':
    'Take the file with the ending .p7m as it was downloaded, without opening and saving it.',
  'problem.program.key-unknown': 'The token was made for another certificate.',
  'problem.program.key-unknown.next':
    'Upload the newest certificate of this page at the vendor, download a new token, and use that.',
  'problem.program.token-over': 'The token has expired.',
  'problem.program.token-over.next': 'Download a new token at the vendor.',
  'problem.program.other-server': 'The token belongs to another server at the vendor.',
  'problem.program.other-server.next':
    'Download the token of the same server. For another one, add a program of its own.',
  'problem.program.kind-wrong': 'The program is of another kind.',
  'problem.program.kind-wrong.next': 'Choose a program that promises devices.',
  'problem.entry.unknown': 'Some of these serial numbers are not promised here.',
  'problem.entry.unknown.next': 'Remove them from the list, or wait until the vendor promises them.',
  'problem.setup.name-taken': 'Another setup has this name.',
  'problem.setup.name-taken.next': 'Choose another name.',
  'problem.setup.in-use': 'Devices or programs are meant to have this setup.',
  'problem.setup.in-use.next': 'Give them another setup first.',
  'problem.setup.step-unknown': 'Some of the steps to skip are not known.',
  'problem.setup.step-unknown.next': 'Remove the steps named below.',
  'event.program.added': 'Program {name} added',
  'event.program.changed':
    'Program {name}: {state, select, new {not asked yet} good {in step} terms {terms not accepted} refused {refused} expired {expired} throttled {asked to wait} silent {no answer} elsewhere {worked by another server} other {changed}}',
  'event.program.troubled':
    'Program {name} needs somebody: {state, select, terms {the vendor’s terms are not accepted} refused {the vendor refuses the credential} expired {the credential has expired} throttled {the vendor keeps asking to wait} silent {the vendor does not answer} elsewhere {another server works it} other {trouble}}',
  'event.program.recovered': 'Program {name} is in step again',
  'event.program.renewed': 'Credential of program {name} renewed',
  'event.program.removed': 'Program {name} removed',
  'event.roster.grew': '{added, plural, one {# device promised} other {# devices promised}}',
  'event.roster.shrank': '{gone, plural, one {# device is} other {# devices are}} promised no longer',
  'event.roster.unassigned': 'The vendor did not take the setup of {devices, plural, one {# device} other {# devices}}',
  'event.roster.changed':
    'What is wanted changed for {devices, plural, one {# promised device} other {# promised devices}}',
  'event.setup.added': 'Setup {name} added',
  'event.setup.changed': 'Setup {name} changed',
  'event.setup.removed': 'Setup {name} removed',
} as const
