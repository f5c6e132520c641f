/** Activity: events and who did them. */
export const audit = {
  'activity.title': 'Activity',
  'actor.admin': 'an admin',
  'actor.key': 'an API key',
  'actor.device': 'device',
  'actor.system': 'server',
  'actor.user': 'a user',
} as const
