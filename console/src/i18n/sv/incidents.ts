import type { Part } from '../en.ts'
import type { incidents as english } from '../en/incidents.ts'

export const incidents: Part<typeof english> = {
  'event.incident.opened': 'Anmäld som {kind, select, stolen {stulen} other {borttappad}}: incident {number}',
  'event.incident.acted':
    'Incident {number}: {what, select, refused {kunde inte låsas} lock {låst igen} message {ett meddelande till skärmen} sound {den fick låta} locate {tillfrågad var den är} erase {beordrad att radera sig} other {beordrad att ta bort arbetsdata}}',
  'event.incident.found': 'Incident {number}: den har hittats',
  'event.incident.written-off': 'Incident {number}: den har skrivits av',
  'event.incident.closed': 'Incident {number} stängdes',
  'event.standing-order.set': 'En stående order gavs',
  'event.standing-order.changed': 'Den stående ordern ändrades',
  'event.standing-order.canceled': 'Den stående ordern togs tillbaka',
  'event.standing-order.due': 'Den stående ordern förföll',
  'event.standing-order.sent':
    'Den stående ordern utfördes: {after, select, erase {radera} other {ta bort arbetsdata}}',
  'event.standing-order.held': 'Den stående ordern väntar',
  'problem.incident.over': 'Incidenten är över.',
  'problem.incident.over.next': 'Anmäl enheten på nytt om den saknas igen.',
  'problem.incident.not-over': 'Enheten har varken hittats eller skrivits av.',
  'problem.incident.not-over.next': 'Säg vilket av de två innan du stänger incidenten.',
  'problem.incident.confirm-differs': 'Det du skrev är en annan enhet.',
  'problem.incident.confirm-differs.next': 'Skriv inventarienumret, serienumret eller namnet på enheten som saknas.',
  'problem.incident.personal-device': 'Enheten tillhör personen som använder den och raderas därför aldrig.',
  'problem.incident.personal-device.next': 'Ta bort arbetsdata i stället.',
  'problem.incident.not-managed': 'Enheten hanteras inte, så inget kan göras med den härifrån.',
  'problem.incident.not-managed.next':
    'Skriv det du vet i anteckningen och stäng incidenten när enheten har hittats eller skrivits av.',
  'problem.incident.not-sealed': 'Loggen håller på att förseglas.',
  'problem.incident.not-sealed.next': 'Fråga igen om några sekunder.',
  'problem.order.sent': 'Den stående ordern har förfallit och dess kommando är på väg.',
  'problem.order.sent.next': 'Avbryt kommandot först, om det inte har gått iväg.',
  'problem.order.until-passed': 'Tiden för den stående ordern har gått ut.',
  'problem.order.until-passed.next': 'Välj en tid framåt, eller radera enheten nu.',
}
