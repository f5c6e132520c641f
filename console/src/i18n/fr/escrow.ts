import type { escrow as source } from '../en/escrow.ts'

/** Texts of this part of the console. */
export const escrow = {
  'problem.escrow.kind-unknown': 'Il n’existe pas de secret de ce type que l’on puisse exiger.',
  'problem.escrow.kind-unknown.next': 'Choisissez l’un des types proposés.',
  'problem.escrow.no-look': 'Personne n’a dit pourquoi ce secret est consulté.',
  'problem.escrow.no-look.next': 'Dites à quoi il vous sert ; il s’ouvre alors pour un quart d’heure.',
  'problem.escrow.not-shown': 'Seul le serveur se sert de ce secret ; il n’est d’aucune utilité pour une personne.',
  'problem.escrow.not-shown.next': 'Il n’y a rien à faire.',
  'problem.escrow.not-replaceable': 'L’appareil ne peut pas remplacer ce secret.',
  'problem.escrow.not-replaceable.next': 'Consultez son historique, ou changez-le sur l’appareil.',
  'event.escrow.kept': 'Secret conservé avant son envoi',
  'event.escrow.confirmed': 'Un secret de l’appareil est conservé',
  'event.escrow.refused': 'L’appareil n’a pas pris un nouveau secret',
  'event.escrow.retired': 'Un secret n’est plus sur l’appareil',
  'event.escrow.doubted': 'Aucun des secrets conservés n’ouvre l’appareil',
  'event.escrow.due': 'Un secret doit être remplacé',
  'event.escrow.stuck': 'Un secret n’a pas pu être remplacé',
  'event.escrow.ruled': 'Les exigences sur les secrets ont changé',
  'event.activation-lock.lifted': 'Levée du verrouillage d’activation demandée',
} as const satisfies Record<keyof typeof source, string>
