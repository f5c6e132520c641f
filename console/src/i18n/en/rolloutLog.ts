/** What happens to rollouts and trials, and why one stops by itself. */
export const rolloutLog = {
  'event.rollout.begun': 'Rollout of {name} began: version {from} to {to}',
  'event.rollout.advanced': 'Rollout of {name}: version {to} to {percent}% of the devices',
  'event.rollout.paused': 'Rollout of {name} paused',
  'event.rollout.resumed': 'Rollout of {name} goes on',
  'event.rollout.finished': 'Rollout of {name} finished: version {to} everywhere',
  'event.rollout.stopped':
    'Rollout of {name} stopped; devices go back to version {from}{failed, plural, =0 {} one { (# device failed)} other { (# devices failed)}}',
  'event.trial.begun': 'Trial of {name} began',
  'event.trial.ended': 'Trial of {name} ended{early, select, true { early} other {}}',
  'problem.rollout.under-way': 'A version of this policy is on its way already.',
  'problem.rollout.under-way.next': 'Let its rollout finish, or stop it.',
  'problem.rollout.ended': 'The rollout is over.',
  'problem.rollout.ended.next': 'Save a new version to begin another.',
  'problem.rollout.not-now': 'The rollout is not in a state where that can be done.',
  'problem.rollout.not-now.next': 'Look at it again; somebody else may have paused or resumed it.',
  'explained.rollout.failures': 'Too many devices failed: {percent}% of those that answered.',
  'explained.rollout.silence': 'Too few devices called: {percent}% of the wave.',
  'explained.rollout.canceled': 'A person stopped it.',
} as const
