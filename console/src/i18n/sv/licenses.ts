import type { licenses as source } from '../en/licenses.ts'

/** Texts of this part of the console. */
export const licenses = {
  'event.license.short': 'Licenser saknas',
  'event.license.enough': 'Licenserna räcker igen',
  'event.license.reclaimed': 'Oanvända licenser återtagna',
  'event.seat.held': 'Licens tilldelad',
  'event.seat.refused': 'Licens nekad',
  'event.seat.returned': 'Licens återlämnad',
  'event.seat.lost': 'Licens borttagen av någon annan',
  'event.seat.slow': 'Licenser väntar på leverantörens svar',
} as const satisfies Record<keyof typeof source, string>
