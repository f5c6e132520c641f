import type { Part } from '../en.ts'
import type { portal as english } from '../en/portal.ts'

export const portal: Part<typeof english> = {
  'event.portal.linked': 'Lien personnel créé ({sent, select, mail {envoyé} other {affiché}})',
  'event.portal.entered': 'A ouvert sa propre page',
  'event.portal.left': 'A quitté sa propre page',
  'event.portal.ended': 'Lien personnel et visites terminés',
  'event.portal.coded': 'A reçu un code par e-mail',
  'event.portal.proven': 'A prouvé son identité par un code reçu',
  'event.portal.refused': 'A saisi un mauvais code',
  'event.portal.exported': 'A téléchargé ce qui est conservé à son sujet',
  'problem.portal.no-mail': 'Ce serveur ne peut pas envoyer d’e-mails.',
  'problem.portal.no-mail.next': 'Configurez l’envoi (MUSTER_SMTP_URL, MUSTER_MAIL_FROM), ou affichez le lien.',
  'problem.portal.no-address': 'Aucune adresse e-mail n’est connue pour cette personne.',
  'problem.portal.no-address.next': 'Ajoutez-en une, ou affichez le lien.',
  'problem.portal.code-needed': 'Cela demande un code qui vous est envoyé par e-mail.',
  'problem.portal.code-needed.next': 'Demandez un code et saisissez-le.',
  'problem.portal.code-refused': 'Ce code ne convient pas.',
  'problem.portal.code-refused.next': 'Vérifiez-le ; après cinq erreurs ou dix minutes, demandez-en un nouveau.',
  'portal.title': 'Lien personnel',
  'portal.hint':
    'Ouvre la page de la personne : ce que l’on sait de ses appareils, qui a regardé, et comment en signaler la perte.',
  'portal.none': 'Aucun lien n’attend et la page n’est ouverte nulle part.',
  'portal.waits': 'Un lien attend d’être ouvert jusqu’au {at}.',
  'portal.open':
    '{n, plural, one {Ouverte dans un navigateur} other {Ouverte dans # navigateurs}}, dernière utilisation {at}.',
  'portal.mail': 'Envoyer un lien',
  'portal.show': 'Afficher un lien',
  'portal.end': 'Y mettre fin',
  'portal.qr': 'Code QR du lien personnel',
  'portal.once':
    'Remettez-le maintenant : il s’ouvre une fois, jusqu’au {at}, et ne sera plus affiché. Ce que les admins ne voient qu’avec un motif y reste fermé tant que la personne n’a pas saisi un code reçu par e-mail.',
  'portal.copy': 'Copier le lien',
  'portal.sent': 'Envoyé à {to}.',
  'portal.no-mail': 'L’envoi d’e-mails n’est pas configuré sur ce serveur : un lien ne peut qu’être affiché.',
  'portal.no-address': 'Aucune adresse e-mail n’est connue pour cette personne : un lien ne peut qu’être affiché.',
}
