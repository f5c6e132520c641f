import type { Part } from '../en.ts'
import type { home as source } from '../en/home.ts'

/** L’accueil. */
export const home: Part<typeof source> = {
  'home.lede':
    '{due, plural, =0 {Aucune décision n’est attendue.} one {Une décision est attendue{urgent, plural, =0 {} other {, maintenant}}.} other {# décisions sont attendues{urgent, plural, =0 {} one {, dont une maintenant} other {, dont # maintenant}}.}} {total, plural, =0 {} one {Le seul appareil {active, plural, =0 {ne répond pas} other {répond}}.} other {{active, number} appareils sur # répondent.}}',
  'home.scope': 'L’accueil compte tout ce que vous pouvez voir. <link>Appareils</link> est limité à {unit}.',
  'home.due': 'Décisions attendues',
  'home.now': 'Maintenant',
  'home.later': 'Bientôt',
  'home.dueBy': 'avant le {date}',
  'home.since': '{age}',
  'home.open': 'Ouvrir',
  'home.nothingDue': 'Rien ne demande votre attention. Ce qui en demandera apparaîtra ici.',
  'home.empty': 'Aucun appareil n’est encore inscrit',
  'home.emptyText':
    'Une invitation est un lien et un code QR qui inscrivent un appareil dans une unité. Dès le premier inscrit, le parc apparaît ici.',
  'home.emptyAction': 'Inscrire un appareil',
  'home.fleet': 'Parc',
  'home.counted': 'compté à {time}',
  'home.fleetCaption': 'Appareils par état, plateforme et unité',
  'home.platformOrUnit': 'Plateforme ou unité',
  'home.share': 'Répartition',
  'home.all': 'Total',
  'home.byPlatform': 'Par plateforme',
  'home.byUnit': 'Par unité',
  'home.expiry': 'Échéances',
  'home.allCredentials': 'Les {n, number}',
  'home.expiryCaption': 'Certificats par temps restant',
  'home.refused': 'refusé',
  'home.left': 'Reste',
  'home.noExpiry': 'Rien de ce que détient ce serveur n’expire.',
  'home.wakes': 'Réveils',
  'home.wakesCount': '{n, plural, one {# réveil} other {# réveils}}',
  'home.wakesText': 'La moitié des appareils appellent en moins de {p50}, 95 % en moins de {p95}.',
  'home.upTo': 'jusqu’à {time}',
  'home.slower': 'plus lents',
}
