import type { Part } from '../en.ts'
import type { rolloutLog as english } from '../en/rolloutLog.ts'

export const rolloutLog: Part<typeof english> = {
  'event.rollout.begun': 'Déploiement de {name} commencé : version {from} vers {to}',
  'event.rollout.advanced': 'Déploiement de {name} : version {to} pour {percent} % des appareils',
  'event.rollout.paused': 'Déploiement de {name} mis en pause',
  'event.rollout.resumed': 'Déploiement de {name} repris',
  'event.rollout.finished': 'Déploiement de {name} terminé : version {to} partout',
  'event.rollout.stopped':
    'Déploiement de {name} arrêté ; les appareils reviennent à la version {from}{failed, plural, =0 {} one { (# appareil en échec)} other { (# appareils en échec)}}',
  'event.trial.begun': 'Essai de {name} commencé',
  'event.trial.ended': 'Essai de {name} terminé{early, select, true { avant l’heure} other {}}',
  'problem.rollout.under-way': 'Une version de cette politique est déjà en cours de déploiement.',
  'problem.rollout.under-way.next': 'Laissez ce déploiement se terminer, ou arrêtez-le.',
  'problem.rollout.ended': 'Le déploiement est terminé.',
  'problem.rollout.ended.next': 'Enregistrez une nouvelle version pour en commencer un autre.',
  'problem.rollout.not-now': 'L’état du déploiement ne permet pas cela.',
  'problem.rollout.not-now.next': 'Regardez-le à nouveau ; quelqu’un d’autre l’a peut-être mis en pause ou repris.',
  'explained.rollout.failures': 'Trop d’appareils ont échoué : {percent} % de ceux qui ont répondu.',
  'explained.rollout.silence': 'Trop peu d’appareils ont appelé : {percent} % de la vague.',
  'explained.rollout.canceled': 'Une personne l’a arrêté.',
}
