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
} as const satisfies Record<keyof typeof source, string>
