/** Texts of this part of the console. */
export const setups = {
  'event.setup.began': 'Set-up has begun: it ends by itself within {minutes, plural, one {# minute} other {# minutes}}',
  'event.setup.progressed': 'Set-up: {done, number} of {total, number} are there',
  'event.setup.stuck':
    'Set-up is stuck: {code, select, silent {the device says nothing} failing {what it needs keeps failing} other {nothing moves}}',
  'event.setup.ended':
    'Set-up ended after {minutes, plural, one {# minute} other {# minutes}}: {why, select, ready {everything was there} late {its deadline came, {done, number} of {total, number} were there} other {nothing was left to wait for}}',
} as const
