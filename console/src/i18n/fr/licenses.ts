import type { licenses as source } from '../en/licenses.ts'

/** Texts of this part of the console. */
export const licenses = {
  'event.license.short': 'Des licences manquent',
  'event.license.enough': 'Les licences suffisent à nouveau',
  'event.license.reclaimed': 'Licences inutilisées récupérées',
  'event.seat.held': 'Licence attribuée',
  'event.seat.refused': 'Licence refusée',
  'event.seat.returned': 'Licence rendue',
  'event.seat.lost': 'Licence retirée par un tiers',
  'event.seat.slow': 'Des licences attendent la réponse du fournisseur',
  'problem.content.not-a-token': 'Ce n’est pas un jeton de contenu.',
  'problem.content.not-a-token.next':
    'Téléchargez le jeton de contenu de l’emplacement dans Apple Business ou School Manager, puis envoyez le fichier tel quel.',
  'problem.content.token-expired': 'Ce jeton de contenu a expiré.',
  'problem.content.token-expired.next': 'Téléchargez-en un nouveau dans Apple Business ou School Manager.',
  'problem.content.not-elsewhere': 'Aucun autre serveur n’utilise ce jeton.',
  'problem.content.not-elsewhere.next': 'Il n’y a rien à reprendre.',
  'problem.content.notice-unproved': 'Cette notification ne prouve pas son origine.',
  'problem.content.notice-unproved.next': 'Rien à faire : le serveur lit les listes de lui-même.',
  'problem.content.notice-unread': 'Ce n’est pas une notification d’Apps et livres.',
  'problem.content.notice-unread.next': 'Rien à faire : le serveur lit les listes de lui-même.',
  'problem.license.not-revocable': 'Ces licences ne peuvent pas être récupérées.',
  'problem.license.not-revocable.next': 'Les livres restent à qui les a reçus.',
} as const satisfies Record<keyof typeof source, string>
