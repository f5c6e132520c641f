/** How things stand: decisions that are due, the sentence of a device, the end of its management. */
export const standing = {
  'decision.push-certificate-missing.word': 'Missing',
  'decision.push-certificate-missing.title': 'Apple push certificate',
  'decision.push-certificate-missing.text':
    'Without it, no Apple device can enroll or be woken. Bringing it takes ten minutes.',
  'decision.push-certificate-missing.action': 'Bring it',
  'decision.push-certificate-refused.word': 'Refused',
  'decision.push-certificate-refused.title': 'Apple refuses the push certificate',
  'decision.push-certificate-refused.text': 'Devices cannot be woken until it is renewed. Apple says: {reason}.',
  'decision.push-certificate-refused.action': 'Renew',
  'decision.push-certificate-expiring.word': '{left} left',
  'decision.push-certificate-expiring.title': 'Apple push certificate',
  'decision.push-certificate-expiring.text':
    'If it lapses, {devices, plural, =0 {no Apple device can enroll} one {# Apple device stops obeying and must enroll again} other {# Apple devices stop obeying and must enroll again}}.',
  'decision.push-certificate-expiring.action': 'Renew',
  'decision.push-certificate-expired.word': 'Expired',
  'decision.push-certificate-expired.title': 'Apple push certificate',
  'decision.push-certificate-expired.text':
    '{devices, plural, =0 {No Apple device can be woken.} one {# Apple device cannot be woken.} other {# Apple devices cannot be woken.}} Renew it with the same Apple Account.',
  'decision.push-certificate-expired.action': 'Renew',
  'decision.certificate-expiring.word': '{left} left',
  'decision.certificate-expiring.title': '{what}',
  'decision.certificate-expiring.text': 'If it lapses: {lapse}.',
  'decision.certificate-expiring.action': 'See it',
  'decision.certificate-expired.word': 'Expired',
  'decision.certificate-expired.title': '{what}',
  'decision.certificate-expired.text': 'It should have been renewed: {lapse}.',
  'decision.certificate-expired.action': 'See it',
  'decision.devices-lost.word': 'Lost',
  'decision.devices-lost.title':
    '{named, select, yes {{name} is lost} other {{count, plural, one {# device is lost} other {# devices are lost}}}}',
  'decision.devices-lost.text':
    'Locked, with your message on the screen. Locate, play a sound, or turn Lost Mode off when it is found.',
  'decision.devices-lost.action': 'Open',
  'decision.devices-silent.word': 'Silent',
  'decision.devices-silent.title':
    '{count, plural, one {# device has not called home} other {# devices have not called home}}',
  'decision.devices-silent.text':
    'No contact for over {days, plural, one {# day} other {# days}}. Off, in a drawer, or with someone on leave: ask its user.',
  'decision.devices-silent.action': 'See which',
  'decision.enrollments-stuck.word': 'Stuck',
  'decision.enrollments-stuck.title':
    '{count, plural, one {# enrollment does not finish} other {# enrollments do not finish}}',
  'decision.enrollments-stuck.text':
    'Started over an hour ago and still not ready. The invitation’s page says at which step each one waits.',
  'decision.enrollments-stuck.action': 'See which',
  'decision.commands-failed.word': 'Refused',
  'decision.commands-failed.title':
    '{count, plural, one {# device refused a command} other {# devices refused a command}}',
  'decision.commands-failed.text': 'Within the last day. Each command’s page says why, and what to do.',
  'decision.commands-failed.action': 'See why',
  'decision.devices-conflicted.word': 'Conflict',
  'decision.devices-conflicted.title':
    '{count, plural, one {# device shows an identifier of another} other {# devices show an identifier of another}}',
  'decision.devices-conflicted.text': 'A repaired main board, or a copy. Both are kept apart until someone has looked.',
  'decision.devices-conflicted.action': 'Look',
  'decision.devices-unreachable.word': 'Unreachable',
  'decision.devices-unreachable.title':
    '{count, plural, one {# device cannot be woken} other {# devices cannot be woken}}',
  'decision.devices-unreachable.text':
    'Apple’s push service no longer knows the address. Commands wait until the device calls by itself.',
  'decision.devices-unreachable.action': 'See which',
  'decision.invitations-unused.word': 'Unused',
  'decision.invitations-unused.title':
    '{count, plural, one {# invitation was never used} other {# invitations were never used}}',
  'decision.invitations-unused.text': 'Made days ago. Remind whoever got it, or take it back.',
  'decision.invitations-unused.action': 'See which',
  'device.sentence.active': '<b>Active.</b>',
  'device.sentence.waiting': '<b>Under way.</b>',
  'device.sentence.lost': '<b>Lost,</b> reported {since}.',
  'device.sentence.ended': '<b>No longer managed,</b> ended {since}. What it said before is kept.',
  'device.sentence.enrolling': '<b>Enrolling,</b> started {since}.',
  'device.sentence.enrolling-stuck':
    '<b>The enrollment does not finish.</b> It started {since}; the device must be on, online and unlocked.',
  'device.sentence.certificate-expired':
    '<b>Its identity has expired.</b> It is not believed any more; enroll it again.',
  'device.sentence.silent': '<b>Silent.</b> Ask its user whether it is on and online.',
  'device.sentence.leaving': '<b>Leaving management,</b> asked {since}.',
  'device.sentence.push-dead':
    '<b>Cannot be woken.</b> Apple no longer knows its address; commands wait until it calls by itself.',
  'device.sentence.push-rejected': '<b>The wake was refused</b> ({reason}). It is tried again by itself.',
  'enrollment.reason.wiped': 'erased',
  'enrollment.reason.left': 'the device left by itself',
  'enrollment.reason.admin': 'ended from here',
  'enrollment.reason.replaced': 'enrolled again',
  'device.endedWhy': 'Because',
  'device.leave': 'End management…',
  'device.leaveTitle': 'End the management of {name}?',
  'device.leaveText':
    'What this server put on the device is removed: profiles, managed apps and their data. What belongs to the person stays.',
  'device.leaveGo': 'End the management',
  'device.leaveBack': 'To bring it back, it must enroll again',
  'device.leaveBackWord': 'No way back',
} as const
