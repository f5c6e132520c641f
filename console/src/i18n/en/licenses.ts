/** Texts of this part of the console. */
export const licenses = {
  'event.license.short': 'Licenses are missing',
  'event.license.enough': 'Licenses are enough again',
  'event.license.reclaimed': 'Unused licenses asked back',
  'event.seat.held': 'License given',
  'event.seat.refused': 'License refused',
  'event.seat.returned': 'License given back',
  'event.seat.lost': 'License taken away elsewhere',
  'event.seat.slow': 'Licenses are waiting for the vendor',
} as const
