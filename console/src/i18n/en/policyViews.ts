/** How policies show in lists of devices, on Home, in timelines and in searches. */
export const policyViews = {
  'decision.policies-failed.word': 'Failed',
  'decision.policies-failed.title':
    '{count, plural, one {# device cannot take a policy} other {# devices cannot take a policy}}',
  'decision.policies-failed.text':
    'Something was refused, or lacks a value of the user or the device. Each device’s page says what, and what to do.',
  'decision.policies-failed.action': 'See which',
  'decision.rollout-stopped.word': 'Stopped',
  'decision.rollout-stopped.title': 'The rollout of {name} stopped by itself',
  'decision.rollout-stopped.text':
    '{reason, select, silence {Too few devices called: {percent} % of the wave.} other {Too many devices failed: {failed}, which is {percent} % of those that answered.}} Every device goes back to version {from}.',
  'decision.rollout-stopped.action': 'See why',
  'decision.policy-tests-failing.word': 'Test fails',
  'decision.policy-tests-failing.title':
    '{count, plural, one {The policy test “{name}” fails} other {# policy tests fail}}',
  'decision.policy-tests-failing.text': 'At the last run, devices did not have what must always hold.',
  'decision.policy-tests-failing.action': 'See which devices',
  'decision.declarations-stalled.word': 'Stalled',
  'decision.declarations-stalled.title':
    '{count, plural, one {# device no longer takes changes} other {# devices no longer take changes}}',
  'decision.declarations-stalled.text':
    'They call, were told of a change and say nothing about it. Have them read everything again, on their page; if it lasts, restart them.',
  'decision.declarations-stalled.action': 'See which',
  'decision.change-waiting.word': 'To approve',
  'decision.change-waiting.title': 'The planned change {name} waits for approval',
  'decision.change-waiting.text':
    '{moves, plural, one {# move} other {# moves}}. Look at what it would do, then approve it or cancel it.',
  'decision.change-waiting.action': 'Review',
  'decision.change-stopped.word': 'Stopped',
  'decision.change-stopped.title': 'The planned change {name} stopped by itself',
  'decision.change-stopped.text':
    '{done, number} of {moves, plural, one {# move} other {# moves}} were made. Its page says why, and how to take them back.',
  'decision.change-stopped.action': 'See why',
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
