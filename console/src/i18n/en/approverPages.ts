/** The page of whom devices ask before they do what cannot be undone. */
export const approverPages = {
  'approvers.title': 'Approvers known to devices',
  'approvers.lede':
    'Devices of our own agent can demand that people agree before they erase themselves, and check it without trusting this server.',
  'approvers.off': 'Devices ask nobody.',
  'approvers.offText': 'Whoever holds this server alone can have every device erased.',
  'approvers.on':
    '{need, plural, one {One person must agree, of {people, number} whom devices know.} other {{need, number} people must agree, of {people, number} whom devices know.}}',
  'approvers.waiting': 'A change waits for the people whom devices know.',
  'approvers.waitingText': 'Until enough of them have signed it, devices go on asking the former ones.',
  'approvers.waitingSee': 'See the change',
  'approvers.people': 'People',
  'approvers.peopleText': 'Everyone who may approve in the whole organization, by passkeys that are a day old.',
  'approvers.person': 'Person',
  'approvers.passkeys': 'Passkeys',
  'approvers.standing': 'Known to devices',
  'approvers.known': 'Known',
  'approvers.next': 'With the next change',
  'approvers.gone': 'Known, but may not approve any more',
  'approvers.nameless': 'Removed admin',
  'approvers.none': 'Nobody could approve yet',
  'approvers.noneText':
    'Let at least two admins who may approve everywhere add a passkey to their account. A day later it counts: so a stolen session cannot add one and use it.',
  'approvers.admins': 'Admins and their rights',
  'approvers.rule': 'How many must agree',
  'approvers.select': 'Before a device erases itself, so many must have signed',
  'approvers.need.0': 'Nobody: devices obey this server',
  'approvers.need.some': '{n, plural, one {One person} other {# people}}',
  'approvers.tooFew':
    'For that, {need, number} people who can approve are needed, because nobody agrees to what they asked for; there are {people, number}.',
  'approvers.edge':
    'If a single one of these people leaves, what needs their approval cannot be done any more. Add another before you turn it on.',
  'approvers.save': 'Tell devices',
  'approvers.propose': 'Propose the change',
  'approvers.renew': 'Take the people of now',
  'approvers.confirm': 'Tell devices whom to ask?',
  'approvers.confirmOff': 'Let devices ask nobody?',
  'approvers.confirmFirst':
    'From their next contact on, devices take orders to erase only with these signatures. You cannot take that back alone: enough of those whom devices know must sign every later change.',
  'approvers.confirmLater':
    'Nothing changes until enough of those whom devices know now have signed it: {need, plural, one {one of them} other {# of them}}.',
  'approvers.what': 'What it means',
  'approvers.what.erase':
    'Every order to erase waits for these signatures, also one for a single device. This server’s own command line cannot get around it.',
  'approvers.what.before':
    'Devices that enrolled while nobody was asked take the first set they are told of, with their next contact. Later they take a change only if the former people endorsed it.',
  'approvers.what.asleep':
    'A device that slept through several changes is given them one after the other, each with the signatures for it.',
  'approvers.what.lost':
    'A lost device is locked and found without anybody’s approval. If too few of these people are left, devices can only be erased by hand or let go.',
  'approvers.whom':
    'Only devices of our own agent check this. iPhones, iPads, Macs and devices managed through Google obey their maker’s service.',
  'approvers.see': 'Who must agree before devices erase themselves',
} as const
