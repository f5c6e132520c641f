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
  'signIn.passkey': 'Sign in with a passkey',
} as const
