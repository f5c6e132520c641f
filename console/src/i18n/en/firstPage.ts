/** Texts of other parts that the first page shows too, so that it need not wait for those parts. */
export const firstPage = {
  'certificates.credential': 'Credential',
  'certificates.over': 'expired',
  'device.state.active': 'Active',
  'device.state.ended': 'Ended',
  'device.state.enrolling': 'Enrolling',
  'device.state.lost': 'Lost',
  'device.state.silent': 'Silent',
  'nav.policies': 'Policies',
  'signIn.passkey': 'Use a passkey instead',
  'guard.look': 'Look at the guard',
  'held.local': 'The server’s command line',
  'guard.frozen': 'Everything is stopped.',
  'guard.frozenText': 'Nothing that changes a device leaves. Stopped {age} by {by}: {reason}',
  'guard.breaker': 'The breaker is open.',
  'guard.breakerText':
    '{n, plural, one {# device} other {# devices}} confirmed being erased within {minutes, plural, one {# minute} other {# minutes}}, more than ever here. Nothing final leaves until a person closes it.',
  'guard.restored': 'This server was restored from a backup.',
  'guard.restoredText':
    'What was queued before to interrupt or to erase is held: it may have been carried out, or canceled, since the backup. Look at Activity, then let it go.',
  'guard.time': 'The clock of the server is doubted.',
  'guard.timeText':
    'It seems to be off by {span}. Nothing that time alone would set off happens, and nothing final leaves unasked, until someone confirms it.',
  'nav.reports': 'Reports',
} as const
