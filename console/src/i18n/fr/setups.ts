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
  'setupRun.title': 'En cours de configuration',
  'setupRun.none': 'Aucun appareil en cours de configuration',
  'setupRun.noneText':
    'Un appareil annoncé qui attend dans son assistant apparaît ici, avec ce qu’il attend. Il continue toujours à son échéance.',
  'setupRun.running': 'Configuration en cours.',
  'setupRun.stuck': 'La configuration est bloquée.',
  'setupRun.late': 'L’appareil a continué sans tout avoir.',
  'setupRun.runningWord': 'En cours',
  'setupRun.stuckWord': 'Bloqué',
  'setupRun.waits': 'En attente : {what}.',
  'setupRun.lacked': 'Il manquait alors : {what}.',
  'setupRun.progress': '{done, number} sur {total, number} en place.',
  'setupRun.until': 'Il continue au plus tard à {time} ; dernier signe {seen}.',
  'setupRun.waits.apps': '{left, number} sur {of, plural, one {# app} other {# apps}}',
  'setupRun.waits.items': '{left, number} sur {of, plural, one {# réglage} other {# réglages}}',
  'setupRun.waits.computing': 'le calcul de ce qu’il doit avoir',
  'setupRun.waits.account': 'le premier compte du Mac',
  'setupRun.waits.release': 'que l’appareil apprenne qu’il peut continuer',
  'setupRun.waits.silent': 'un signe de l’appareil, muet depuis {since}',
  'setupRun.waits.failing': 'un élément qui échoue sans cesse ; voir Règles effectives',
  'door.title': 'Inscription par connexion',
  'door.lede':
    'On ajoute son adresse professionnelle dans les réglages de son iPhone, iPad ou Mac, on se connecte, et l’appareil est inscrit pour soi.',
  'door.who': 'Quels appareils, et qui se connecte',
  'door.byod': 'Appareils personnels, données de travail seules',
  'door.byodHint': 'Le numéro de série reste caché ; rien de privé ne peut être vu ni effacé.',
  'door.adde': 'Appareils de l’organisation',
  'door.addeHint': 'Gérés en entier, comme par une invitation.',
  'door.way': 'Comment on prouve son identité',
  'door.wayWeb': 'Un code par e-mail',
  'door.wayIssuer': 'Votre émetteur OpenID Connect',
  'door.noMail': 'Ce serveur n’envoie pas encore d’e-mails : personne ne pourrait se connecter.',
  'door.issuer': 'Adresse de l’émetteur',
  'door.issuerHint': 'Son document de découverte doit le nommer exactement ainsi.',
  'door.clientId': 'Identifiant de ce serveur chez lui',
  'door.scope': 'Portée',
  'door.claim': 'Revendication de l’adresse e-mail',
  'door.issuerUnread': 'Lecture de l’émetteur en cours.',
  'door.issuerRead': 'Émetteur lu le {time}.',
  'door.issuerProblem.status': 'L’émetteur répond, mais pas avec son document de découverte.',
  'door.issuerProblem.document': 'Le document de découverte de l’émetteur est incomplet.',
  'door.issuerProblem.another': 'L’émetteur se nomme autrement qu’ici.',
  'door.issuerProblem.keys': 'Les clés de l’émetteur sont illisibles.',
  'door.issuerProblem.unreachable': 'L’émetteur est injoignable depuis ce serveur.',
  'door.domains': 'Domaines des adresses',
  'door.domainsHint': 'Un par ligne. Ils distinguent plusieurs organisations sur ce serveur.',
  'door.save': 'Enregistrer',
  'door.domainTitle': 'Ce que votre domaine doit répondre',
  'door.domainText':
    'Les appareils interrogent le serveur web du domaine après le @. Il doit répondre à cette adresse par ce texte, en application/json.',
  'door.closedNote': 'Aucun appareil n’est encore admis : cochez une case et enregistrez.',
  'door.copyPath': 'Copier le chemin',
  'door.copyAnswer': 'Copier la réponse',
  'door.answer': 'La réponse du domaine',
  'door.redirectText': 'Une redirection vers le même chemin de ce serveur convient aussi.',
  'door.led': 'Laisser Apple diriger les appareils ici',
  'door.ledHint':
    'Quand un domaine ne répond rien, les appareils interrogent Apple (iOS 18.2, macOS 15.2 et ultérieurs). Apple les dirige ici dès qu’un programme d’inscription automatisée le lui a dit.',
  'door.ledNobody': 'C’est un programme d’inscription automatisée qui le dit à Apple, et il n’y en a pas encore.',
  'door.leading.told': '« {name} » l’a dit à Apple {time} : les appareils sont dirigés ici.',
  'door.leading.waits': '« {name} » est en train de le dire à Apple.',
  'door.leading.refused': 'Apple le refuse à « {name} » :',
  'door.leadingProblem.ORG_NOT_SUPPORTED': 'Apple ne le propose pas à votre organisation.',
  'door.leadingProblem.MDM_SERVICE_DISCOVERY_URL_NOT_VALID':
    'Apple ne peut pas utiliser l’adresse de ce serveur : elle doit être publique et commencer par https.',
  'door.ledText': 'Rien n’est alors à déposer sur le serveur web du domaine, sauf pour les systèmes plus anciens.',
  'event.account-door.led':
    '{led, select, true {Apple dirige ici les appareils qui se connectent, sur demande de « {name} »} other {Apple ne dirige plus ici les appareils qui se connectent, sur demande de « {name} »}}',
  'event.account-door.led-refused':
    'Apple a refusé à « {name} » de diriger ici les appareils qui se connectent : {problem}',
  'event.setup.accounts-decided':
    'Réglage « {name} » : {primary, select, standard {compte de la personne sans droits} none {aucun compte de la personne} other {compte de la personne comme d’habitude}}, {admin, select, true {avec un administrateur à nous} other {sans administrateur à nous}}',
  'problem.setup.no-account': 'Un Mac sans compte de la personne a besoin d’un administrateur à vous.',
  'problem.setup.no-account.next': 'Ajoutez un administrateur, ou laissez la personne créer un compte.',
  'problem.setup.wifi-wrong': 'Ce n’est pas un profil contenant un réseau Wi-Fi.',
  'problem.setup.wifi-wrong.next': 'Exportez le réseau en profil non signé, par exemple depuis Apple Configurator.',
  'problem.wipe.return-unsuited': 'Cet appareil ne peut pas revenir de lui-même après effacement.',
  'problem.wipe.return-unsuited.next':
    'Il faut un iPhone ou iPad supervisé avec iOS 17 ou plus. Effacez-le comme d’habitude.',
  'door.configurator': 'Pour Apple Configurator, voici l’adresse du serveur :',
  'door.copyConfigurator': 'Copier pour Configurator',
  'problem.wipe.return-unpromised':
    'Cet appareil n’est pas arrivé par inscription automatique : une fois effacé, il ne retrouverait pas son chemin.',
  'problem.wipe.return-unpromised.next':
    'Attribuez-le à ce serveur dans le portail d’Apple et inscrivez-le une fois ainsi. Ou effacez-le de la manière habituelle.',
  'problem.wipe.return-sign-in':
    'Sa configuration demande d’abord une connexion, et personne ne serait là pour la faire.',
  'problem.wipe.return-sign-in.next':
    'Donnez-lui une configuration sans connexion avant de l’effacer, ou effacez-le de la manière habituelle.',
  'problem.wipe.return-no-network': 'Cette configuration n’a pas de réseau pour les appareils qui reviennent.',
  'problem.wipe.return-no-network.next':
    'Choisissez-en une autre, apportez un profil du réseau, ou laissez-le revenir par câble ou par données mobiles.',
} as const satisfies Record<keyof typeof source, string>
