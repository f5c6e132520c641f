import type { Part } from '../en.ts'
import type { orgPeople as english } from '../en/orgPeople.ts'

export const orgPeople: Part<typeof english> = {
  'problem.group.name-taken': 'En annan grupp i avdelningen har redan det namnet.',
  'problem.group.name-taken.next': 'Välj ett annat namn.',
  'problem.group.in-use': 'Något är avsett för den här gruppen.',
  'problem.group.in-use.next': 'Ta bort den från tilldelningarna som nämner den och ta sedan bort gruppen.',
  'event.group.added': 'Grupp tillagd',
  'event.group.changed': 'Grupp ändrad',
  'event.group.removed': 'Grupp borttagen',
  'event.group.membersChanged':
    'Gruppen {name}: {added, plural, =0 {} one {# person tillagd} other {# personer tillagda}}{removed, plural, =0 {} one {# person borttagen} other {# personer borttagna}}',
}
