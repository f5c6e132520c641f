import type { setups as source } from '../en/setups.ts'

/** Texts of this part of the console. */
export const setups = {
  'event.setup.began':
    'Configuration commencée : elle finit d’elle-même en {minutes, plural, one {# minute} other {# minutes}}',
  'event.setup.progressed': 'Configuration : {done, number} sur {total, number} en place',
  'event.setup.stuck':
    'Configuration bloquée : {code, select, silent {l’appareil ne dit rien} failing {un élément requis échoue sans cesse} other {rien n’avance}}',
  'event.setup.ended':
    'Configuration terminée après {minutes, plural, one {# minute} other {# minutes}} : {why, select, ready {tout était en place} late {échéance atteinte, {done, number} sur {total, number} en place} other {plus rien à attendre}}',
  'problem.device.not-apple': 'Ce que l’appareil dit de lui-même n’est pas signé par un appareil dont Apple répond.',
  'problem.device.not-apple.next':
    'Inscrivez un véritable appareil. Pour un essai, nommez l’autorité de son certificat dans MUSTER_APPLE_DEVICE_CA.',
  'problem.device.replayed': 'Ce message exact a déjà inscrit un appareil.',
  'problem.device.replayed.next': 'Reconfigurez l’appareil : il signera alors un nouveau message.',
  'problem.device.challenge-unknown':
    'L’appareil répond à une question qui n’a pas été posée, ou il y a trop longtemps.',
  'problem.device.challenge-unknown.next': 'Rouvrez l’adresse sur l’appareil.',
  'problem.device.identity-changed': 'L’appareil qui s’inscrit n’est pas celui qui a reçu le profil.',
  'problem.device.identity-changed.next': 'Récupérez de nouveau le profil sur l’appareil lui-même.',
  'problem.setup.serial-missing': 'L’appareil ne dit pas son numéro de série.',
  'problem.setup.serial-missing.next': 'Un appareil annoncé le dit toujours ; examinez l’appareil.',
  'problem.setup.not-expected': 'Personne n’a annoncé cet appareil à l’organisation.',
  'problem.setup.not-expected.next':
    'Affectez-le à ce serveur dans Apple Business ou School, et attendez qu’il figure dans la liste.',
  'problem.setup.sign-in-needed': 'La personne qui configure cet appareil doit d’abord se connecter.',
  'problem.setup.sign-in-needed.next': 'Relancez l’assistant réglages : il ouvre la page de connexion.',
  'problem.signin.over': 'Cette connexion est terminée.',
  'problem.signin.over.next': 'Recommencez sur l’appareil.',
  'problem.signin.no-mail': 'Personne ne peut se connecter, car ce serveur n’envoie pas d’e-mails.',
  'problem.signin.no-mail.next':
    'Définissez MUSTER_SMTP_URL et MUSTER_MAIL_FROM, ou choisissez un émetteur avec lequel on se connecte.',
  'problem.account-door.closed': 'On ne peut pas inscrire d’appareil en se connectant ici.',
  'problem.account-door.closed.next': 'Ouvrez l’inscription par compte dans les réglages de l’organisation.',
  'problem.account-door.nobody': 'Personne ici n’a l’adresse de la personne qui s’est connectée.',
  'problem.account-door.nobody.next':
    'Ajoutez la personne avec exactement cette adresse, ou choisissez une autre revendication dans les réglages.',
  'problem.account-door.domain-taken': 'Une autre organisation de ce serveur utilise ce domaine.',
  'problem.account-door.domain-taken.next': 'Choisissez un domaine qui n’est qu’à vous.',
  'problem.account-door.issuer-unread': 'L’émetteur avec lequel on se connecte n’a pas encore été lu.',
  'problem.account-door.issuer-unread.next': 'Voyez pourquoi dans les réglages ; le serveur réessaie de lui-même.',
  'problem.account-door.incomplete':
    'La connexion avec un émetteur demande son adresse et l’identifiant de ce serveur chez lui.',
  'problem.account-door.incomplete.next': 'Renseignez les deux, ou choisissez le code envoyé par e-mail.',
  'event.account-door.changed':
    'Inscription par connexion décidée : {byod, select, true {appareils personnels} other {pas d’appareils personnels}}, {adde, select, true {appareils de l’organisation} other {pas d’appareils de l’organisation}}',
} as const satisfies Record<keyof typeof source, string>
