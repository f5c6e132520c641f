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
  'problem.device.shared': 'L’appareil est partagé : il n’appartient à personne.',
  'problem.device.shared.next': 'Indiquez d’abord qu’il n’est pas partagé, puis attribuez-le.',
  'problem.tag-rule.time-field':
    'Une règle ne peut pas dépendre de la date du dernier contact ou de l’inscription : le temps seul changerait la réponse.',
  'problem.tag-rule.time-field.next': 'Utilisez plutôt une vue enregistrée, ou retirez la condition.',
  'problem.tag-rule.tag-field':
    'Une règle ne peut pas dépendre des étiquettes : les règles se déclencheraient les unes les autres.',
  'problem.tag-rule.tag-field.next': 'Écrivez ce que l’autre étiquette signifie.',
  'problem.tag-rule.unit-unknown': 'Aucune unité ne porte ce nom.',
  'problem.tag-rule.unit-unknown.next': 'Citez une unité que vous pouvez voir.',
  'problem.tag-rule.too-many': 'L’organisation a atteint le nombre maximal de règles d’étiquetage.',
  'problem.tag-rule.too-many.next': 'Supprimez-en une devenue inutile.',
  'event.tag-rule.added': 'Règle d’étiquetage {name} ajoutée : elle donne {tag}',
  'event.tag-rule.changed': 'Règle d’étiquetage {name} modifiée',
  'event.tag-rule.removed': 'Règle d’étiquetage {name} supprimée',
  'event.users.exported': 'La liste des personnes a été téléchargée',
  'event.units.exported': 'L’arborescence des unités a été téléchargée',
}
