import type { Part } from '../en.ts'
import type { policyViews as english } from '../en/policyViews.ts'

export const policyViews: Part<typeof english> = {
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
