/** Texts of this part of the console. */
export const alerts = {
  'event.mail.undelivered':
    '{state, select, late {Un courriel n’a pas été accepté à temps} other {Un courriel a été refusé définitivement}}',
} as const
