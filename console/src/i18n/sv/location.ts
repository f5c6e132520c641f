import type { Part } from '../en.ts'
import type { location as english } from '../en/location.ts'

export const location: Part<typeof english> = {
  'event.fix.kept': 'Dess position sparades, inom {accuracyM} m',
  'event.fixes.deleted': '{count, plural, one {En position} other {# positioner}} raderades',
  'problem.location.closed': 'Var enheten var går inte att se nu.',
  'problem.location.closed.next':
    'Positioner öppnas bara medan incidenten är öppen, eller under en timme efter att en annan person har godkänt det.',
  'problem.location.gated': 'Positioner öppnas först när ett syfte har angetts.',
  'problem.location.gated.next':
    'Öppna dem från incidenten; att du har tittat skrivs ned och visas för personen som har enheten.',
  'held.action.location.open': 'Öppna var en enhet har varit',
}
