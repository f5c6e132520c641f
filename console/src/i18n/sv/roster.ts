import type { roster as source } from '../en/roster.ts'

/** Texts of this part of the console. */
export const roster = {
  'problem.program.taken': 'Ett annat program använder redan den här behörigheten.',
  'problem.program.taken.next': 'Använd programmet som finns eller ta bort det först.',
  'problem.program.file-unreadable': 'Det här är ingen fil med servertoken.',
  'problem.program.file-unreadable.next':
    'Ta filen som slutar på .p7m så som den laddades ner, utan att öppna och spara den.',
  'problem.program.key-unknown': 'Token gjordes för ett annat certifikat.',
  'problem.program.key-unknown.next':
    'Ladda upp sidans senaste certifikat hos leverantören, hämta en ny token och använd den.',
  'problem.program.token-over': 'Token har gått ut.',
  'problem.program.token-over.next': 'Hämta en ny token hos leverantören.',
  'problem.program.other-server': 'Token hör till en annan server hos leverantören.',
  'problem.program.other-server.next': 'Hämta token för samma server. Lägg till ett eget program för en annan.',
  'problem.program.kind-wrong': 'Programmet är av ett annat slag.',
  'problem.program.kind-wrong.next': 'Välj ett program som utlovar enheter.',
  'problem.entry.unknown': 'En del av serienumren är inte utlovade här.',
  'problem.entry.unknown.next': 'Ta bort dem från listan eller vänta tills leverantören utlovar dem.',
  'problem.setup.name-taken': 'En annan inställning har det namnet.',
  'problem.setup.name-taken.next': 'Välj ett annat namn.',
  'problem.setup.in-use': 'Enheter eller program ska ha den här inställningen.',
  'problem.setup.in-use.next': 'Ge dem en annan inställning först.',
  'problem.setup.step-unknown': 'En del av stegen som ska hoppas över är okända.',
  'problem.setup.step-unknown.next': 'Ta bort stegen som nämns nedan.',
  'event.program.added': 'Programmet {name} lades till',
  'event.program.changed':
    'Programmet {name}: {state, select, new {inte tillfrågat än} good {i takt} terms {villkor ej godkända} refused {avvisat} expired {utgånget} throttled {ombett att vänta} silent {svarar inte} elsewhere {sköts av en annan server} other {ändrat}}',
  'event.program.troubled':
    'Programmet {name} behöver någon: {state, select, terms {leverantörens villkor är inte godkända} refused {leverantören avvisar behörigheten} expired {behörigheten har gått ut} throttled {leverantören ber oss vänta gång på gång} silent {leverantören svarar inte} elsewhere {en annan server sköter det} other {problem}}',
  'event.program.recovered': 'Programmet {name} är i takt igen',
  'event.program.renewed': 'Behörigheten för programmet {name} förnyades',
  'event.program.removed': 'Programmet {name} togs bort',
  'event.roster.grew': '{added, plural, one {# enhet utlovad} other {# enheter utlovade}}',
  'event.roster.shrank': '{gone, plural, one {# enhet är} other {# enheter är}} inte längre utlovade',
  'event.roster.unassigned':
    'Leverantören tog inte emot inställningen för {devices, plural, one {# enhet} other {# enheter}}',
  'event.roster.changed': 'Önskemål ändrade för {devices, plural, one {# utlovad enhet} other {# utlovade enheter}}',
  'event.setup.added': 'Inställningen {name} lades till',
  'event.setup.changed': 'Inställningen {name} ändrades',
  'event.setup.removed': 'Inställningen {name} togs bort',
} as const satisfies Record<keyof typeof source, string>
