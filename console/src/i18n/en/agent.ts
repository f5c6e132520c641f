/** Texts of this part of the console. */
export const agent = {
  'event.agent.cloned': 'A copy of the agent speaks for {subject}',
  'event.agent.refused': '{subject} refused what the server sent: {code}',
  'problem.agent.clock': 'The clock of the device is far from the server’s.',
  'problem.agent.clock.next': 'Nothing is to be done: the agent takes the time from this answer and asks again.',
  'problem.agent.challenge': 'The challenge is not one of this server’s, or it is too old.',
  'problem.agent.challenge.next':
    'Nothing is to be done: the agent asks for a new one. If it goes on, make a new invitation.',
  'problem.agent.item-other': 'The device’s document has no such item, or has it in another version.',
  'problem.agent.item-other.next': 'Nothing is to be done: the agent takes its newest document and asks again.',
  'problem.agent.item-own': 'This item wants no certificate of this server’s authority.',
  'problem.agent.item-own.next':
    'Choose this server as the source of the certificate in the policy, or do not assign it to devices of our own agent.',
  'problem.agent.busy': 'Too many devices are beginning to enroll with this invitation.',
  'problem.agent.busy.next': 'Wait a few minutes and scan the code again.',
  'problem.agent.mode': 'This invitation is for devices that are held in another way.',
  'problem.agent.mode.next':
    'Make an invitation whose ownership fits: company for a whole device, personal for a work profile.',
  'problem.agent.replayed': 'This request was made before one that is already answered.',
  'problem.agent.replayed.next':
    'Nothing is to be done: the agent asks again with a newer count. If it goes on, somebody repeats what the device once said.',
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
  'event.guard.approvers-changed': 'Approvers that devices ask for changed: {need} of {people}',
  'held.why.proved': 'the device itself asks for approvals',
  'held.action.guard.approvers': 'Change whose approvals devices ask for',
  'problem.approval.not-pinned': 'The devices do not know your passkey as one that can agree to this.',
  'problem.approval.not-pinned.next': 'Ask one of the approvers that devices know, or have the approvers renewed.',
  'problem.approvers.too-few':
    'There are too few people who could agree: one more than must agree, because nobody agrees to what they asked for.',
  'problem.approvers.too-few.next': 'Let more admins with the right to approve add a passkey; after a day it counts.',
} as const
