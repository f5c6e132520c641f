import type { Part } from '../en.ts'
import type { standing as source } from '../en/standing.ts'

/** Comment vont les choses : décisions attendues, phrase d’un appareil, fin de sa gestion. */
export const standing: Part<typeof source> = {
  'decision.push-certificate-missing.word': 'Manque',
  'decision.push-certificate-missing.title': 'Certificat push d’Apple',
  'decision.push-certificate-missing.text':
    'Sans lui, aucun appareil Apple ne peut s’inscrire ni être réveillé. L’apporter prend dix minutes.',
  'decision.push-certificate-missing.action': 'L’apporter',
  'decision.push-certificate-refused.word': 'Refusé',
  'decision.push-certificate-refused.title': 'Apple refuse le certificat push',
  'decision.push-certificate-refused.text':
    'Les appareils ne peuvent pas être réveillés avant son renouvellement. Apple dit : {reason}.',
  'decision.push-certificate-refused.action': 'Renouveler',
  'decision.push-certificate-expiring.word': 'Encore {left}',
  'decision.push-certificate-expiring.title': 'Certificat push d’Apple',
  'decision.push-certificate-expiring.text':
    'À l’échéance, {devices, plural, =0 {aucun appareil Apple ne pourra s’inscrire} one {# appareil Apple cesse d’obéir et devra se réinscrire} other {# appareils Apple cessent d’obéir et devront se réinscrire}}.',
  'decision.push-certificate-expiring.action': 'Renouveler',
  'decision.push-certificate-expired.word': 'Expiré',
  'decision.push-certificate-expired.title': 'Certificat push d’Apple',
  'decision.push-certificate-expired.text':
    '{devices, plural, =0 {Aucun appareil Apple ne peut être réveillé.} one {# appareil Apple ne peut plus être réveillé.} other {# appareils Apple ne peuvent plus être réveillés.}} Renouvelez-le avec le même compte Apple.',
  'decision.push-certificate-expired.action': 'Renouveler',
  'decision.certificate-expiring.word': 'Encore {left}',
  'decision.certificate-expiring.title': '{what}',
  'decision.certificate-expiring.text': 'À l’échéance : {lapse}.',
  'decision.certificate-expiring.action': 'Voir',
  'decision.certificate-expired.word': 'Expiré',
  'decision.certificate-expired.title': '{what}',
  'decision.certificate-expired.text': 'Il aurait dû être renouvelé : {lapse}.',
  'decision.certificate-expired.action': 'Voir',
  'decision.devices-lost.word': 'Perdu',
  'decision.devices-lost.title':
    '{named, select, yes {{name} est perdu} other {{count, plural, one {# appareil est perdu} other {# appareils sont perdus}}}}',
  'decision.devices-lost.text':
    'Verrouillé, avec votre message à l’écran. Localisez, faites sonner, ou désactivez le mode Perdu une fois retrouvé.',
  'decision.devices-lost.action': 'Voir',
  'decision.devices-silent.word': 'Silencieux',
  'decision.devices-silent.title':
    '{count, plural, one {# appareil n’a pas appelé} other {# appareils n’ont pas appelé}}',
  'decision.devices-silent.text':
    'Sans contact depuis plus de {days, plural, one {# jour} other {# jours}}. Éteint, dans un tiroir, ou avec quelqu’un en congé : demandez à son utilisateur.',
  'decision.devices-silent.action': 'Voir',
  'decision.enrollments-stuck.word': 'Bloqué',
  'decision.enrollments-stuck.title':
    '{count, plural, one {# inscription n’aboutit pas} other {# inscriptions n’aboutissent pas}}',
  'decision.enrollments-stuck.text':
    'Commencées il y a plus d’une heure et toujours pas prêtes. La page de l’invitation dit à quelle étape chacune attend.',
  'decision.enrollments-stuck.action': 'Voir',
  'decision.commands-failed.word': 'Refusé',
  'decision.commands-failed.title':
    '{count, plural, one {# appareil a refusé une commande} other {# appareils ont refusé une commande}}',
  'decision.commands-failed.text': 'Au cours du dernier jour. La page de chaque commande dit pourquoi, et que faire.',
  'decision.commands-failed.action': 'Voir pourquoi',
  'decision.devices-conflicted.word': 'Conflit',
  'decision.devices-conflicted.title':
    '{count, plural, one {# appareil présente l’identifiant d’un autre} other {# appareils présentent l’identifiant d’un autre}}',
  'decision.devices-conflicted.text':
    'Une carte mère réparée, ou une copie. Les deux restent distincts tant que personne n’a regardé.',
  'decision.devices-conflicted.action': 'Regarder',
  'decision.devices-unreachable.word': 'Injoignable',
  'decision.devices-unreachable.title':
    '{count, plural, one {# appareil ne peut pas être réveillé} other {# appareils ne peuvent pas être réveillés}}',
  'decision.devices-unreachable.text':
    'Le service push d’Apple ne connaît plus l’adresse. Les commandes attendent que l’appareil appelle de lui-même.',
  'decision.devices-unreachable.action': 'Voir',
  'decision.invitations-unused.word': 'Inutilisé',
  'decision.invitations-unused.title':
    '{count, plural, one {# invitation n’a jamais servi} other {# invitations n’ont jamais servi}}',
  'decision.invitations-unused.text': 'Créées il y a plusieurs jours. Relancez la personne, ou retirez-les.',
  'decision.invitations-unused.action': 'Voir',
  'device.sentence.active': '<b>Actif.</b>',
  'device.sentence.waiting': '<b>En cours.</b>',
  'device.sentence.lost': '<b>Perdu,</b> signalé {since}.',
  'device.sentence.ended': '<b>N’est plus géré,</b> terminé {since}. Ce qu’il a dit auparavant est conservé.',
  'device.sentence.enrolling': '<b>En inscription,</b> commencée {since}.',
  'device.sentence.enrolling-stuck':
    '<b>L’inscription n’aboutit pas.</b> Commencée {since} ; l’appareil doit être allumé, connecté et déverrouillé.',
  'device.sentence.certificate-expired': '<b>Son identité a expiré.</b> On ne le croit plus ; réinscrivez-le.',
  'device.sentence.silent': '<b>Silencieux.</b> Demandez à son utilisateur s’il est allumé et connecté.',
  'device.sentence.leaving': '<b>Quitte la gestion,</b> demandé {since}.',
  'device.sentence.push-dead':
    '<b>Ne peut pas être réveillé.</b> Apple ne connaît plus son adresse ; les commandes attendent qu’il appelle de lui-même.',
  'device.sentence.push-rejected': '<b>Le réveil a été refusé</b> ({reason}). Nouvel essai automatique.',
  'enrollment.reason.wiped': 'effacé',
  'enrollment.reason.left': 'l’appareil est parti de lui-même',
  'enrollment.reason.admin': 'terminée d’ici',
  'enrollment.reason.replaced': 'réinscrit',
  'device.endedWhy': 'Motif',
  'device.leave': 'Mettre fin à la gestion…',
  'device.leaveTitle': 'Mettre fin à la gestion de {name} ?',
  'device.leaveText':
    'Ce que ce serveur a mis sur l’appareil est retiré : profils, apps gérées et leurs données. Ce qui appartient à la personne reste.',
  'device.leaveGo': 'Mettre fin à la gestion',
  'device.leaveBack': 'Pour revenir, il doit se réinscrire',
  'device.leaveBackWord': 'Sans retour',
}
