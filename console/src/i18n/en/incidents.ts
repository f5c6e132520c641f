/** Texts of this part of the console. */
export const incidents = {
  'event.incident.opened': 'Reported {kind, select, stolen {stolen} other {lost}}: incident {number}',
  'event.incident.acted':
    'Incident {number}: {what, select, refused {could not be locked} lock {locked again} message {a message for its screen} sound {it was made to sound} locate {asked where it is} erase {ordered to erase itself} other {ordered to remove its work data}}',
  'event.incident.found': 'Incident {number}: it was found',
  'event.incident.written-off': 'Incident {number}: it was written off',
  'event.incident.closed': 'Incident {number} was closed',
  'event.standing-order.set': 'A standing order was set',
  'event.standing-order.changed': 'Its standing order was changed',
  'event.standing-order.canceled': 'Its standing order was taken back',
  'event.standing-order.due': 'Its standing order fell due',
  'event.standing-order.sent':
    'Its standing order was carried out: {after, select, erase {erase} other {remove work data}}',
  'event.standing-order.held': 'Its standing order waits',
  'problem.incident.over': 'The incident is over.',
  'problem.incident.over.next': 'Report the device again if it is missing again.',
  'problem.incident.not-over': 'The device has neither been found nor written off.',
  'problem.incident.not-over.next': 'Say which of the two before you close the incident.',
  'problem.incident.confirm-differs': 'What you typed names another device.',
  'problem.incident.confirm-differs.next':
    'Type the asset tag, the serial number or the name of the device that is missing.',
  'problem.incident.personal-device': 'The device belongs to the person who uses it, so it is never erased.',
  'problem.incident.personal-device.next': 'Remove its work data instead.',
  'problem.incident.not-managed': 'The device is not managed, so nothing can be done to it from here.',
  'problem.incident.not-managed.next':
    'Write down what you know in the note, and close the incident when it is found or written off.',
  'problem.incident.not-sealed': 'The log is being sealed.',
  'problem.incident.not-sealed.next': 'Ask again in a few seconds.',
  'problem.order.sent': 'The standing order has fallen due, and its command is on its way.',
  'problem.order.sent.next': 'Cancel the command first, if it has not left.',
  'problem.order.until-passed': 'The time of the standing order has passed.',
  'problem.order.until-passed.next': 'Choose a time that lies ahead, or erase the device now.',
} as const
