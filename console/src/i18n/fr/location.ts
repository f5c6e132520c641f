import type { Part } from '../en.ts'
import type { location as english } from '../en/location.ts'

export const location: Part<typeof english> = {
  'event.fix.kept': 'Sa position a été conservée, à {accuracyM} m près',
  'event.fixes.deleted': '{count, plural, one {# position a été supprimée} other {# positions ont été supprimées}}',
  'problem.location.closed': 'La position de l’appareil ne peut pas être consultée maintenant.',
  'problem.location.closed.next':
    'Les positions ne s’ouvrent que tant que l’incident est ouvert, ou pendant une heure après l’approbation d’une deuxième personne.',
  'problem.location.gated': 'Les positions ne s’ouvrent qu’avec un motif.',
  'problem.location.gated.next':
    'Ouvrez-les depuis l’incident ; votre consultation est consignée et montrée à la personne à qui est l’appareil.',
  'held.action.location.open': 'Ouvrir la position d’un appareil',
}
