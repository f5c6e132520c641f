/** Certificates and connections. */
export const certificates = {
  'certificates.title': 'Connections & certificates',
  'certificates.credential': 'Credential',
  'certificates.over': 'over',
  'certificates.expires': 'Expires',
} as const
