import type { Part } from '../en.ts'
import type { firstPage as english } from '../en/firstPage.ts'

export const firstPage: Part<typeof english> = {
  'certificates.credential': 'Certifikat',
  'certificates.over': 'utgånget',
  'device.state.active': 'Aktiv',
  'device.state.ended': 'Avslutad',
  'device.state.enrolling': 'Registreras',
  'device.state.lost': 'Förlorad',
  'device.state.silent': 'Tyst',
  'nav.policies': 'Policyer',
  'signIn.passkey': 'Logga in med en passnyckel',
}
