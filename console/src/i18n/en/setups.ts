/** Texts of this part of the console. */
export const setups = {
  'event.setup.began': 'Set-up has begun: it ends by itself within {minutes, plural, one {# minute} other {# minutes}}',
  'event.setup.progressed': 'Set-up: {done, number} of {total, number} are there',
  'event.setup.stuck':
    'Set-up is stuck: {code, select, silent {the device says nothing} failing {what it needs keeps failing} other {nothing moves}}',
  'event.setup.ended':
    'Set-up ended after {minutes, plural, one {# minute} other {# minutes}}: {why, select, ready {everything was there} late {its deadline came, {done, number} of {total, number} were there} other {nothing was left to wait for}}',
  'problem.device.not-apple': 'What the device says of itself is not signed by a device that Apple vouches for.',
  'problem.device.not-apple.next':
    'Enroll a real device. In a test, name the authority of its certificate in MUSTER_APPLE_DEVICE_CA.',
  'problem.device.replayed': 'Exactly this message has enrolled a device before.',
  'problem.device.replayed.next': 'Set the device up again: it then signs a new message.',
  'problem.device.challenge-unknown': 'The device answers a question that was not asked, or too long ago.',
  'problem.device.challenge-unknown.next': 'Open the address on the device again.',
  'problem.device.identity-changed': 'The device that enrolls is not the one that was given the profile.',
  'problem.device.identity-changed.next': 'Fetch the profile again on the device itself.',
  'problem.setup.serial-missing': 'The device does not say its serial number.',
  'problem.setup.serial-missing.next': 'Devices that were promised always do; look at the device.',
  'problem.setup.not-expected': 'Nobody has promised this device to the organization.',
  'problem.setup.not-expected.next':
    'Assign it to this server in Apple Business or School, and wait until it stands in the roster.',
  'problem.setup.sign-in-needed': 'Whoever sets up this device must sign in first.',
  'problem.setup.sign-in-needed.next': 'Start Setup Assistant again: it opens the page to sign in on.',
  'problem.signin.over': 'This sign-in is over.',
  'problem.signin.over.next': 'Begin again on the device.',
  'problem.signin.no-mail': 'Nobody can sign in, because this server sends no mail.',
  'problem.signin.no-mail.next':
    'Set MUSTER_SMTP_URL and MUSTER_MAIL_FROM, or choose an issuer that people sign in with.',
  'problem.account-door.closed': 'Devices cannot be enrolled by signing in here.',
  'problem.account-door.closed.next': 'Open account-driven enrollment in the settings of the organization.',
  'problem.account-door.nobody': 'Nobody here has the address of the person who signed in.',
  'problem.account-door.nobody.next':
    'Add the person with exactly this email address, or choose another claim in the settings.',
  'problem.account-door.domain-taken': 'Another organization on this server uses this domain.',
  'problem.account-door.domain-taken.next': 'Choose a domain that is yours alone.',
  'problem.account-door.issuer-unread': 'The issuer that people sign in with has not been read yet.',
  'problem.account-door.issuer-unread.next': 'Look at why in the settings; the server tries again by itself.',
  'problem.account-door.incomplete': 'Signing in with an issuer needs its address and the id of this server there.',
  'problem.account-door.incomplete.next': 'Fill in both, or choose the mailed code.',
  'event.account-door.changed':
    'Enrolling by signing in was decided: {byod, select, true {personal devices} other {no personal devices}}, {adde, select, true {devices of the organization} other {no devices of the organization}}',
} as const
