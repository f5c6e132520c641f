import type { intakes as en } from '../en/intakes.ts'

export const intakes: Record<keyof typeof en, string> = {
  'event.intake.planned':
    'Lot {name} prévu pour le {day} : {lines, plural, =0 {appareils du registre} one {# appareil} other {# appareils}}{blocked, plural, =0 {} one { (# ligne fautive)} other { (# lignes fautives)}}',
  'event.intake.changed': 'Lot {name} modifié',
  'event.intake.removed': 'Lot {name} supprimé',
  'event.intake.edited': 'Lignes du lot {name} modifiées',
  'event.intake.prepared': 'Lot {name} préparé : {lines, plural, one {# appareil} other {# appareils}}',
  'event.intake.checked':
    'Contrôle préalable du lot {name} : {reds, plural, =0 {rien au rouge} one {# point au rouge} other {# points au rouge}}{ambers, plural, =0 {} other {, # à l’orange}}',
  'event.intake.troubled':
    'Le lot {name} n’est pas prêt pour le {day} : {reds, plural, one {# contrôle est} other {# contrôles sont}} au rouge',
  'event.intake.cleared': 'Lot {name} : plus rien n’est au rouge',
  'event.intake.opened': 'Journée du lot {name} ouverte : {lines, plural, one {# appareil} other {# appareils}}',
  'event.intake.stepped':
    '{serial} du lot {name} : {now, select, expected {attendu} unboxed {déballé} enrolled {enrôlé} configuring {en configuration} ready {prêt} stuck {bloqué} other {modifié}}',
  'event.intake.stuck': 'Lot {name} : {serial} est bloqué',
  'event.intake.freed': 'Lot {name} : plus rien n’est bloqué',
  'event.intake.closed':
    'Lot {name} clos : {ready} sur {lines} prêts{left, plural, =0 {} one {, # restant} other {, # restants}}',
  'problem.intake.empty': 'Il ne contient aucune ligne.',
  'problem.intake.empty.next': 'Donnez au moins un numéro de série, ou un fichier avec un appareil par ligne.',
  'problem.intake.too-many': 'Il contient plus de lignes qu’un lot n’en accepte.',
  'problem.intake.too-many.next': 'Répartissez-le en plusieurs lots.',
  'problem.intake.unreadable': 'Le fichier ne peut pas être lu au-delà d’une ligne.',
  'problem.intake.unreadable.next': 'Cherchez un guillemet jamais refermé à la ligne indiquée ici.',
  'problem.intake.day-malformed': 'Le jour n’existe pas dans le calendrier.',
  'problem.intake.day-malformed.next': 'Écrivez-le comme 2026-04-01, avec le nom d’un fuseau horaire.',
  'problem.intake.closed': 'Le lot est clos.',
  'problem.intake.closed.next': 'Son compte rendu reste. Créez un nouveau lot pour d’autres appareils.',
  'problem.intake.open': 'La journée de ce lot a commencé ; ce n’est donc plus possible.',
  'problem.intake.open.next': 'Clôturez le lot, ou modifiez l’attribution de son gabarit.',
  'problem.intake.red': 'Certains contrôles sont au rouge.',
  'problem.intake.red.next': 'Corrigez-les, ou ouvrez la journée malgré eux.',
  'problem.intake.not-open': 'La journée de ce lot n’est pas encore ouverte.',
  'problem.intake.not-open.next': 'Ouvrez d’abord la journée, ou supprimez le lot.',
  'problem.intake.line-taken': 'L’appareil de cette ligne est déjà là.',
  'problem.intake.line-taken.next': 'Modifiez l’appareil lui-même.',
  'problem.intake.setup-elsewhere': 'Cette configuration initiale ne peut pas servir à l’unité du lot.',
  'problem.intake.setup-elsewhere.next': 'Choisissez-en une que vous pouvez voir.',
}
