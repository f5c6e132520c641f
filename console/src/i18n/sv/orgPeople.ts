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
  'problem.device.shared': 'Enheten är delad och tillhör därför ingen.',
  'problem.device.shared.next': 'Ange först att den inte är delad och ge den sedan till någon.',
  'problem.tag-rule.time-field':
    'En regel kan inte titta på när en enhet senast sågs eller registrerades: tiden ensam skulle ändra svaret.',
  'problem.tag-rule.time-field.next': 'Använd en sparad vy i stället, eller ta bort villkoret.',
  'problem.tag-rule.tag-field': 'En regel kan inte titta på taggar: reglerna skulle utlösa varandra.',
  'problem.tag-rule.tag-field.next': 'Skriv vad den andra taggen står för.',
  'problem.tag-rule.unit-unknown': 'Det finns ingen avdelning med det namnet.',
  'problem.tag-rule.unit-unknown.next': 'Ange en avdelning som du får se.',
  'problem.tag-rule.too-many': 'Organisationen har redan så många taggregler som den får ha.',
  'problem.tag-rule.too-many.next': 'Ta bort en som inte behövs längre.',
  'event.tag-rule.added': 'Taggregeln {name} tillagd: den ger {tag}',
  'event.tag-rule.changed': 'Taggregeln {name} ändrad',
  'event.tag-rule.removed': 'Taggregeln {name} borttagen',
  'event.users.exported': 'Listan över personer laddades ner',
  'event.units.exported': 'Avdelningsträdet laddades ner',
}
