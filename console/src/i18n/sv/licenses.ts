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
  'problem.content.not-a-token': 'Det här är ingen innehållstoken.',
  'problem.content.not-a-token.next':
    'Ladda ner platsens innehållstoken i Apple Business eller School Manager och ladda upp filen oförändrad.',
  'problem.content.token-expired': 'Den här innehållstoken har gått ut.',
  'problem.content.token-expired.next': 'Ladda ner en ny i Apple Business eller School Manager.',
  'problem.content.not-elsewhere': 'Ingen annan server använder den här token.',
  'problem.content.not-elsewhere.next': 'Det finns inget att ta över.',
  'problem.content.notice-unproved': 'Aviseringen visar inte varifrån den kommer.',
  'problem.content.notice-unproved.next': 'Inget: servern läser listorna själv.',
  'problem.content.notice-unread': 'Det här är ingen avisering från Appar och böcker.',
  'problem.content.notice-unread.next': 'Inget: servern läser listorna själv.',
  'problem.license.not-revocable': 'De här licenserna kan inte tas tillbaka.',
  'problem.license.not-revocable.next': 'Böcker stannar hos den som fått dem.',
} as const satisfies Record<keyof typeof source, string>
