import type { intakes as en } from '../en/intakes.ts'

export const intakes: Record<keyof typeof en, string> = {
  'event.intake.planned':
    'Leveransen {name} planerad till {day}: {lines, plural, =0 {enheter ur registret} one {# enhet} other {# enheter}}{blocked, plural, =0 {} one { (# rad med fel)} other { (# rader med fel)}}',
  'event.intake.changed': 'Leveransen {name} ändrad',
  'event.intake.removed': 'Leveransen {name} borttagen',
  'event.intake.edited': 'Rader i leveransen {name} ändrade',
  'event.intake.prepared': 'Leveransen {name} förberedd: {lines, plural, one {# enhet} other {# enheter}}',
  'event.intake.checked':
    'Förkontroll av leveransen {name}: {reds, plural, =0 {inget rött} other {# röda}}{ambers, plural, =0 {} other {, # gula}}',
  'event.intake.troubled':
    'Leveransen {name} är inte klar för {day}: {reds, plural, one {# kontroll är röd} other {# kontroller är röda}}',
  'event.intake.cleared': 'Leveransen {name}: inget är rött längre',
  'event.intake.opened': 'Dagen för leveransen {name} öppnad: {lines, plural, one {# enhet} other {# enheter}}',
  'event.intake.stepped':
    '{serial} i leveransen {name}: {now, select, expected {väntas} unboxed {uppackad} enrolled {registrerad} configuring {konfigureras} ready {klar} stuck {har fastnat} other {ändrad}}',
  'event.intake.stuck': 'Leveransen {name}: {serial} har fastnat',
  'event.intake.freed': 'Leveransen {name}: inget har fastnat längre',
  'event.intake.closed':
    'Leveransen {name} avslutad: {ready} av {lines} klara{left, plural, =0 {} other {, # återstod}}',
  'problem.intake.empty': 'Den innehåller ingen rad.',
  'problem.intake.empty.next': 'Ange minst ett serienummer, eller en fil med en enhet per rad.',
  'problem.intake.too-many': 'Den har fler rader än en leverans tar emot.',
  'problem.intake.too-many.next': 'Dela upp den i flera leveranser.',
  'problem.intake.unreadable': 'Filen kan inte läsas bortom en viss rad.',
  'problem.intake.unreadable.next': 'Leta efter ett citattecken som aldrig stängs på raden som anges här.',
  'problem.intake.day-malformed': 'Dagen finns inte i kalendern.',
  'problem.intake.day-malformed.next': 'Skriv den som 2026-04-01, med namnet på en tidszon.',
  'problem.intake.closed': 'Leveransen är avslutad.',
  'problem.intake.closed.next': 'Dess protokoll finns kvar. Skapa en ny leverans för fler enheter.',
  'problem.intake.open': 'Dagen för den här leveransen har börjat, så det går inte längre.',
  'problem.intake.open.next': 'Avsluta leveransen, eller ändra tilldelningen av dess mall.',
  'problem.intake.red': 'Några kontroller är röda.',
  'problem.intake.red.next': 'Åtgärda dem, eller öppna dagen ändå.',
  'problem.intake.not-open': 'Dagen för den här leveransen är inte öppnad än.',
  'problem.intake.not-open.next': 'Öppna dagen först, eller ta bort leveransen.',
  'problem.intake.line-taken': 'Enheten på den här raden är redan här.',
  'problem.intake.line-taken.next': 'Ändra själva enheten.',
  'problem.intake.setup-elsewhere': 'Den här mottagningen kan inte användas för leveransens organisationsenhet.',
  'problem.intake.setup-elsewhere.next': 'Välj en som du får se.',
}
