/** Refusals of this part of the product; see `problems.ts`. */
export const updatesProblems = {
  'campaign.name-taken': {
    status: 409,
    title: 'Another campaign that is not over bears this name.',
    next: 'Choose another name.',
  },
  'campaign.platform-unknown': {
    status: 422,
    title: 'No version can be brought to devices of this platform.',
    next: 'Choose one of the platforms that are listed.',
  },
  'campaign.version-unknown': {
    status: 422,
    title: 'The vendor does not offer this version.',
    next: 'Choose a version of the list, or fetch the list again if it was published just now.',
  },
  'campaign.version-gone': {
    status: 409,
    title: 'The vendor does not offer this version any more.',
    next: 'Choose a newer one.',
  },
  'campaign.not-demandable': {
    status: 422,
    title: 'This is a security improvement between versions, which cannot be demanded by a date.',
    next: 'Let devices take them by themselves: a policy of updates allows it.',
  },
  'campaign.no-version': {
    status: 409,
    title: 'No version is that old and still offered.',
    next: 'Choose fewer days, or fetch the list of versions first.',
  },
  'campaign.due-malformed': {
    status: 422,
    title: 'That is no day and time.',
    next: 'Write it as 2026-12-01T20:00; each device reads it by its own clock.',
  },
  'campaign.due-past': {
    status: 422,
    title: 'That time is over, or less than an hour away, where some of the devices are.',
    next: 'Choose a later time.',
  },
  'campaign.due-skipped': {
    status: 422,
    title: 'That time does not exist where some of the devices are: the clocks are put forward over it.',
    next: 'Choose an hour earlier or later.',
  },
  'campaign.not-looked': {
    status: 409,
    title: 'Who can take the version is still being found out.',
    next: 'Wait until the numbers are there, then start it.',
  },
  'campaign.outdated': {
    status: 409,
    title: 'Meanwhile other devices can take the version than you have seen.',
    next: 'Look at the new numbers, then start it.',
  },
  'campaign.gated': {
    status: 409,
    title: 'The campaign has a gate already.',
    next: 'Take that one away first.',
  },
  'campaign.gate-kind': {
    status: 422,
    title: 'That rule says nothing about the version of the system.',
    next: 'Choose a rule on the age of systems, or have one made.',
  },
  'campaign.nobody': {
    status: 409,
    title: 'No device can take the version.',
    next: 'Look at why they are blocked, or choose other devices or another version.',
  },
  'campaign.not-now': {
    status: 409,
    title: 'The campaign is in another state.',
    next: 'Look at it again: somebody else may have acted, or it has halted by itself.',
  },
  'campaign.under-way': {
    status: 409,
    title: 'The campaign is under way.',
    next: 'Stop it first.',
  },
  'campaign.ended': {
    status: 409,
    title: 'The campaign is over.',
    next: 'Prepare a new one.',
  },
  'campaign.exception-over': {
    status: 422,
    title: 'That time is over before it has begun, or more than a year away.',
    next: 'Choose an end within a year.',
  },
  'campaign.device-outside': {
    status: 409,
    title: 'The device does not belong to this campaign.',
    next: 'Choose a device of its list.',
  },
  'update.by-policy': {
    status: 409,
    title: 'Systems from 27 on take no orders to update: a policy or a campaign demands the version.',
    next: 'Make a campaign, or a policy of updates.',
  },
} as const
