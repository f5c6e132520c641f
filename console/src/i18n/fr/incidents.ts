import type { Part } from '../en.ts'
import type { incidents as english } from '../en/incidents.ts'

export const incidents: Part<typeof english> = {
  'event.incident.opened': '{kind, select, stolen {Vol signalé} other {Perte signalée}} : incident {number}',
  'event.incident.acted':
    'Incident {number} : {what, select, refused {n’a pas pu être verrouillé} lock {verrouillé de nouveau} message {message pour son écran} sound {on l’a fait sonner} locate {on a demandé où il est} erase {ordre de s’effacer} other {ordre de retirer les données professionnelles}}',
  'event.incident.found': 'Incident {number} : l’appareil a été retrouvé',
  'event.incident.written-off': 'Incident {number} : l’appareil est considéré comme perdu',
  'event.incident.closed': 'L’incident {number} a été clos',
  'event.standing-order.set': 'Une consigne permanente a été donnée',
  'event.standing-order.changed': 'Sa consigne permanente a été modifiée',
  'event.standing-order.canceled': 'Sa consigne permanente a été retirée',
  'event.standing-order.due': 'Sa consigne permanente est arrivée à échéance',
  'event.standing-order.sent':
    'Sa consigne permanente a été exécutée : {after, select, erase {effacer} other {retirer les données professionnelles}}',
  'event.standing-order.held': 'Sa consigne permanente attend',
  'problem.incident.over': 'L’incident est terminé.',
  'problem.incident.over.next': 'Signalez l’appareil de nouveau s’il disparaît encore.',
  'problem.incident.not-over': 'L’appareil n’a été ni retrouvé ni considéré comme perdu.',
  'problem.incident.not-over.next': 'Dites lequel des deux avant de clore l’incident.',
  'problem.incident.confirm-differs': 'Ce que vous avez saisi désigne un autre appareil.',
  'problem.incident.confirm-differs.next':
    'Saisissez l’étiquette d’inventaire, le numéro de série ou le nom de l’appareil disparu.',
  'problem.incident.personal-device':
    'L’appareil appartient à la personne qui l’utilise ; il n’est donc jamais effacé.',
  'problem.incident.personal-device.next': 'Retirez plutôt ses données professionnelles.',
  'problem.incident.not-managed': 'L’appareil n’est pas géré ; rien ne peut être fait d’ici.',
  'problem.incident.not-managed.next':
    'Consignez ce que vous savez dans la note, et closez l’incident quand l’appareil est retrouvé ou considéré comme perdu.',
  'problem.incident.not-sealed': 'Le journal est en cours de scellement.',
  'problem.incident.not-sealed.next': 'Redemandez dans quelques secondes.',
  'problem.order.sent': 'La consigne est arrivée à échéance et sa commande est en route.',
  'problem.order.sent.next': 'Annulez d’abord la commande, si elle n’est pas encore partie.',
  'problem.order.until-passed': 'Le terme de la consigne est passé.',
  'problem.order.until-passed.next': 'Choisissez un moment à venir, ou effacez l’appareil maintenant.',
}
