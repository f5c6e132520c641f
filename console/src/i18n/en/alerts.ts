/** Texts of this part of the console. */
export const alerts = {
  'event.mail.undelivered': '{state, select, late {A mail was not taken in time} other {A mail was refused for good}}',
} as const
