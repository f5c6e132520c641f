/** What a certificate is for. `device` is the identity of a device; the others are in custody. */
export type Purpose =
  | 'ca-tls'
  | 'ca-device'
  | 'ca-scep'
  | 'ca-acme'
  | 'tls'
  | 'profile-signing'
  | 'apns'
  | 'device'
  | 'acme-tls'
