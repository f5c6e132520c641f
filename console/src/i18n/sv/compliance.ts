import type { Part } from '../en.ts'
import type { compliance as english } from '../en/compliance.ts'

/** Texts of this part of the console. */
export const compliance: Part<typeof english> = {
  'event.rule.added': 'Regeln {name} lades till',
  'event.rule.changed': 'Regeln {name} ändrades',
  'event.rule.removed': 'Regeln {name} togs bort',
  'event.verdict.changed':
    '{now, select, violating {Bryter mot {name}} grace {Bryter mot {name}, inom fristen} excepted {Undantagen från {name}} compliant {Följer {name} igen} unknown {Okänt om den följer {name}} other {{name} gäller inte längre}}',
  'event.verdict.responded':
    '{done, select, person {Personen underrättad om {name}} admins {Administratörer underrättade om {name}} tag {Taggen {tag} satt för {name}} restrict {Begränsad med taggen {tag} för {name}} ticket {Ärende för {name}} lock {Låsning skickad för {name}} other {Åtgärd för {name} nekad}}',
  'event.exception.asked': 'Undantag från {name} begärt: {reason}',
  'event.exception.granted': 'Undantag från {name} beviljat: {reason}',
  'event.exception.denied': 'Undantag från {name} avslaget',
  'event.exception.ended':
    '{early, select, true {Undantag från {name} avslutat i förtid} other {Undantag från {name} upphörde}}',
  'problem.rule.too-many': 'Det finns så många regler som en organisation kan ha.',
  'problem.rule.too-many.next': 'Ta bort regler som inte längre behövs.',
  'problem.rule.words': 'En regel kan inte leta efter ord; den frågar efter fält och fakta.',
  'problem.rule.words.next': 'Skriv varje villkor som fält:värde, till exempel fact.security.firewall:yes.',
  'problem.rule.unknown': 'Det finns ingen sådan regel.',
  'problem.rule.unknown.next': 'Välj en regel som gäller enheten.',
  'problem.rule.template-unknown': 'Det finns ingen sådan mall.',
  'problem.rule.template-unknown.next': 'Välj mallar ur listan.',
  'problem.exception.for-whom': 'Ett undantag gäller en enhet eller en person.',
  'problem.exception.for-whom.next': 'Ange antingen enheten eller personen.',
  'problem.exception.until': 'Varje undantag upphör inom ett år från nu.',
  'problem.exception.until.next': 'Välj ett slut efter nu och inom ett år.',
  'problem.exception.decided': 'Undantaget är redan avgjort eller har upphört.',
  'problem.exception.decided.next': 'Läs in listan på nytt för att se läget.',
  'problem.exception.granted': 'Det finns redan ett undantag för detta.',
  'problem.exception.granted.next': 'Inget behöver göras.',
}
