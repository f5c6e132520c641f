/** Refusals of this part of the product; see `problems.ts`. */
export const agentProblems = {
  'agent.clock': {
    status: 401,
    title: 'The clock of the device is far from the server’s.',
    next: 'Nothing is to be done: the agent takes the time from this answer and asks again.',
  },
  'agent.challenge': {
    status: 403,
    title: 'The challenge is not one of this server’s, or it is too old.',
    next: 'Nothing is to be done: the agent asks for a new one. If it goes on, make a new invitation.',
  },
  'agent.item-other': {
    status: 409,
    title: 'The device’s document has no such item, or has it in another version.',
    next: 'Nothing is to be done: the agent takes its newest document and asks again.',
  },
  'agent.item-own': {
    status: 422,
    title: 'This item wants no certificate of this server’s authority.',
    next: 'Choose this server as the source of the certificate in the policy, or do not assign it to devices of our own agent.',
  },
  'newcomer.denied': {
    status: 403,
    title: 'An admin did not let this device in.',
    next: 'If that was a mistake, an admin can let it in under Enrollment, Waiting; the device asks again.',
  },
  'newcomer.entered': {
    status: 409,
    title: 'The device is enrolled already.',
    next: 'End its management on its page if it should not be.',
  },
  'newcomer.over': {
    status: 409,
    title: 'The invitation of this device has ended.',
    next: 'Make a new invitation and have the device begin again.',
  },
  'agent.busy': {
    status: 429,
    title: 'Too many devices are beginning to enroll with this invitation.',
    next: 'Wait a few minutes and scan the code again.',
  },
  'agent.mode': {
    status: 422,
    title: 'This invitation is for devices that are held in another way.',
    next: 'Make an invitation whose ownership fits: company for a whole device, personal for a work profile.',
  },
  'command.mode': {
    status: 409,
    title: 'The way in which this device is managed does not let it do this.',
    next: 'Choose another command, or enroll the device as one that is managed whole.',
  },
  'agent.replayed': {
    status: 401,
    title: 'This request was made before one that is already answered.',
    next: 'Nothing is to be done: the agent asks again with a newer count. If it goes on, somebody repeats what the device once said.',
  },
  'agent.message': {
    status: 400,
    title: 'The agent’s message cannot be read.',
    next: 'Update the agent; if it is the newest, report this with the request’s number.',
  },
} as const
