/** Texts of this part; each with its twin in every language. */
export const reconcile = {
  'event.desired.changed': 'New target state: {added} added, {changed} changed, {removed} removed',
  'event.desired.reached': 'Has everything it should have',
  'event.desired.retried': '{items, plural, one {# failed item} other {# failed items}} tried again',
  'event.item.failed': '{final, select, true {Gave up on {item}} other {Could not apply {item}}}',
  'event.item.drifted':
    '{missing, select, true {{item} is missing on the device} other {{item} was changed on the device}}',
  'event.item.repaired': '{item} was put back',
  'event.device.described': 'Reported anew: {fields}',
  'explained.item.flapping': 'The device had this and lost it, again and again.',
  'explained.item.flapping.next':
    'Something on the device works against it: another management tool, a person with admin rights, or two items that exclude each other. It is tried again tomorrow.',
  'explained.item.unanswered': 'The device took this several times and never said what became of it.',
  'explained.item.unanswered.next': 'Restart the device, then try again.',
  'explained.item.variable-missing': 'A value that this needs is not known: {variable}.',
  'explained.item.variable-missing.next': 'Enter it for the user or the device. Then it goes out by itself.',
  'explained.item.no-account': 'This goes to people, and nobody has signed in to the device yet.',
  'explained.item.no-account.next': 'It goes out by itself when someone signs in.',
} as const
