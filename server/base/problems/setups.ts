/** Refusals of this part of the product; see `problems.ts`. */
export const setupsProblems = {
  'device.not-apple': {
    status: 403,
    title: 'What the device says of itself is not signed by a device that Apple vouches for.',
    next: 'Enroll a real device. In a test, name the authority of its certificate in MUSTER_APPLE_DEVICE_CA.',
  },
  'device.replayed': {
    status: 403,
    title: 'Exactly this message has enrolled a device before.',
    next: 'Set the device up again: it then signs a new message.',
  },
  'device.challenge-unknown': {
    status: 403,
    title: 'The device answers a question that was not asked, or too long ago.',
    next: 'Open the address on the device again.',
  },
  'device.identity-changed': {
    status: 403,
    title: 'The device that enrolls is not the one that was given the profile.',
    next: 'Fetch the profile again on the device itself.',
  },
  'setup.serial-missing': {
    status: 400,
    title: 'The device does not say its serial number.',
    next: 'Devices that were promised always do; look at the device.',
  },
  'setup.not-expected': {
    status: 403,
    title: 'Nobody has promised this device to the organization.',
    next: 'Assign it to this server in Apple Business or School, and wait until it stands in the roster.',
  },
  'setup.sign-in-needed': {
    status: 403,
    title: 'Whoever sets up this device must sign in first.',
    next: 'Start Setup Assistant again: it opens the page to sign in on.',
  },
  'setup.no-account': {
    status: 422,
    title: 'A Mac without an account of its person needs an administrator of yours.',
    next: 'Add an administrator, or let the person make an account.',
  },
  'setup.wifi-wrong': {
    status: 422,
    title: 'This is not a profile with a Wi-Fi network in it.',
    next: 'Export the network as an unsigned profile, for example from Apple Configurator.',
  },
  'wipe.return-unsuited': {
    status: 422,
    title: 'This device cannot come back by itself after it was erased.',
    next: 'It takes a supervised iPhone or iPad with iOS 17 or later. Erase it the usual way.',
  },
  'wipe.return-unpromised': {
    status: 422,
    title: 'This device did not come by automated enrollment, so erased it would not find its way back.',
    next: 'Assign it to this server in Apple’s portal and enroll it once that way. Or erase it the usual way.',
  },
  'wipe.return-sign-in': {
    status: 422,
    title: 'Its setup has somebody sign in first, and nobody would be there to do so.',
    next: 'Give it a setup without signing in before it is erased, or erase it the usual way.',
  },
  'wipe.return-no-network': {
    status: 422,
    title: 'That setup has no network for devices that come back.',
    next: 'Choose another one, bring a profile of the network, or let it come back by a cable or mobile data.',
  },
  'signin.over': {
    status: 409,
    title: 'This sign-in is over.',
    next: 'Begin again on the device.',
  },
  'signin.no-mail': {
    status: 409,
    title: 'Nobody can sign in, because this server sends no mail.',
    next: 'Set MUSTER_SMTP_URL and MUSTER_MAIL_FROM, or choose an issuer that people sign in with.',
  },
  'account-door.closed': {
    status: 404,
    title: 'Devices cannot be enrolled by signing in here.',
    next: 'Open account-driven enrollment in the settings of the organization.',
  },
  'account-door.nobody': {
    status: 403,
    title: 'Nobody here has the address of the person who signed in.',
    next: 'Add the person with exactly this email address, or choose another claim in the settings.',
  },
  'account-door.domain-taken': {
    status: 409,
    title: 'Another organization on this server uses this domain.',
    next: 'Choose a domain that is yours alone.',
  },
  'account-door.issuer-unread': {
    status: 503,
    title: 'The issuer that people sign in with has not been read yet.',
    next: 'Look at why in the settings; the server tries again by itself.',
  },
  'account-door.incomplete': {
    status: 422,
    title: 'Signing in with an issuer needs its address and the id of this server there.',
    next: 'Fill in both, or choose the mailed code.',
  },
} as const
