import type { escrow as source } from '../en/escrow.ts'

/** Texts of this part of the console. */
export const escrow = {
  'problem.escrow.kind-unknown': 'Det finns ingen sådan hemlighet som kan krävas.',
  'problem.escrow.kind-unknown.next': 'Välj en av de sorter som visas.',
  'problem.escrow.no-look': 'Ingen har sagt varför hemligheten visas.',
  'problem.escrow.no-look.next': 'Säg vad den behövs till; då öppnas den i en kvart.',
  'problem.escrow.not-shown': 'Bara servern använder den här hemligheten; för människor är den till ingen nytta.',
  'problem.escrow.not-shown.next': 'Inget behöver göras.',
  'problem.escrow.not-replaceable': 'Enheten kan inte byta den här hemligheten.',
  'problem.escrow.not-replaceable.next': 'Se äldre i historiken, eller byt den på enheten.',
  'event.escrow.kept': 'En hemlighet togs i förvar innan den skickades',
  'event.escrow.confirmed': 'En hemlighet för enheten är i förvar',
  'event.escrow.refused': 'Enheten tog inte emot en ny hemlighet',
  'event.escrow.retired': 'En hemlighet finns inte längre på enheten',
  'event.escrow.doubted': 'Ingen av hemligheterna i förvar öppnar enheten',
  'event.escrow.due': 'En hemlighet ska bytas',
  'event.escrow.stuck': 'En hemlighet kunde inte bytas',
  'event.escrow.ruled': 'Kraven på hemligheter ändrades',
  'event.activation-lock.lifted': 'Upplåsning av aktiveringslås begärd',
} as const satisfies Record<keyof typeof source, string>
