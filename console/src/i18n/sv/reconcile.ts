import type { Part } from '../en.ts'
import type { reconcile as english } from '../en/reconcile.ts'

export const reconcile: Part<typeof english> = {
  'event.desired.changed': 'Nytt önskat läge: {added} tillagda, {changed} ändrade, {removed} borttagna',
  'event.desired.reached': 'Har allt den ska ha',
  'event.desired.retried':
    '{items, plural, one {# misslyckad del prövas igen} other {# misslyckade delar prövas igen}}',
  'event.item.failed': '{final, select, true {Gav upp {item}} other {Kunde inte tillämpa {item}}}',
  'event.item.drifted': '{missing, select, true {{item} saknas på enheten} other {{item} har ändrats på enheten}}',
  'event.item.repaired': '{item} återställdes',
  'event.device.described': 'Nya uppgifter från enheten: {fields}',
  'explained.item.flapping': 'Enheten har haft detta och förlorat det, gång på gång.',
  'explained.item.flapping.next':
    'Något på enheten arbetar emot: ett annat hanteringsverktyg, någon med administratörsrätt eller två delar som utesluter varandra. Nytt försök görs i morgon.',
  'explained.item.unanswered': 'Enheten har tagit emot detta flera gånger men aldrig sagt hur det gick.',
  'explained.item.unanswered.next': 'Starta om enheten och försök igen.',
  'explained.item.variable-missing': 'Ett värde som behövs är inte känt: {variable}.',
  'explained.item.variable-missing.next': 'Ange det för användaren eller enheten. Sedan skickas det av sig självt.',
  'explained.item.no-account': 'Detta gäller personer, och ingen har loggat in på enheten än.',
  'explained.item.no-account.next': 'Det skickas av sig självt när någon loggar in.',
}
