import type { Part } from '../en.ts'
import type { alerts as english } from '../en/alerts.ts'

export const alerts: Part<typeof english> = {
  'event.mail.undelivered':
    '{state, select, late {Un courriel n’a pas été accepté à temps} other {Un courriel a été refusé définitivement}}',
  'event.alert.opened': 'Alerte ouverte',
  'event.alert.raised': 'Alerte aggravée',
  'event.alert.reopened': 'Alerte rouverte',
  'event.alert.acknowledged': 'Alerte prise en compte',
  'event.alert.assigned': '{to, select, null {Alerte retirée à son responsable} other {Alerte confiée à quelqu’un}}',
  'event.alert.snoozed': '{until, select, null {Alerte sortie de pause} other {Alerte mise en pause}}',
  'event.alert.resolved': '{how, select, settled {Alerte terminée d’elle-même} other {Alerte close à la main}}',
  'event.alert.commented': 'Une note a été ajoutée à une alerte',
  'event.alert.person-told':
    '{what, select, asked {La personne a été interrogée par courriel} other {La personne a été prévenue par courriel}}',
  'event.alert.rules-changed': 'Le traitement d’un type d’alerte a été modifié',
  'event.device.quieted': 'Discret : aucun contact depuis {days, plural, one {# jour} other {# jours}}',
  'event.device.heard': 'De nouveau entendu',
  'event.device.held': 'Absence connue pour un temps',
  'event.device.hold-ended': 'L’absence connue a pris fin',
  'event.enrollment.stuck': 'Inscription inachevée après {minutes, plural, one {# minute} other {# minutes}}',
  'event.push.failing':
    'Service de notification injoignable depuis {minutes, plural, one {# minute} other {# minutes}}',
  'event.push.recovered': 'Le service de notification répond de nouveau',
  'problem.alert.resolved': 'L’alerte est terminée.',
  'problem.alert.resolved.next': 'Rouvrez-la si ce n’est pas fini.',
  'problem.alert.open-already': 'La même chose est déjà ouverte dans une autre alerte.',
  'problem.alert.open-already.next': 'Utilisez celle qui est ouverte.',
  'problem.alert.assignee-unknown': 'Cet administrateur ne peut pas voir cette alerte.',
  'problem.alert.assignee-unknown.next': 'Choisissez quelqu’un ayant un rôle sur son unité.',
  'problem.alert.snooze-out-of-range': 'Une alerte peut être mise en pause 90 jours au plus.',
  'problem.alert.snooze-out-of-range.next': 'Choisissez un autre moment.',
  'problem.alert.nobody-to-ask': 'Personne à interroger : l’appareil n’a pas de personne avec une adresse.',
  'problem.alert.nobody-to-ask.next': 'Indiquez à qui est l’appareil, ou notez son adresse.',
  'problem.alert.asked-already': 'La personne a été interrogée il y a moins d’un jour.',
  'problem.alert.asked-already.next': 'Laissez-lui du temps, ou appelez.',
  'problem.alert.always-told': 'Cela ne peut pas être désactivé : un voleur le ferait.',
  'problem.alert.always-told.next': 'Laissez tel quel.',
  'problem.device.hold-out-of-range': 'Une absence peut durer 400 jours au plus.',
  'problem.device.hold-out-of-range.next': 'Choisissez un autre jour.',
  'problem.mail.not-set-up': 'Ce serveur ne peut pas encore envoyer de courriels.',
  'problem.mail.not-set-up.next': 'Demandez à son exploitant de définir MUSTER_SMTP_URL et MUSTER_MAIL_FROM.',
}
