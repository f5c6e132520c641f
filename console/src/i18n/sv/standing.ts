import type { Part } from '../en.ts'
import type { standing as source } from '../en/standing.ts'

/** Hur det står till: beslut som väntar, enhetens mening, slutet på hanteringen. */
export const standing: Part<typeof source> = {
  'decision.push-certificate-missing.word': 'Saknas',
  'decision.push-certificate-missing.title': 'Apples pushcertifikat',
  'decision.push-certificate-missing.text':
    'Utan det kan ingen Apple-enhet registreras eller väckas. Det tar tio minuter att lämna.',
  'decision.push-certificate-missing.action': 'Lämna det',
  'decision.push-certificate-refused.word': 'Nekat',
  'decision.push-certificate-refused.title': 'Apple nekar pushcertifikatet',
  'decision.push-certificate-refused.text': 'Enheter kan inte väckas förrän det förnyas. Apple säger: {reason}.',
  'decision.push-certificate-refused.action': 'Förnya',
  'decision.push-certificate-expiring.word': '{left} kvar',
  'decision.push-certificate-expiring.title': 'Apples pushcertifikat',
  'decision.push-certificate-expiring.text':
    'Om det upphör {devices, plural, =0 {kan ingen Apple-enhet registreras} one {slutar # Apple-enhet lyda och måste registreras igen} other {slutar # Apple-enheter lyda och måste registreras igen}}.',
  'decision.push-certificate-expiring.action': 'Förnya',
  'decision.push-certificate-expired.word': 'Utgånget',
  'decision.push-certificate-expired.title': 'Apples pushcertifikat',
  'decision.push-certificate-expired.text':
    '{devices, plural, =0 {Ingen Apple-enhet kan väckas.} one {# Apple-enhet kan inte väckas.} other {# Apple-enheter kan inte väckas.}} Förnya det med samma Apple-konto.',
  'decision.push-certificate-expired.action': 'Förnya',
  'decision.certificate-expiring.word': '{left} kvar',
  'decision.certificate-expiring.title': '{what}',
  'decision.certificate-expiring.text': 'Om det upphör: {lapse}.',
  'decision.certificate-expiring.action': 'Visa',
  'decision.certificate-expired.word': 'Utgånget',
  'decision.certificate-expired.title': '{what}',
  'decision.certificate-expired.text': 'Det borde ha förnyats: {lapse}.',
  'decision.certificate-expired.action': 'Visa',
  'decision.devices-lost.word': 'Förlorad',
  'decision.devices-lost.title':
    '{named, select, yes {{name} är förlorad} other {{count, plural, one {# enhet är förlorad} other {# enheter är förlorade}}}}',
  'decision.devices-lost.text':
    'Låst, med ditt meddelande på skärmen. Lokalisera, spela upp ljud, eller slå av förlorat läge när den är hittad.',
  'decision.devices-lost.action': 'Visa',
  'decision.devices-silent.word': 'Tyst',
  'decision.devices-silent.title':
    '{count, plural, one {# enhet har inte ringt hem} other {# enheter har inte ringt hem}}',
  'decision.devices-silent.text':
    'Ingen kontakt på över {days, plural, one {# dag} other {# dagar}}. Avstängd, i en låda, eller hos någon som är ledig: fråga användaren.',
  'decision.devices-silent.action': 'Visa',
  'decision.enrollments-stuck.word': 'Fast',
  'decision.enrollments-stuck.title':
    '{count, plural, one {# registrering blir inte klar} other {# registreringar blir inte klara}}',
  'decision.enrollments-stuck.text':
    'Påbörjade för över en timme sedan och fortfarande inte klara. Inbjudans sida säger vid vilket steg var och en väntar.',
  'decision.enrollments-stuck.action': 'Visa',
  'decision.commands-failed.word': 'Nekat',
  'decision.commands-failed.title':
    '{count, plural, one {# enhet nekade ett kommando} other {# enheter nekade ett kommando}}',
  'decision.commands-failed.text': 'Under det senaste dygnet. Varje kommandos sida säger varför, och vad man gör.',
  'decision.commands-failed.action': 'Se varför',
  'decision.devices-conflicted.word': 'Konflikt',
  'decision.devices-conflicted.title':
    '{count, plural, one {# enhet visar en annans identifierare} other {# enheter visar en annans identifierare}}',
  'decision.devices-conflicted.text': 'Ett bytt moderkort, eller en kopia. Båda hålls isär tills någon har tittat.',
  'decision.devices-conflicted.action': 'Titta',
  'decision.devices-unreachable.word': 'Onåbar',
  'decision.devices-unreachable.title':
    '{count, plural, one {# enhet kan inte väckas} other {# enheter kan inte väckas}}',
  'decision.devices-unreachable.text':
    'Apples pushtjänst känner inte längre till adressen. Kommandon väntar tills enheten ringer hem själv.',
  'decision.devices-unreachable.action': 'Visa',
  'decision.invitations-unused.word': 'Oanvänd',
  'decision.invitations-unused.title':
    '{count, plural, one {# inbjudan har aldrig använts} other {# inbjudningar har aldrig använts}}',
  'decision.invitations-unused.text': 'Gjorda för flera dagar sedan. Påminn den som fick den, eller ta tillbaka den.',
  'decision.invitations-unused.action': 'Visa',
  'device.sentence.active': '<b>Aktiv.</b>',
  'device.sentence.waiting': '<b>Pågår.</b>',
  'device.sentence.lost': '<b>Förlorad,</b> anmäld {since}.',
  'device.sentence.ended': '<b>Hanteras inte längre,</b> avslutat {since}. Det den sagt tidigare är sparat.',
  'device.sentence.enrolling': '<b>Registreras,</b> påbörjad {since}.',
  'device.sentence.enrolling-stuck':
    '<b>Registreringen blir inte klar.</b> Den började {since}; enheten måste vara på, uppkopplad och upplåst.',
  'device.sentence.certificate-expired':
    '<b>Dess identitet har gått ut.</b> Den tros inte längre; registrera den igen.',
  'device.sentence.silent': '<b>Tyst.</b> Fråga användaren om den är på och uppkopplad.',
  'device.sentence.leaving': '<b>Lämnar hanteringen,</b> begärt {since}.',
  'device.sentence.push-dead':
    '<b>Kan inte väckas.</b> Apple känner inte längre till adressen; kommandon väntar tills den ringer hem själv.',
  'device.sentence.push-rejected': '<b>Väckningen nekades</b> ({reason}). Nytt försök görs av sig självt.',
  'enrollment.reason.wiped': 'raderad',
  'enrollment.reason.left': 'enheten lämnade själv',
  'enrollment.reason.admin': 'avslutad härifrån',
  'enrollment.reason.replaced': 'registrerad på nytt',
  'device.endedWhy': 'Därför att',
  'device.leave': 'Avsluta hanteringen…',
  'device.leaveTitle': 'Avsluta hanteringen av {name}?',
  'device.leaveText':
    'Det som servern lagt på enheten tas bort: profiler, hanterade appar och deras data. Det som tillhör personen blir kvar.',
  'device.leaveGo': 'Avsluta hanteringen',
  'device.leaveBack': 'För att komma tillbaka måste den registreras igen',
  'device.leaveBackWord': 'Ingen väg tillbaka',
}
