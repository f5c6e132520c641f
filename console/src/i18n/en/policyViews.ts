/** How policies show in lists of devices, on Home, in timelines and in searches. */
export const policyViews = {
  'device.sentence.policies-failed':
    '<b>{n, plural, one {One policy could not be applied.} other {# policies could not be applied.}}</b> <link>See why</link>.',
  'device.sentence.policies-blocked':
    '<b>{n, plural, one {One policy lacks a value.} other {# policies lack a value.}}</b> <link>See which</link>.',
  'device.sentence.policies-waiting':
    '<b>Under way.</b> {n, plural, one {<link>One policy</link> is not in place yet.} other {<link># policies</link> are not in place yet.}}',
  'device.col.policy': 'Policies',
  'device.col.group': 'Group',
  'device.policy.ok': 'All in place',
  'device.policy.failed': 'Failed',
  'device.policy.pending': 'On their way',
  'device.policy.drifted': 'Changed on the device',
  'device.policy.unsupported': 'Not possible there',
  'device.policy.none': 'None wanted',
  'device.policy.nFailed': '{n, number} failed',
  'device.policy.nWaiting': '{n, number} on the way',
  'timeline.policies': 'Policies',
  'timeline.byRules': '{n, plural, one {By the rule {rules}} other {By the rules {rules}}}',
  'palette.groups': 'Groups',
  'palette.tags': 'Tags',
} as const
