/** Texts of this part of the console. */
export const agent = {
  'event.agent.cloned': 'A copy of the agent speaks for {subject}',
  'event.agent.refused': '{subject} refused what the server sent: {code}',
  'problem.agent.clock': 'The clock of the device is far from the server’s.',
  'problem.agent.clock.next': 'Nothing is to be done: the agent takes the time from this answer and asks again.',
  'problem.agent.challenge': 'The challenge is not one of this server’s, or it is too old.',
  'problem.agent.challenge.next':
    'Nothing is to be done: the agent asks for a new one. If it goes on, make a new invitation.',
  'problem.agent.busy': 'Too many devices are beginning to enroll with this invitation.',
  'problem.agent.busy.next': 'Wait a few minutes and scan the code again.',
  'problem.agent.mode': 'This invitation is for devices that are held in another way.',
  'problem.agent.mode.next':
    'Make an invitation whose ownership fits: company for a whole device, personal for a work profile.',
  'problem.agent.message': 'The agent’s message cannot be read.',
  'problem.agent.message.next': 'Update the agent; if it is the newest, report this with the request’s number.',
  'enrollment.kind.fully-managed': 'Whole device',
  'enrollment.kind.dedicated': 'Whole device for one purpose',
  'enrollment.kind.company-profile': 'Company device with a work profile',
  'enrollment.kind.work-profile': 'Personal device, work profile only',
  'problem.command.mode': 'The way in which this device is managed does not let it do this.',
  'problem.command.mode.next': 'Choose another command, or enroll the device as one that is managed whole.',
  'command.kind.inventory.query': 'Ask for everything anew',
  'command.kind.app.uninstall': 'Remove an app',
  'command.kind.message.show': 'Show a message',
  'command.kind.enrollment.leave': 'End the management',
} as const
