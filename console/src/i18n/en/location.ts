/** Texts of this part of the console. */
export const location = {
  'event.fix.kept': 'Its position was kept, within {accuracyM} m',
  'event.fixes.deleted': '{count, plural, one {One position was} other {# positions were}} deleted',
  'problem.location.closed': 'Where the device was cannot be seen now.',
  'problem.location.closed.next':
    'Positions open only while its incident is open, or for an hour after a second person has approved it.',
  'problem.location.gated': 'Positions open only when a purpose has been given.',
  'problem.location.gated.next':
    'Open them from the incident; that you looked is recorded and shown to the person whose device it is.',
  'held.action.location.open': 'Open where a device was',
} as const
