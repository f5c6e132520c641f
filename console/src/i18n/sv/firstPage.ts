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
  'certificates.purpose.fcm': 'Nyckel som väcker Android-agenter',
  'certificates.breaks.agents': 'agenter väcks inte genast, de hör av sig själva',
  'certificates.purpose.vendor': 'Leverantörscertifikat',
  'certificates.breaks.promises':
    '{n, plural, =0 {inga nya enheter kommer av sig själva} one {inga nya enheter kommer; # behåller sin inställning, varav {promised, number} utlovad} other {inga nya enheter kommer; # behåller sin inställning, varav {promised, number} utlovade}}',
  'certificates.breaks.licenses':
    '{licenses, plural, =0 {licenserna blir som de är} one {# licens blir där den är} other {# licenser blir där de är}}',
  'certificates.breaks.portal':
    '{n, plural, =0 {inget mer görs i portalen} one {# enhet kan inte längre tilldelas eller släppas} other {# enheter kan inte längre tilldelas eller släppas}}',
  'certificates.breaks.signing': 'begäranden måste signeras på annat håll',
  'certificates.purpose.apns': 'Apples pushcertifikat',
  'certificates.purpose.tls': 'Serverns TLS',
  'certificates.purpose.ca-tls': 'Serverns utfärdare',
  'certificates.purpose.ca-device': 'Utfärdare för enheter',
  'certificates.purpose.ca-scep': 'Utfärdare för SCEP',
  'certificates.purpose.ca-acme': 'Utfärdare för certifikatservern',
  'certificates.purpose.profile-signing': 'Profilsignering',
  'certificates.purpose.device': 'Enhetsidentitet',
  'certificates.breaks.wake':
    '{n, plural, =0 {ingen Apple-enhet kan registreras} one {# enhet slutar lyda} other {# enheter slutar lyda}}',
  'certificates.breaks.connect':
    '{n, plural, =0 {inget kan ansluta} one {# enhet kan inte ansluta} other {# enheter kan inte ansluta}}',
  'certificates.breaks.trust':
    '{n, plural, =0 {ingen litar på servern} one {# enhet litar inte längre på servern} other {# enheter litar inte längre på servern}}',
  'certificates.breaks.identity':
    '{n, plural, =0 {inga nya identiteter} one {# identitet upphör} other {# identiteter upphör}}',
  'certificates.breaks.signature': 'profiler visas som osignerade',
  'decision.devices-violating.word': 'Överträdelse',
  'decision.devices-violating.title':
    '{count, plural, one {# enhet bryter mot en regel} other {# enheter bryter mot regler}}',
  'decision.devices-violating.text':
    '{grave, plural, =0 {Ingen av dem allvarlig.} one {# av dem allvarlig.} other {# av dem allvarliga.}} Varje enhets sida säger varför och vad som ska göras.',
  'decision.devices-violating.action': 'Se vilka',
  'decision.exceptions-asked.word': 'Begäran',
  'decision.exceptions-asked.title':
    '{count, plural, one {# undantag från en regel begärs} other {# undantag från regler begärs}}',
  'decision.exceptions-asked.text': 'Folk väntar på svar.',
  'decision.exceptions-asked.action': 'Besluta',
  'decision.exceptions-ending.word': 'Upphör',
  'decision.exceptions-ending.title':
    '{count, plural, one {# undantag upphör inom en vecka} other {# undantag upphör inom en vecka}}',
  'decision.exceptions-ending.text': 'Sedan gäller reglerna igen.',
  'decision.exceptions-ending.action': 'Se vilka',
  'decision.guard-frozen.word': 'Stoppat',
  'decision.guard-frozen.title': 'Allt är stoppat',
  'decision.guard-frozen.text': 'Inget som ändrar en enhet går iväg förrän en annan administratör häver det.',
  'decision.guard-frozen.action': 'Visa skyddet',
  'decision.guard-breaker.word': 'Säkring utlöst',
  'decision.guard-breaker.title': 'Fler enheter än någonsin raderades',
  'decision.guard-breaker.text':
    '{acknowledged} bekräftade inom {minutes} min. Inget slutgiltigt går iväg förrän någon återställer säkringen.',
  'decision.guard-breaker.action': 'Visa skyddet',
  'decision.guard-restored.word': 'Återställd',
  'decision.guard-restored.title': 'Servern har återställts från en säkerhetskopia',
  'decision.guard-restored.text': 'Det som köade för att avbryta eller radera hålls kvar tills någon släpper det.',
  'decision.guard-restored.action': 'Visa skyddet',
  'decision.guard-time.word': 'Klocka',
  'decision.guard-time.title': 'Serverns klocka ifrågasätts',
  'decision.guard-time.text': 'Inget som tiden ensam skulle utlösa sker förrän någon bekräftar den.',
  'decision.guard-time.action': 'Visa skyddet',
  'decision.intent-held.word': 'Kvarhållet',
  'decision.intent-held.title':
    '{devices, plural, one {# enhet väntar} other {# enheter väntar}} på att andra godkänner',
  'decision.intent-held.text': '{name} har bett om något som inte kan ångras. Det upphör av sig självt efter ett dygn.',
  'decision.intent-held.action': 'Besluta',
  'decision.intent-proposed.word': 'Aviserat',
  'decision.intent-proposed.title': 'Något som ger bort makt är aviserat',
  'decision.intent-proposed.text': '{name} har bett om det. Det gäller av sig självt om ingen återkallar det.',
  'decision.intent-proposed.action': 'Titta',
  'decision.policies-failed.word': 'Misslyckades',
  'decision.policies-failed.title':
    '{count, plural, one {# enhet kan inte ta emot en policy} other {# enheter kan inte ta emot en policy}}',
  'decision.policies-failed.text':
    'Något nekades, eller saknar ett värde från användaren eller enheten. Varje enhets sida säger vad, och vad som kan göras.',
  'decision.policies-failed.action': 'Visa vilka',
  'decision.rollout-stopped.word': 'Stoppad',
  'decision.rollout-stopped.title': 'Utrullningen av {name} stannade av sig själv',
  'decision.rollout-stopped.text':
    '{reason, select, silence {För få enheter ringde: {percent} % av omgången.} other {För många enheter misslyckades: {failed}, vilket är {percent} % av dem som svarade.}} Alla enheter går tillbaka till version {from}.',
  'decision.rollout-stopped.action': 'Visa varför',
  'decision.policy-tests-failing.word': 'Test fallerar',
  'decision.policy-tests-failing.title':
    '{count, plural, one {Policytestet ”{name}” fallerar} other {# policytester fallerar}}',
  'decision.policy-tests-failing.text': 'Vid senaste körningen hade enheter inte det som alltid ska gälla.',
  'decision.policy-tests-failing.action': 'Visa vilka enheter',
  'decision.declarations-stalled.word': 'Stannat av',
  'decision.declarations-stalled.title':
    '{count, plural, one {# enhet tar inte längre emot ändringar} other {# enheter tar inte längre emot ändringar}}',
  'decision.declarations-stalled.text':
    'De ringer, har fått veta om en ändring och säger inget om den. Låt dem läsa om allt, på deras sida; starta om dem om det inte hjälper.',
  'decision.declarations-stalled.action': 'Visa vilka',
  'decision.change-waiting.word': 'Att godkänna',
  'decision.change-waiting.title': 'Den planerade ändringen {name} väntar på godkännande',
  'decision.change-waiting.text':
    '{moves, plural, one {# flytt} other {# flyttar}}. Se vad den skulle göra, och godkänn eller avbryt den.',
  'decision.change-waiting.action': 'Granska',
  'decision.change-stopped.word': 'Stoppad',
  'decision.change-stopped.title': 'Den planerade ändringen {name} stannade av sig själv',
  'decision.change-stopped.text':
    '{done, number} av {moves, plural, one {# flytt} other {# flyttar}} gjordes. Dess sida säger varför, och hur de tas tillbaka.',
  'decision.change-stopped.action': 'Visa varför',
  'alertType.campaign-halted': 'Avbruten kampanj',
}
