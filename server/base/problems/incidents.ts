/** Refusals of this part of the product; see `problems.ts`. */
export const incidentsProblems = {
  'incident.over': {
    status: 409,
    title: 'The incident is over.',
    next: 'Report the device again if it is missing again.',
  },
  'incident.not-over': {
    status: 409,
    title: 'The device has neither been found nor written off.',
    next: 'Say which of the two before you close the incident.',
  },
  'incident.confirm-differs': {
    status: 422,
    title: 'What you typed names another device.',
    next: 'Type the asset tag, the serial number or the name of the device that is missing.',
  },
  'incident.personal-device': {
    status: 409,
    title: 'The device belongs to the person who uses it, so it is never erased.',
    next: 'Remove its work data instead.',
  },
  'incident.not-managed': {
    status: 409,
    title: 'The device is not managed, so nothing can be done to it from here.',
    next: 'Write down what you know in the note, and close the incident when it is found or written off.',
  },
  'incident.not-sealed': {
    status: 503,
    title: 'The log is being sealed.',
    next: 'Ask again in a few seconds.',
  },
  'order.sent': {
    status: 409,
    title: 'The standing order has fallen due, and its command is on its way.',
    next: 'Cancel the command first, if it has not left.',
  },
  'order.until-passed': {
    status: 422,
    title: 'The time of the standing order has passed.',
    next: 'Choose a time that lies ahead, or erase the device now.',
  },
} as const
