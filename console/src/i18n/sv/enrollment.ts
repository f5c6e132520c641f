import type { Part } from '../en.ts'
import type { enrollment as source } from '../en/enrollment.ts'

/** Registrering. */
export const enrollment: Part<typeof source> = {
  'enroll.title': 'Registrera enheter',
  'enroll.lede': 'En inbjudan är en länk och en QR-kod som registrerar enheter i en avdelning.',
  'enroll.noPush':
    '<b>Apple-enheter kan inte registreras än.</b> Servern saknar ett giltigt pushcertifikat och skulle inte kunna väcka dem.',
  'enroll.toPush': 'Lämna certifikatet',
  'enroll.new': 'Ny inbjudan',
  'enroll.name': 'Namn',
  'enroll.nameHint': 'Frivilligt. För dig, till exempel ”iPads, hösten”.',
  'enroll.unit': 'Till avdelningen',
  'enroll.ownership': 'Enheterna tillhör',
  'enroll.ownershipHint': 'På privata enheter syns mindre och inget kan raderas.',
  'enroll.uses': 'Kan användas',
  'enroll.times': '{n, plural, one {en gång} other {# gånger}}',
  'enroll.anyTimes': 'så ofta som behövs',
  'enroll.expires': 'Går ut efter',
  'enroll.make': 'Gör en inbjudan',
  'enroll.made': 'Inbjudningar',
  'enroll.none': 'Ingen inbjudan än',
  'enroll.noneText': 'Gör en på den här sidan. Den står kvar här med hur ofta den använts.',
  'enroll.invitation': 'Inbjudan',
  'enroll.invitationFor': 'Inbjudan till {unit}',
  'enroll.used': 'Använd',
  'enroll.usedOf': '{used, number} av {uses, number}',
  'enroll.state.open': 'Öppen',
  'enroll.state.used': 'Förbrukad',
  'enroll.state.expired': 'Utgången',
  'enroll.state.revoked': 'Tillbakatagen',
  'enroll.sentence':
    '{uses, plural, =0 {{used, plural, =0 {Inte använd än.} one {Använd en gång.} other {Använd # gånger.}}} other {Använd {used, number} av # gånger.}} Till {unit}, till och med {until}.',
  'enroll.code': 'Länk och kod',
  'enroll.qrLabel': 'QR-kod som öppnar registreringssidan',
  'enroll.how1': 'Skanna koden med enhetens kamera, eller öppna länken på den.',
  'enroll.how2': 'Sidan förklarar vad som kommer att hanteras, på enhetens språk, och lämnar profilen.',
  'enroll.over':
    '{n, plural, one {En som är förbrukad, utgången eller återtagen} other {# som är förbrukade, utgångna eller återtagna}}',
  'enroll.how3': 'Installera profilen i Inställningar. Stegen visas här när de sker.',
  'enroll.once':
    'Länk och kod visas bara nu: servern sparar ingen kopia. Låt sidan vara öppen, kopiera länken, eller gör en ny inbjudan senare.',
  'enroll.copyLink': 'Kopiera länken',
  'enroll.profile': 'Profil',
  'enroll.gone': 'Länken visades när inbjudan gjordes',
  'enroll.goneText':
    'Bara dess fingeravtryck sparas, så att ingen som läser sidan senare kan använda den. Gör en ny inbjudan om länken är borta.',
  'enroll.progress': 'Vilka som registrerar sig',
  'enroll.waiting': 'Väntar på den första enheten',
  'enroll.waitingText': 'Så snart någon öppnar länken visas enheten här med varje steg och dess tid.',
  'enroll.unnamed': 'En enhet som inte sagt sitt namn',
  'enroll.step.opened': 'Öppnad',
  'enroll.step.downloaded': 'Profil hämtad',
  'enroll.step.certificate': 'Identitet given',
  'enroll.step.authenticate': 'Anmäld',
  'enroll.step.token-update': 'Kan väckas',
  'enroll.step.ready': 'Klar',
  'enroll.cause.enrollment.waits-for-downloaded':
    'Sidan öppnades, men profilen hämtades inte. På iPhone och iPad måste sidan vara öppen i Safari.',
  'enroll.cause.enrollment.waits-for-certificate':
    'Profilen hämtades men är inte installerad. På enheten: Inställningar, ”Profil hämtad”, Installera.',
  'enroll.cause.enrollment.waits-for-authenticate':
    'Enheten har sin identitet men har inte anmält sig. Den kanske inte litar på, eller inte når, serverns adress.',
  'enroll.cause.enrollment.waits-for-token-update':
    'Enheten anmälde sig men gav ingen väckningsadress. Den kanske inte når Apples pushtjänst (port 5223 eller 443).',
  'enroll.cause.enrollment.waits-for-ready':
    'Enheten kan väckas men har inte svarat än. Den måste vara på och uppkopplad.',
  'enroll.terms': 'Villkor',
  'enroll.anyUser': 'vem som helst',
  'enroll.createdAt': 'Gjord',
  'enroll.revoke': 'Ta tillbaka…',
  'enroll.revokeTitle': 'Ta tillbaka inbjudan?',
  'enroll.revokeText': 'Ingen kan längre registrera sig med den. Enheter som redan är registrerade blir kvar.',
  'enroll.revokeGo': 'Ta tillbaka',
}
