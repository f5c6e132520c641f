import type { Part } from '../en.ts'
import type { reports as english } from '../en/reports.ts'

export const reports: Part<typeof english> = {
  'event.report.saved': 'Rapporten {name} sparades{scheduled, select, true { med ett schema} other {}}',
  'event.report.changed': 'Rapporten {name} ändrades',
  'event.report.removed': 'Rapporten {name} togs bort',
  'event.report.made':
    'Rapporten {name} gjordes: {rows, plural, one {# rad} other {# rader}}{recipients, plural, =0 {} one {, skickad till # person} other {, skickad till # personer}}',
  'event.report.failed': 'Rapporten {name} kunde inte göras',
  'event.evidence.made': 'Bevispaket gjort',
  'problem.past.unread': 'Det är ingen dag eller tidpunkt som går att fråga om.',
  'problem.past.unread.next': 'Välj en dag i kalendern.',
  'problem.past.ahead': 'Den dagen har inte kommit än.',
  'problem.past.ahead.next': 'Fråga om i dag eller en tidigare dag.',
  'problem.past.not-kept': 'Historiken sträcker sig inte så långt tillbaka.',
  'problem.past.not-kept.next':
    'Fråga om en senare dag. Historiken sparas i 400 dagar och börjar när servern först sparade den.',
  'problem.report.running': 'Filen är inte färdig än.',
  'problem.report.running.next': 'Vänta tills den är det och hämta den igen.',
  'problem.report.expired': 'Filen sparas inte längre.',
  'problem.report.expired.next': 'Kör rapporten igen: för samma dag säger den samma sak.',
  'problem.report.too-many': 'Det finns redan så många som får finnas.',
  'problem.report.too-many.next': 'Ta bort någon som ingen behöver eller vänta tills en körning är klar.',
  'problem.report.column-unknown': 'Det finns ingen kolumn med det namnet.',
  'problem.report.column-unknown.next': 'Välj kolumner i listan.',
  'problem.report.no-mail': 'Servern kan inte skicka e-post än.',
  'problem.report.no-mail.next':
    'Be den som driver servern att ställa in e-post, eller spara rapporten utan adresser och hämta filerna här.',
}
