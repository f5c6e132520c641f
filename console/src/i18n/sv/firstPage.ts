import type { Part } from '../en.ts'
import type { firstPage as english } from '../en/firstPage.ts'

export const firstPage: Part<typeof english> = {
  'certificates.credential': 'Certifikat',
  'certificates.over': 'utgånget',
  'device.state.active': 'Aktiv',
  'device.state.ended': 'Avslutad',
  'device.state.enrolling': 'Registreras',
  'device.state.lost': 'Förlorad',
  'device.state.silent': 'Tyst',
  'nav.policies': 'Policyer',
  'signIn.passkey': 'Använd en passnyckel i stället',
  'guard.look': 'Visa skyddet',
  'held.local': 'Serverns kommandorad',
  'guard.frozen': 'Allt är stoppat.',
  'guard.frozenText': 'Inget som ändrar en enhet går iväg. Stoppat {age} av {by}: {reason}',
  'guard.breaker': 'Säkringen har löst ut.',
  'guard.breakerText':
    '{n, plural, one {# enhet} other {# enheter}} bekräftade radering inom {minutes, plural, one {# minut} other {# minuter}}, fler än någonsin här. Inget slutgiltigt går iväg förrän någon återställer den.',
  'guard.restored': 'Servern har återställts från en säkerhetskopia.',
  'guard.restoredText':
    'Det som köade för att avbryta eller radera hålls kvar: det kan ha utförts eller avbrutits sedan kopian togs. Titta i Aktivitet och släpp det sedan.',
  'guard.time': 'Serverns klocka ifrågasätts.',
  'guard.timeText':
    'Den verkar gå fel med {span}. Inget som tiden ensam skulle utlösa sker, och inget slutgiltigt går iväg ofrågat, förrän någon bekräftar den.',
  'nav.apps': 'Appar och innehåll',
  'nav.reports': 'Rapporter',
  'certificates.named': '{what}: {name}',
  'certificates.purpose.devices': 'Automatisk registrering',
  'certificates.purpose.content': 'Appar och böcker',
  'certificates.purpose.portal': 'Nyckel till leverantörens portal',
  'certificates.purpose.vendor': 'Leverantörscertifikat',
  'certificates.breaks.promises': 'inga nya enheter kommer av sig själva',
  'certificates.breaks.licenses': 'licenserna blir som de är',
  'certificates.breaks.portal': 'inget mer görs i portalen',
  'certificates.breaks.signing': 'begäranden måste signeras på annat håll',
}
