import type { Part } from '../en.ts'
import type { orgPeople as english } from '../en/orgPeople.ts'

export const orgPeople: Part<typeof english> = {
  'problem.group.name-taken': 'Un autre groupe de cette unité porte déjà ce nom.',
  'problem.group.name-taken.next': 'Choisissez un autre nom.',
  'problem.group.in-use': 'Quelque chose est destiné à ce groupe.',
  'problem.group.in-use.next': 'Retirez-le des affectations qui le citent, puis supprimez-le.',
  'event.group.added': 'Groupe ajouté',
  'event.group.changed': 'Groupe modifié',
  'event.group.removed': 'Groupe supprimé',
  'event.group.membersChanged':
    'Groupe {name} : {added, plural, =0 {} one {# personne ajoutée} other {# personnes ajoutées}}{removed, plural, =0 {} one {# personne retirée} other {# personnes retirées}}',
}
