/** Texts of this part of the console. */
export const agent = {
  'event.agent.cloned': 'Une copie de l’agent parle pour {subject}',
  'event.agent.refused': '{subject} a refusé ce que le serveur a envoyé : {code}',
  'problem.agent.clock': 'L’horloge de l’appareil est loin de celle du serveur.',
  'problem.agent.clock.next': 'Rien à faire : l’agent prend l’heure dans cette réponse et redemande.',
  'problem.agent.challenge': 'Le défi ne vient pas de ce serveur, ou il est trop ancien.',
  'problem.agent.challenge.next':
    'Rien à faire : l’agent en demande un autre. Si cela persiste, créez une nouvelle invitation.',
  'problem.agent.item-other': 'Le document de l’appareil n’a pas cet élément, ou l’a dans une autre version.',
  'problem.agent.item-other.next': 'Rien à faire : l’agent prend son document le plus récent et redemande.',
  'problem.agent.item-own': 'Cet élément ne demande aucun certificat à l’autorité de ce serveur.',
  'problem.agent.item-own.next':
    'Choisissez ce serveur comme source du certificat dans la règle, ou ne l’attribuez pas aux appareils de notre propre agent.',
  'problem.agent.busy': 'Trop d’appareils commencent à s’inscrire avec cette invitation.',
  'problem.agent.busy.next': 'Attendez quelques minutes, puis scannez de nouveau le code.',
  'problem.agent.mode': 'Cette invitation est destinée à des appareils gérés autrement.',
  'problem.agent.mode.next':
    'Créez une invitation avec la bonne appartenance : entreprise pour l’appareil entier, personnelle pour un profil professionnel.',
  'problem.agent.replayed': 'Cette requête est antérieure à une autre qui a déjà reçu sa réponse.',
  'problem.agent.replayed.next':
    'Il n’y a rien à faire : l’agent redemande avec un compte plus récent. Si cela continue, quelqu’un répète ce que l’appareil a dit un jour.',
  'problem.agent.message': 'Le message de l’agent est illisible.',
  'problem.agent.message.next': 'Mettez l’agent à jour ; s’il est à jour, signalez-le avec le numéro de la requête.',
  'enrollment.kind.fully-managed': 'Appareil entier',
  'enrollment.kind.dedicated': 'Appareil entier à usage unique',
  'enrollment.kind.company-profile': 'Appareil d’entreprise avec profil professionnel',
  'enrollment.kind.work-profile': 'Appareil personnel, profil professionnel seulement',
  'problem.command.mode': 'La manière dont cet appareil est géré ne le permet pas.',
  'problem.command.mode.next': 'Choisissez une autre commande, ou inscrivez l’appareil pour qu’il soit géré en entier.',
  'command.kind.inventory.query': 'Tout redemander',
  'command.kind.app.uninstall': 'Supprimer une app',
  'command.kind.message.show': 'Afficher un message',
  'command.kind.enrollment.leave': 'Mettre fin à la gestion',
  'event.guard.approvers-changed': 'Approbateurs exigés par les appareils modifiés : {need} sur {people}',
  'held.why.proved': 'l’appareil lui-même exige des approbations',
  'held.action.guard.approvers': 'Changer les approbateurs exigés par les appareils',
  'problem.approval.not-pinned': 'Les appareils ne connaissent pas votre clé d’accès comme pouvant approuver ceci.',
  'problem.approval.not-pinned.next':
    'Demandez à un approbateur que les appareils connaissent, ou faites renouveler les approbateurs.',
  'problem.approvers.too-few':
    'Trop peu de personnes pourraient approuver : il en faut une de plus que requis, car nul n’approuve sa propre demande.',
  'problem.approvers.too-few.next':
    'Faites ajouter une clé d’accès à d’autres administrateurs ayant le droit d’approuver ; elle compte après un jour.',
} as const
