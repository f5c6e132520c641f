import type { Part } from '../en.ts'
import type { policyViews as english } from '../en/policyViews.ts'

export const policyViews: Part<typeof english> = {
  'device.sentence.policies-failed':
    '<b>{n, plural, one {Une politique n’a pas pu être appliquée.} other {# politiques n’ont pas pu être appliquées.}}</b> <link>Voir pourquoi</link>.',
  'device.sentence.policies-blocked':
    '<b>{n, plural, one {Il manque une valeur à une politique.} other {Il manque une valeur à # politiques.}}</b> <link>Voir lesquelles</link>.',
  'device.sentence.policies-waiting':
    '<b>En cours.</b> {n, plural, one {<link>Une politique</link> n’est pas encore en place.} other {<link># politiques</link> ne sont pas encore en place.}}',
  'device.col.policy': 'Politiques',
  'device.col.group': 'Groupe',
  'device.policy.ok': 'Tout en place',
  'device.policy.failed': 'En échec',
  'device.policy.pending': 'En route',
  'device.policy.drifted': 'Modifié sur l’appareil',
  'device.policy.unsupported': 'Impossible sur l’appareil',
  'device.policy.none': 'Aucune voulue',
  'device.policy.nFailed': '{n, number} en échec',
  'device.policy.nWaiting': '{n, number} en route',
  'timeline.policies': 'Politiques',
  'timeline.byRules': '{n, plural, one {Par la règle {rules}} other {Par les règles {rules}}}',
  'palette.groups': 'Groupes',
  'palette.tags': 'Étiquettes',
}
