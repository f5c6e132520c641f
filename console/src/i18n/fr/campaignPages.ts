import type { campaignPages as source } from '../en/campaignPages.ts'

/** Texts of this part of the console. */
export const campaignPages = {
  'problem.campaign.outdated': 'Entre-temps, d’autres appareils que ceux que vous avez vus peuvent prendre la version.',
  'problem.campaign.outdated.next': 'Regardez les nouveaux chiffres, puis lancez-la.',
  'campaign.way': 'Chemin vers une campagne',
  'campaign.way.choose': 'Choisir',
  'campaign.way.preview': 'Aperçu',
  'campaign.way.go': 'Lancer',
  'campaign.foresight': 'Ce qui se passerait',
  'campaign.foresightText':
    'Établi sans toucher aucun appareil. La campagne part avec ces chiffres ; si plus de quelques appareils changent entre-temps, le lancement est refusé.',
  'campaign.wave': 'Vague',
  'campaign.waveDevices': 'Appareils concernés',
  'campaign.waveStarts': 'Départ',
  'campaign.waveAtOnce': 'Au lancement',
  'campaign.waveAfter': '{hours, plural, one {# heure} other {# heures}} après au plus tôt',
  'campaign.waveLate': 'Seulement après l’échéance : commencez plus tôt, ou laissez plus de temps',
  'campaign.cannot': 'Qui ne peut pas la prendre, ou n’est pas connu',
  'campaign.cannotNone': 'Personne : chaque appareil l’a ou peut la prendre.',
  'campaign.offlineTitle': 'Qui est absent',
  'campaign.offline': 'Sans nouvelles depuis plus de {days, plural, one {# jour} other {# jours}}',
  'campaign.offlineNone': 'Chaque appareil a donné de ses nouvelles depuis moins de trois jours.',
  'campaign.dues': 'Quand vient l’échéance',
  'campaign.zone': 'Fuseau horaire',
  'campaign.yourClock': 'À votre horloge',
  'campaign.startedWith': 'Lancée avec',
  'campaign.startedWithText':
    '{eligible, plural, one {# appareil} other {# appareils}} pouvant la prendre, sur {of, number}',
  'problem.campaign.gated': 'La campagne a déjà une barrière.',
  'problem.campaign.gated.next': 'Retirez d’abord celle-ci.',
  'problem.campaign.gate-kind': 'Cette règle ne dit rien de la version du système.',
  'problem.campaign.gate-kind.next': 'Choisissez une règle sur l’âge des systèmes, ou faites-en créer une.',
  'newCampaign.notices': 'Prévenir les personnes avant l’échéance',
  'newCampaign.noticesHint':
    'Par courriel dans leur langue : trois jours, un jour et trois heures avant. Jamais la nuit, et seulement pendant le temps de travail là où il y en a un.',
} as const satisfies Record<keyof typeof source, string>
