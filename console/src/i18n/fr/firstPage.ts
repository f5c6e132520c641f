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
  'signIn.passkey': 'Utiliser plutôt une clé d’accès',
  'guard.look': 'Voir le garde-fou',
  'held.local': 'La ligne de commande du serveur',
  'guard.frozen': 'Tout est arrêté.',
  'guard.frozenText': 'Plus rien de ce qui modifie un appareil ne part. Arrêté {age} par {by} : {reason}',
  'guard.breaker': 'Le disjoncteur est ouvert.',
  'guard.breakerText':
    '{n, plural, one {# appareil a confirmé} other {# appareils ont confirmé}} son effacement en {minutes, plural, one {# minute} other {# minutes}}, plus que jamais ici. Rien d’irréversible ne part avant que quelqu’un le referme.',
  'guard.restored': 'Ce serveur a été restauré depuis une sauvegarde.',
  'guard.restoredText':
    'Ce qui attendait pour interrompre ou effacer est retenu : cela a pu être exécuté ou annulé depuis la sauvegarde. Consultez Activité, puis libérez.',
  'guard.time': 'L’horloge du serveur est mise en doute.',
  'guard.timeText':
    'Elle semble décalée de {span}. Rien de ce que le temps seul déclencherait n’a lieu, et rien d’irréversible ne part sans accord, tant que personne ne la confirme.',
  'nav.apps': 'Apps et contenus',
  'nav.reports': 'Rapports',
  'certificates.named': '{what} : {name}',
  'certificates.purpose.devices': 'Inscription automatisée',
  'certificates.purpose.content': 'Apps et livres',
  'certificates.purpose.portal': 'Clé du portail du fournisseur',
  'certificates.purpose.vendor': 'Certificat de fournisseur',
  'certificates.breaks.promises': 'plus aucun appareil n’arrive de lui-même',
  'certificates.breaks.licenses': 'les licences restent en l’état',
  'certificates.breaks.portal': 'plus rien ne se fait dans le portail',
  'certificates.breaks.signing': 'les demandes devront être signées ailleurs',
}
