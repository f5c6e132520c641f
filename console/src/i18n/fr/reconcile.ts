import type { Part } from '../en.ts'
import type { reconcile as english } from '../en/reconcile.ts'

export const reconcile: Part<typeof english> = {
  'event.desired.changed': 'Nouvel état visé : {added} ajoutés, {changed} modifiés, {removed} retirés',
  'event.desired.reached': 'A tout ce qu’il doit avoir',
  'event.desired.retried': '{items, plural, one {# élément en échec relancé} other {# éléments en échec relancés}}',
  'event.item.failed': '{final, select, true {Abandon de {item}} other {Impossible d’appliquer {item}}}',
  'event.item.drifted':
    '{missing, select, true {{item} manque sur l’appareil} other {{item} a été modifié sur l’appareil}}',
  'event.item.repaired': '{item} a été rétabli',
  'event.device.described': 'Nouvelles indications de l’appareil : {fields}',
  'explained.item.flapping': 'L’appareil a eu cet élément puis l’a perdu, à plusieurs reprises.',
  'explained.item.flapping.next':
    'Quelque chose sur l’appareil s’y oppose : un autre outil de gestion, une personne ayant les droits d’administration ou deux éléments incompatibles. Nouvel essai demain.',
  'explained.item.unanswered': 'L’appareil a reçu cet élément plusieurs fois sans jamais dire ce qu’il en a fait.',
  'explained.item.unanswered.next': 'Redémarrez l’appareil, puis réessayez.',
  'explained.item.variable-missing': 'Une valeur nécessaire n’est pas connue : {variable}.',
  'explained.item.variable-missing.next':
    'Renseignez-la pour la personne ou pour l’appareil. L’envoi se fera ensuite tout seul.',
  'explained.item.no-account':
    'Cet élément s’adresse aux personnes, et personne n’a encore ouvert de session sur l’appareil.',
  'explained.item.no-account.next': 'Il partira tout seul dès que quelqu’un ouvrira une session.',
}
