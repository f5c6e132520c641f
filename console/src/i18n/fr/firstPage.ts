import type { Part } from '../en.ts'
import type { firstPage as english } from '../en/firstPage.ts'

export const firstPage: Part<typeof english> = {
  'certificates.credential': 'Certificat',
  'certificates.over': 'expiré',
  'device.state.active': 'Actif',
  'device.state.ended': 'Terminé',
  'device.state.enrolling': 'En inscription',
  'device.state.lost': 'Perdu',
  'device.state.silent': 'Silencieux',
  'nav.policies': 'Politiques',
  'signIn.passkey': 'Se connecter avec une clé d’accès',
}
