/** Texts of this part of the console. */
export const alerts = {
  'event.mail.undelivered': '{state, select, late {Ett mejl togs inte emot i tid} other {Ett mejl avvisades för gott}}',
} as const
