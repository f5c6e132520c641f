import type { Part } from '../en.ts'
import type { reports as english } from '../en/reports.ts'

export const reports: Part<typeof english> = {
  'event.report.saved': 'Rapport {name} enregistré{scheduled, select, true { avec une planification} other {}}',
  'event.report.changed': 'Rapport {name} modifié',
  'event.report.removed': 'Rapport {name} supprimé',
  'event.report.made':
    'Rapport {name} produit : {rows, plural, one {# ligne} other {# lignes}}{recipients, plural, =0 {} one {, envoyé à # personne} other {, envoyé à # personnes}}',
  'event.report.failed': 'Le rapport {name} n’a pas pu être produit',
  'event.evidence.made': 'Dossier de preuves produit',
  'problem.past.unread': 'Ce n’est ni un jour ni un instant que l’on puisse demander.',
  'problem.past.unread.next': 'Choisissez un jour dans le calendrier.',
  'problem.past.ahead': 'Ce jour n’est pas encore arrivé.',
  'problem.past.ahead.next': 'Choisissez aujourd’hui ou un jour antérieur.',
  'problem.past.not-kept': 'Le passé n’est pas conservé aussi loin.',
  'problem.past.not-kept.next':
    'Choisissez un jour plus récent. L’historique est conservé 400 jours et commence avec ce serveur.',
  'problem.report.running': 'Ce fichier n’est pas encore prêt.',
  'problem.report.running.next': 'Attendez qu’il le soit, puis récupérez-le à nouveau.',
  'problem.report.expired': 'Ce fichier n’est plus conservé.',
  'problem.report.expired.next': 'Relancez le rapport : pour le même jour, il dira la même chose.',
  'problem.report.too-many': 'Le nombre maximal est atteint.',
  'problem.report.too-many.next': 'Supprimez-en un dont personne n’a besoin, ou attendez la fin d’une exécution.',
  'problem.report.column-unknown': 'Aucune colonne ne porte ce nom.',
  'problem.report.column-unknown.next': 'Choisissez des colonnes dans la liste.',
  'problem.report.no-mail': 'Ce serveur ne peut pas encore envoyer de courriel.',
  'problem.report.no-mail.next':
    'Demandez à l’exploitant du serveur de configurer le courriel, ou enregistrez le rapport sans adresse et récupérez ses fichiers ici.',
}
