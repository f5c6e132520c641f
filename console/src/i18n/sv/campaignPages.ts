import type { campaignPages as source } from '../en/campaignPages.ts'

/** Texts of this part of the console. */
export const campaignPages = {
  'problem.campaign.outdated': 'Under tiden kan andra enheter ta versionen än de du har sett.',
  'problem.campaign.outdated.next': 'Se på de nya siffrorna och starta sedan.',
  'campaign.way': 'Vägen till en kampanj',
  'campaign.way.choose': 'Välj',
  'campaign.way.preview': 'Granska',
  'campaign.way.go': 'Starta',
  'campaign.foresight': 'Vad som skulle hända',
  'campaign.foresightText':
    'Utrett utan att någon enhet har nåtts. Den startas med de här siffrorna; om mer än ett fåtal enheter ändras under tiden vägras starten.',
  'campaign.wave': 'Våg',
  'campaign.waveDevices': 'Enheter i den',
  'campaign.waveStarts': 'Går ut',
  'campaign.waveAtOnce': 'Vid starten',
  'campaign.waveAfter': 'tidigast {hours, plural, one {# timme} other {# timmar}} senare',
  'campaign.waveLate': 'Först efter datumet: börja tidigare eller ge mer tid',
  'campaign.cannot': 'Vilka som inte kan ta den, eller inte är kända',
  'campaign.cannotNone': 'Inga: varje enhet har den eller kan ta den.',
  'campaign.offlineTitle': 'Vilka som är borta',
  'campaign.offline': 'Inte hörda på mer än {days, plural, one {# dag} other {# dagar}}',
  'campaign.offlineNone': 'Varje enhet har hörts inom tre dagar.',
  'campaign.dues': 'När datumet infaller',
  'campaign.zone': 'Tidszon',
  'campaign.yourClock': 'Efter din klocka',
  'campaign.startedWith': 'Startades med',
  'campaign.startedWithText': '{eligible, plural, one {# enhet} other {# enheter}} som kunde ta den, av {of, number}',
  'problem.campaign.gated': 'Kampanjen har redan en spärr.',
  'problem.campaign.gated.next': 'Ta bort den först.',
  'problem.campaign.gate-kind': 'Den regeln säger inget om systemets version.',
  'problem.campaign.gate-kind.next': 'Välj en regel om systemens ålder, eller låt göra en.',
  'newCampaign.notices': 'Säg till människor före datumet',
  'newCampaign.noticesHint':
    'Med e-post på deras språk: tre dagar, en dag och tre timmar före. Aldrig på natten, och bara under arbetstid där det finns en.',
} as const satisfies Record<keyof typeof source, string>
