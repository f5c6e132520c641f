import type { updates as source } from '../en/updates.ts'

/** Texts of this part of the console. */
export const updates = {
  'problem.campaign.name-taken': 'Une autre campagne en cours porte ce nom.',
  'problem.campaign.name-taken.next': 'Choisissez un autre nom.',
  'problem.campaign.platform-unknown': 'Aucune version ne peut être apportée aux appareils de cette plateforme.',
  'problem.campaign.platform-unknown.next': 'Choisissez l’une des plateformes proposées.',
  'problem.campaign.version-unknown': 'Le fabricant ne propose pas cette version.',
  'problem.campaign.version-unknown.next':
    'Choisissez une version de la liste, ou actualisez la liste si elle vient de paraître.',
  'problem.campaign.version-gone': 'Le fabricant ne propose plus cette version.',
  'problem.campaign.version-gone.next': 'Choisissez-en une plus récente.',
  'problem.campaign.not-demandable':
    'C’est une amélioration de sécurité entre deux versions : on ne peut pas l’exiger pour une date.',
  'problem.campaign.not-demandable.next':
    'Laissez les appareils les prendre d’eux-mêmes : une politique de mises à jour le permet.',
  'problem.campaign.no-version': 'Aucune version aussi ancienne n’est encore proposée.',
  'problem.campaign.no-version.next': 'Choisissez moins de jours, ou actualisez d’abord la liste des versions.',
  'problem.campaign.due-malformed': 'Ce n’est ni un jour ni une heure.',
  'problem.campaign.due-malformed.next':
    'Écrivez-la sous la forme 2026-12-01T20:00 ; chaque appareil la lit à sa propre horloge.',
  'problem.campaign.due-past': 'Cette heure est passée, ou à moins d’une heure, là où se trouvent certains appareils.',
  'problem.campaign.due-past.next': 'Choisissez une heure plus tardive.',
  'problem.campaign.due-skipped':
    'Cette heure n’existe pas là où se trouvent certains appareils : le passage à l’heure d’été la saute.',
  'problem.campaign.due-skipped.next': 'Choisissez une heure plus tôt ou plus tard.',
  'problem.campaign.not-looked': 'On cherche encore quels appareils peuvent prendre cette version.',
  'problem.campaign.not-looked.next': 'Attendez les chiffres, puis lancez-la.',
  'problem.campaign.nobody': 'Aucun appareil ne peut prendre cette version.',
  'problem.campaign.nobody.next': 'Voyez ce qui les bloque, ou choisissez d’autres appareils ou une autre version.',
  'problem.campaign.not-now': 'La campagne est dans un autre état.',
  'problem.campaign.not-now.next':
    'Regardez-la de nouveau : quelqu’un d’autre a pu agir, ou elle s’est interrompue d’elle-même.',
  'problem.campaign.under-way': 'La campagne est en cours.',
  'problem.campaign.under-way.next': 'Arrêtez-la d’abord.',
  'problem.campaign.ended': 'La campagne est terminée.',
  'problem.campaign.ended.next': 'Préparez-en une nouvelle.',
  'problem.campaign.exception-over': 'Cette échéance est déjà passée, ou à plus d’un an.',
  'problem.campaign.exception-over.next': 'Choisissez une fin dans l’année.',
  'problem.campaign.device-outside': 'L’appareil ne fait pas partie de cette campagne.',
  'problem.campaign.device-outside.next': 'Choisissez un appareil de sa liste.',
  'problem.update.by-policy':
    'À partir de 27, les systèmes n’acceptent plus d’ordre de mise à jour : une politique ou une campagne exige la version.',
  'problem.update.by-policy.next': 'Créez une campagne, ou une politique de mises à jour.',
  'event.update.released':
    '{platform, select, ios {iOS} ipados {iPadOS} macos {macOS} tvos {tvOS} other {{platform}}} {version} est proposé',
  'event.update.feed-troubled': 'La liste des versions est indisponible',
  'event.update.feed-recovered': 'La liste des versions est de nouveau disponible',
  'event.campaign.added': 'Campagne {name} préparée',
  'event.campaign.changed': 'Campagne {name} modifiée',
  'event.campaign.started': 'Campagne {name} lancée',
  'event.campaign.advanced': 'Campagne {name} : {percent} % des appareils',
  'event.campaign.halted':
    'La campagne {name} s’est interrompue d’elle-même après {reached, plural, one {# appareil} other {# appareils}}',
  'event.campaign.paused': 'Campagne {name} en pause',
  'event.campaign.resumed': 'La campagne {name} reprend',
  'event.campaign.retargeted': 'La campagne {name} recommence avec une version plus récente',
  'event.campaign.finished': 'Campagne {name} : chaque appareil qui le peut a la version',
  'event.campaign.stopped': 'Campagne {name} arrêtée',
  'event.campaign.removed': 'Campagne {name} supprimée',
  'event.campaign.excepted': 'Un appareil est exempté de la campagne {name}',
  'event.campaign.exception-ended': 'Un appareil n’est plus exempté de la campagne {name}',
  'command.kind.update.query': 'Demander les mises à jour',
  'command.kind.update.install': 'Installer une mise à jour',
  'command.kind.update.status': 'Demander où en est la mise à jour',
  'command.about.update.query': 'Demande quelles versions du système il pourrait avoir. Avant 27 seulement.',
  'command.about.update.install':
    'Fait installer une version du système ; l’appareil redémarre. Avant 27 seulement, et s’il est supervisé.',
  'command.about.update.status': 'Demande où en est une mise à jour ordonnée. Avant 27 seulement.',
  'fact.os.updateReason': 'Raison de la mise à jour',
  'fact.os.updatesOffered': 'Versions proposées',
  'alert.title.campaign-halted': 'La campagne {name} s’est interrompue d’elle-même',
  'alert.next.campaign-halted':
    'Voyez quels appareils ont échoué et pourquoi. Arrêtez-la si la version est mauvaise ; laissez-la reprendre si la cause est ailleurs.',
  'alerts.act.campaign': 'Ouvrir la campagne',
} as const satisfies Record<keyof typeof source, string>
