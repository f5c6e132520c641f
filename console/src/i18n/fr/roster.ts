import type { roster as source } from '../en/roster.ts'

/** Texts of this part of the console. */
export const roster = {
  'problem.program.taken': 'Un autre programme utilise déjà ces accès.',
  'problem.program.taken.next': 'Utilisez le programme existant ou supprimez-le d’abord.',
  'problem.program.file-unreadable': 'Ce n’est pas un fichier de jeton de serveur.',
  'problem.program.file-unreadable.next':
    'Prenez le fichier .p7m tel qu’il a été téléchargé, sans l’ouvrir ni l’enregistrer.',
  'problem.program.key-unknown': 'Le jeton a été créé pour un autre certificat.',
  'problem.program.key-unknown.next':
    'Déposez le dernier certificat de cette page chez le fournisseur, téléchargez un nouveau jeton et utilisez celui-ci.',
  'problem.program.token-over': 'Le jeton a expiré.',
  'problem.program.token-over.next': 'Téléchargez un nouveau jeton chez le fournisseur.',
  'problem.program.other-server': 'Le jeton appartient à un autre serveur chez le fournisseur.',
  'problem.program.other-server.next':
    'Téléchargez le jeton du même serveur. Pour un autre, ajoutez un programme distinct.',
  'problem.program.kind-wrong': 'Le programme est d’un autre type.',
  'problem.program.kind-wrong.next': 'Choisissez un programme qui annonce des appareils.',
  'problem.entry.unknown': 'Certains de ces numéros de série ne sont pas annoncés ici.',
  'problem.entry.unknown.next': 'Retirez-les de la liste ou attendez que le fournisseur les annonce.',
  'problem.setup.name-taken': 'Une autre configuration initiale porte ce nom.',
  'problem.setup.name-taken.next': 'Choisissez un autre nom.',
  'problem.setup.in-use': 'Cette configuration initiale est prévue pour des appareils ou des programmes.',
  'problem.setup.in-use.next': 'Donnez-leur d’abord une autre configuration.',
  'problem.setup.step-unknown': 'Certaines des étapes à ignorer sont inconnues.',
  'problem.setup.step-unknown.next': 'Retirez les étapes nommées ci-dessous.',
  'event.program.added': 'Programme {name} ajouté',
  'event.program.changed':
    'Programme {name} : {state, select, new {pas encore interrogé} good {à jour} terms {conditions non acceptées} refused {refusé} expired {expiré} throttled {prié d’attendre} silent {sans réponse} elsewhere {exploité par un autre serveur} other {modifié}}',
  'event.program.troubled':
    'Le programme {name} a besoin de quelqu’un : {state, select, terms {les conditions du fournisseur ne sont pas acceptées} refused {le fournisseur refuse les accès} expired {les accès ont expiré} throttled {le fournisseur demande sans cesse d’attendre} silent {le fournisseur ne répond pas} elsewhere {un autre serveur l’exploite} other {problème}}',
  'event.program.recovered': 'Le programme {name} est de nouveau à jour',
  'event.program.renewed': 'Accès du programme {name} renouvelés',
  'event.program.removed': 'Programme {name} supprimé',
  'event.roster.grew': '{added, plural, one {# appareil annoncé} other {# appareils annoncés}}',
  'event.roster.shrank':
    '{gone, plural, one {# appareil n’est plus annoncé} other {# appareils ne sont plus annoncés}}',
  'event.roster.unassigned':
    'Le fournisseur n’a pas accepté la configuration initiale de {devices, plural, one {# appareil} other {# appareils}}',
  'event.roster.changed':
    'Choix modifiés pour {devices, plural, one {# appareil annoncé} other {# appareils annoncés}}',
  'event.setup.added': 'Configuration initiale {name} ajoutée',
  'event.setup.changed': 'Configuration initiale {name} modifiée',
  'event.setup.removed': 'Configuration initiale {name} supprimée',
} as const satisfies Record<keyof typeof source, string>
