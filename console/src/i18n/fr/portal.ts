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
}
