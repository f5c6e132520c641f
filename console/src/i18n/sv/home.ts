import type { Part } from '../en.ts'
import type { home as source } from '../en/home.ts'

/** Hem. */
export const home: Part<typeof source> = {
  'home.lede':
    '{due, plural, =0 {Inget behöver ett beslut.} one {Ett beslut väntar{urgent, plural, =0 {} other {, nu}}.} other {# beslut väntar{urgent, plural, =0 {} one {, ett av dem nu} other {, # av dem nu}}.}} {total, plural, =0 {} one {Den enda enheten {active, plural, =0 {har inte kontakt} other {har kontakt}}.} other {{active, number} av # enheter har kontakt.}}',
  'home.scope': 'Hem räknar allt du får se. <link>Enheter</link> är begränsat till {unit}.',
  'home.due': 'Beslut som väntar',
  'home.now': 'Nu',
  'home.later': 'Snart',
  'home.dueBy': 'senast {date}',
  'home.since': '{age}',
  'home.open': 'Öppna',
  'home.nothingDue': 'Inget behöver dig. Det som gör det kommer att stå här.',
  'home.empty': 'Ingen enhet är registrerad än',
  'home.emptyText':
    'En inbjudan är en länk och en QR-kod som registrerar en enhet i en avdelning. När den första är registrerad visas enheterna här.',
  'home.emptyAction': 'Registrera en enhet',
  'home.fleet': 'Enheter',
  'home.counted': 'räknat {time}',
  'home.fleetCaption': 'Enheter efter läge, plattform och avdelning',
  'home.platformOrUnit': 'Plattform eller avdelning',
  'home.share': 'Fördelning',
  'home.all': 'Alla',
  'home.byPlatform': 'Per plattform',
  'home.byUnit': 'Per avdelning',
  'home.expiry': 'Går ut',
  'home.allCredentials': 'Alla {n, number}',
  'home.expiryCaption': 'Certifikat efter återstående tid',
  'home.refused': 'avvisad',
  'home.left': 'Kvar',
  'home.noExpiry': 'Inget som servern håller går ut.',
  'home.wakes': 'Väckningar',
  'home.wakesCount': '{n, plural, one {# väckning} other {# väckningar}}',
  'home.wakesText': 'Hälften av enheterna ringer hem inom {p50}, 95 % inom {p95}.',
  'home.upTo': 'upp till {time}',
  'home.slower': 'långsammare',
}
