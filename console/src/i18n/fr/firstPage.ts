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
  'certificates.purpose.fcm': 'Clé qui réveille les agents Android',
  'certificates.breaks.agents': 'les agents ne sont plus réveillés aussitôt ; ils appellent d’eux-mêmes',
  'certificates.purpose.vendor': 'Certificat de fournisseur',
  'certificates.breaks.promises':
    '{n, plural, =0 {plus aucun appareil n’arrive de lui-même} one {plus aucun nouvel appareil ; # garde sa configuration, dont {promised, number} promis} other {plus aucun nouvel appareil ; # gardent leur configuration, dont {promised, number} promis}}',
  'certificates.breaks.licenses':
    '{licenses, plural, =0 {les licences restent en l’état} one {# licence reste où elle est} other {# licences restent où elles sont}}',
  'certificates.breaks.portal':
    '{n, plural, =0 {plus rien ne se fait dans le portail} one {# appareil ne peut plus être affecté ni libéré} other {# appareils ne peuvent plus être affectés ni libérés}}',
  'certificates.breaks.signing': 'les demandes devront être signées ailleurs',
  'certificates.purpose.apns': 'Certificat push d’Apple',
  'certificates.purpose.tls': 'TLS de ce serveur',
  'certificates.purpose.ca-tls': 'Autorité de ce serveur',
  'certificates.purpose.ca-device': 'Autorité pour les appareils',
  'certificates.purpose.ca-scep': 'Autorité pour SCEP',
  'certificates.purpose.ca-acme': 'Autorité du serveur de certificats',
  'certificates.purpose.profile-signing': 'Signature des profils',
  'certificates.purpose.device': 'Identité d’appareil',
  'certificates.breaks.wake':
    '{n, plural, =0 {aucun appareil Apple ne peut s’inscrire} one {# appareil cesse d’obéir} other {# appareils cessent d’obéir}}',
  'certificates.breaks.connect':
    '{n, plural, =0 {plus rien ne se connecte} one {# appareil ne se connecte plus} other {# appareils ne se connectent plus}}',
  'certificates.breaks.trust':
    '{n, plural, =0 {plus personne ne fait confiance à ce serveur} one {# appareil ne fait plus confiance à ce serveur} other {# appareils ne font plus confiance à ce serveur}}',
  'certificates.breaks.identity':
    '{n, plural, =0 {plus de nouvelles identités} one {# identité prend fin} other {# identités prennent fin}}',
  'certificates.breaks.signature': 'les profils paraissent non signés',
  'decision.devices-violating.word': 'Infraction',
  'decision.devices-violating.title':
    '{count, plural, one {# appareil enfreint une règle} other {# appareils enfreignent des règles}}',
  'decision.devices-violating.text':
    '{grave, plural, =0 {Aucune n’est grave.} one {Dont # grave.} other {Dont # graves.}} La page de chaque appareil dit pourquoi et que faire.',
  'decision.devices-violating.action': 'Voir lesquels',
  'decision.exceptions-asked.word': 'Demande',
  'decision.exceptions-asked.title':
    '{count, plural, one {# exemption de règle est demandée} other {# exemptions de règles sont demandées}}',
  'decision.exceptions-asked.text': 'Des personnes attendent une réponse.',
  'decision.exceptions-asked.action': 'Décider',
  'decision.exceptions-ending.word': 'Fin proche',
  'decision.exceptions-ending.title':
    '{count, plural, one {# exemption prend fin sous une semaine} other {# exemptions prennent fin sous une semaine}}',
  'decision.exceptions-ending.text': 'Ensuite les règles s’appliquent à nouveau.',
  'decision.exceptions-ending.action': 'Voir lesquelles',
  'decision.guard-frozen.word': 'Arrêté',
  'decision.guard-frozen.title': 'Tout est arrêté',
  'decision.guard-frozen.text':
    'Rien de ce qui modifie un appareil ne part avant qu’un autre administrateur lève l’arrêt.',
  'decision.guard-frozen.action': 'Voir le garde-fou',
  'decision.guard-breaker.word': 'Disjoncteur ouvert',
  'decision.guard-breaker.title': 'Plus d’appareils que jamais ont été effacés',
  'decision.guard-breaker.text':
    '{acknowledged} confirmés en {minutes} min. Rien d’irréversible ne part avant que quelqu’un referme le disjoncteur.',
  'decision.guard-breaker.action': 'Voir le garde-fou',
  'decision.guard-restored.word': 'Restauré',
  'decision.guard-restored.title': 'Ce serveur a été restauré d’une sauvegarde',
  'decision.guard-restored.text':
    'Ce qui attendait pour interrompre ou effacer est retenu jusqu’à ce que quelqu’un le libère.',
  'decision.guard-restored.action': 'Voir le garde-fou',
  'decision.guard-time.word': 'Horloge',
  'decision.guard-time.title': 'L’horloge du serveur est mise en doute',
  'decision.guard-time.text': 'Rien de ce que le temps seul déclencherait n’a lieu tant que personne ne la confirme.',
  'decision.guard-time.action': 'Voir le garde-fou',
  'decision.intent-held.word': 'Retenu',
  'decision.intent-held.title':
    '{devices, plural, one {# appareil attend} other {# appareils attendent}} l’accord d’autres personnes',
  'decision.intent-held.text':
    '{name} a demandé quelque chose d’irréversible. Cela se termine de soi-même après un jour.',
  'decision.intent-held.action': 'Décider',
  'decision.intent-proposed.word': 'Annoncé',
  'decision.intent-proposed.title': 'Quelque chose qui cède du pouvoir est annoncé',
  'decision.intent-proposed.text': '{name} l’a demandé. Cela prend effet de soi-même, sauf si quelqu’un le retire.',
  'decision.intent-proposed.action': 'Voir',
  'decision.policies-failed.word': 'Échec',
  'decision.policies-failed.title':
    '{count, plural, one {# appareil ne peut pas appliquer une politique} other {# appareils ne peuvent pas appliquer une politique}}',
  'decision.policies-failed.text':
    'Quelque chose a été refusé, ou il manque une valeur de l’utilisateur ou de l’appareil. La page de chaque appareil dit quoi, et que faire.',
  'decision.policies-failed.action': 'Voir lesquels',
  'decision.rollout-stopped.word': 'Arrêté',
  'decision.rollout-stopped.title': 'Le déploiement de {name} s’est arrêté de lui-même',
  'decision.rollout-stopped.text':
    '{reason, select, silence {Trop peu d’appareils ont appelé : {percent} % de la vague.} other {Trop d’échecs : {failed} appareils, soit {percent} % de ceux qui ont répondu.}} Tous les appareils reviennent à la version {from}.',
  'decision.rollout-stopped.action': 'Voir pourquoi',
  'decision.policy-tests-failing.word': 'Test en échec',
  'decision.policy-tests-failing.title':
    '{count, plural, one {Le test de politique « {name} » échoue} other {# tests de politique échouent}}',
  'decision.policy-tests-failing.text':
    'Lors de la dernière exécution, des appareils n’avaient pas ce qui doit toujours être vrai.',
  'decision.policy-tests-failing.action': 'Voir quels appareils',
  'decision.declarations-stalled.word': 'Bloqué',
  'decision.declarations-stalled.title':
    '{count, plural, one {# appareil ne prend plus les changements} other {# appareils ne prennent plus les changements}}',
  'decision.declarations-stalled.text':
    'Ils appellent, ont été informés d’un changement et n’en disent rien. Faites-leur tout relire, depuis leur page ; si cela dure, redémarrez-les.',
  'decision.declarations-stalled.action': 'Voir lesquels',
  'decision.change-waiting.word': 'À approuver',
  'decision.change-waiting.title': 'Le changement prévu {name} attend une approbation',
  'decision.change-waiting.text':
    '{moves, plural, one {# déplacement} other {# déplacements}}. Voyez ce qu’il ferait, puis approuvez-le ou annulez-le.',
  'decision.change-waiting.action': 'Examiner',
  'decision.change-stopped.word': 'Arrêté',
  'decision.change-stopped.title': 'Le changement prévu {name} s’est arrêté de lui-même',
  'decision.change-stopped.text':
    '{done, number} sur {moves, plural, one {# déplacement} other {# déplacements}} : la suite attend. Sa page dit pourquoi, et comment revenir en arrière.',
  'decision.change-stopped.action': 'Voir pourquoi',
  'alertType.campaign-halted': 'Campagne interrompue',
}
