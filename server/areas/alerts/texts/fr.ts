import type { TextKey } from './en.ts'

/** What mails about alerts say. */
export const fr: Readonly<Record<TextKey, string>> = {
  'title.left-management': '{device} a quitté la gestion',
  'title.integrity': '{device} est débridé ou rooté',
  'title.violation': '{device} enfreint la règle « {rule} »{apps, select, none {} other { : {apps}}}',
  'title.malware': 'Logiciel malveillant sur {device}{apps, select, none {} other { : {apps}}}',
  'title.no-contact':
    'Aucun contact avec {device} depuis {days, plural, one {# jour} other {# jours}}{why, select, never {, depuis son inscription} noaddress { ; il ne peut pas être appelé} other {}}',
  'title.enrollment-stuck':
    'L’inscription de {device} n’est pas terminée après {minutes, plural, one {# minute} other {# minutes}}',
  'title.newcomer': '{name} demande à être admis{attested, select, failed {, et sa puce n’est pas crue} other {}}',
  'next.newcomer': 'Si vous attendez cet appareil, admettez-le ; si personne ne l’attend, refusez-le.',
  'title.cloned': 'Une copie de l’agent parle pour {device}',
  'next.cloned':
    'Trouvez lequel est le vrai : regardez son numéro de série et qui le détient. Mettez fin à la gestion sur la page de l’appareil, puis réinscrivez le vrai ; la copie est exclue du même coup.',
  'title.licenses-short': '{short, plural, one {# licence} other {# licences}} de « {name} » en moins',
  'title.app-failed':
    '« {name} » échoue sur {failed, plural, one {# appareil} other {# appareils}} sur {required, number}',
  'title.leading-refused': '{name} : le fournisseur refuse de diriger ici les appareils dont la personne se connecte',
  'title.program-troubled':
    '{cause, select, terms {{name} : les nouvelles conditions du fournisseur ne sont pas acceptées} refused {{name} : le fournisseur refuse les accès} expired {{name} : les accès ont expiré} throttled {{name} : le fournisseur demande sans cesse d’attendre} silent {{name} : le fournisseur n’a pas répondu à plusieurs reprises} elsewhere {{name} : un autre serveur exploite les mêmes appareils ou licences} other {{name} n’est pas à jour avec son fournisseur}}',
  'title.intake-red':
    'Le lot {name} n’est pas prêt pour le {day} : {reds, plural, one {# contrôle est} other {# contrôles sont}} au rouge',
  'title.intake-stuck':
    'Lot {name} : {count, plural, one {# appareil bloqué} other {# appareils bloqués}}, d’abord {serial}',
  'title.secret-doubted': 'Aucun des secrets conservés pour {device} ne l’ouvre',
  'title.secret-stuck': 'Un secret de {device} n’a pas pu être remplacé',
  'title.setup-stuck':
    '{device} est bloqué dans sa configuration : {cause, select, silent {muet depuis {minutes, plural, one {# minute} other {# minutes}}} failing {un élément requis échoue sans cesse} other {rien n’avance}}',
  'title.command-failed': '{device} n’a pas pu exécuter « {command} »',
  'title.item-failed': '{device} n’a pas accepté « {item} » après le dernier essai',
  'title.expiring':
    '{what, select, apns {Le certificat push d’Apple} tls {Le certificat TLS de ce serveur} ca_tls {L’autorité de ce serveur} ca_device {L’autorité qui certifie les appareils} ca_scep {L’autorité SCEP} profile_signing {Le certificat qui signe les profils} devices {Le jeton d’inscription automatisée « {subject} »} content {Le jeton des apps et livres « {subject} »} portal {La clé du portail du fournisseur « {subject} »} vendor {Le certificat de fournisseur} other {{subject}}} expire dans {days, plural, one {# jour} other {# jours}}',
  'title.account-trouble':
    '{why, select, deactivated {« {address} » n’est plus l’adresse de personne, et le parc en dépend} other {« {address} » ne répond plus depuis un mois, et le parc en dépend}}',
  'title.incident': '{device} a été déclaré {kind, select, stolen {volé} other {perdu}}',
  'title.order-held': 'Un ordre permanent pour {device} est échu, mais retenu',
  'title.push-refused': 'Apple refuse le certificat de notification : aucun appareil ne peut être appelé',
  'title.push-failing':
    'Le service de notification est injoignable depuis {minutes, plural, one {# minute} other {# minutes}}',
  'title.push-address': '{device} ne peut plus être appelé : son adresse de notification est morte',
  'title.mail-undelivered': 'Des courriels n’arrivent pas',
  'title.campaign-halted':
    'La campagne « {name} » s’est interrompue d’elle-même : {failed, plural, one {# appareil} other {# appareils}} sur {reached} en échec',
  'title.exception-asked': 'Une exception à « {rule} » est demandée',
  'title.hours-asked': 'Une exception au temps de travail est demandée',
  'title.privacy-check':
    '{count, plural, one {Une promesse de la charte de confidentialité n’est pas tenue} other {# promesses de la charte de confidentialité ne sont pas tenues}}',
  'title.guard-held':
    '« {action} » pour {count, plural, one {# appareil} other {# appareils}} est retenu et attend une approbation',
  'title.guard-proposed': '« {action} » est proposé et prendra effet de lui-même si personne ne l’arrête',
  'title.guard-breaker':
    'Le disjoncteur est ouvert : {count, plural, one {# appareil a été effacé ou libéré} other {# appareils ont été effacés ou libérés}} en {minutes, plural, one {# minute} other {# minutes}}',
  'title.guard-frozen': 'Tout est gelé : aucun ordre ne quitte le serveur',
  'title.guard-restored':
    'Le serveur a été restauré depuis une sauvegarde : rien de destructif ne part avant sa libération',
  'title.guard-time':
    'L’horloge du serveur a sauté de {minutes, plural, one {# minute} other {# minutes}} : ce qui attend son heure est retenu',
  'next.left-management':
    'Demandez à la personne si elle a supprimé le profil de gestion. Si l’appareil est perdu, signalez-le ; sinon, réinscrivez-le.',
  'next.integrity':
    'Éloignez-en les données de travail : examinez les preuves, puis restreignez l’appareil ou reprenez-le.',
  'next.violation':
    'La personne est informée de la marche à suivre. L’alerte se ferme d’elle-même dès que l’appareil respecte à nouveau la règle.',
  'next.malware':
    'Faites supprimer l’application et vérifier l’appareil avant toute nouvelle utilisation professionnelle.',
  'next.no-contact':
    'Demandez à la personne où se trouve l’appareil. Si elle est absente, notez jusqu’à quand ; si personne ne sait, déclarez-le perdu.',
  'next.enrollment-stuck':
    'Regardez l’appareil : souvent une étape attend un appui, ou le réseau manquait. Recommencer est sans danger.',
  'next.licenses-short': 'Achetez-en dans Apple Business ou School Manager, ou récupérez celles qui ne servent pas.',
  'next.app-failed':
    'Regardez les raisons appareil par appareil. Corrigez d’abord ce qui est commun, puis réessayez ou redemandez à la personne.',
  'next.leading-refused':
    'Ouvrez l’inscription par connexion : la réponse du fournisseur y figure. La demande est répétée chaque jour ; d’ici là, seule l’adresse de votre propre domaine amène des appareils ici.',
  'next.program-troubled':
    'Ouvrez le programme : il dit quoi faire. D’ici là, rien de nouveau n’est lu ni affecté, et rien n’est perdu.',
  'next.intake-red': 'Ouvrez le lot : chaque contrôle au rouge dit quoi faire et où.',
  'next.intake-stuck': 'Ouvrez le lot : chaque appareil bloqué y est nommé avec sa cause.',
  'next.secret-doubted': 'Vérifiez sur l’appareil qui l’a changé, redéfinissez-le et consultez l’historique ici.',
  'next.secret-stuck': 'Voyez ce qui s’y oppose dans l’onglet Sécurité de l’appareil.',
  'next.setup-stuck':
    'Regardez l’appareil : est-il allumé et connecté ? Il pourra continuer à l’échéance quoi qu’il arrive ; sa page dit ce qu’il attend.',
  'next.command-failed': 'Lisez la réponse de l’appareil, puis renvoyez l’ordre ou choisissez une autre voie.',
  'next.item-failed': 'Lisez la raison, corrigez la règle ou l’appareil, puis relancez l’essai.',
  'next.account-trouble':
    'Tant que quelqu’un peut encore s’y connecter : donnez au compte chez le fournisseur une adresse de groupe lue par l’équipe, puis notez-la dans les comptes suivis.',
  'next.expiring':
    'Renouvelez-le maintenant, avec le compte qui l’a créé : après son terme, les appareils seront injoignables ou ne feront plus confiance au serveur.',
  'next.incident': 'Ouvrez l’incident : tout ce qui aide se trouve sur une seule page.',
  'next.order-held': 'Voyez pourquoi il est retenu et libérez-le, ou retirez l’ordre.',
  'next.push-refused': 'Renouvelez le certificat de notification avec le même compte Apple, puis importez-le.',
  'next.push-failing':
    'Vérifiez la sortie réseau de ce serveur, son pare-feu et son horloge. Les appareils seront appelés dès que le service répondra ; rien n’est perdu.',
  'next.push-address': 'Cela se rétablit au prochain appel spontané de l’appareil. Sinon, réinscrivez-le.',
  'next.mail-undelivered': 'Voyez dans la boîte d’envoi quelles adresses sont refusées, et corrigez-les.',
  'next.campaign-halted':
    'Voyez quels appareils ont échoué et pourquoi. Arrêtez-la si la version est mauvaise ; laissez-la reprendre si la cause est ailleurs.',
  'next.exception-asked': 'Accordez-la avec une date de fin, ou refusez-la avec une raison que la personne lira.',
  'next.hours-asked': 'Accordez-la jusqu’à une heure donnée, ou refusez-la.',
  'next.privacy-check':
    'Prévenez l’exploitant et les signataires de la charte ; le journal du serveur nomme ce qui a été trouvé.',
  'next.guard-held':
    'Si vous n’en savez rien, arrêtez-le : tout administrateur peut l’annuler. Si c’est juste, une personne qui ne l’a pas demandé l’approuve.',
  'next.guard-proposed': 'Si vous n’en savez rien, arrêtez-le : tout administrateur peut l’annuler.',
  'next.guard-breaker':
    'Cherchez qui en est l’auteur. Plus rien n’est effacé tant que personne ne referme le disjoncteur.',
  'next.guard-frozen':
    'Parlez à la personne qui a gelé. Un autre administrateur dégèle avec une clé d’accès une fois le danger passé.',
  'next.guard-restored': 'Vérifiez ce que la sauvegarde ignorait, puis libérez sur le serveur lui-même.',
  'next.guard-time': 'Vérifiez l’horloge de la machine, puis confirmez l’heure sur le serveur lui-même.',
  'person.left-management.subject': 'Votre appareil {device} n’est plus géré',
  'person.left-management.text':
    'Votre appareil {device} a quitté la gestion de {org}. Les applications, la messagerie et les réseaux de travail peuvent cesser d’y fonctionner. Si ce n’était pas voulu, ou si l’appareil est perdu, prévenez tout de suite votre équipe informatique.',
  'person.integrity.subject': 'Votre appareil {device} n’est pas sûr pour le travail',
  'person.integrity.text':
    'Votre appareil {device} montre des signes d’un système modifié (débridage ou root). Sa protection ne tient plus. Restaurez le système d’origine dans les réglages de l’appareil ou avec un ordinateur ; si vous ignorez d’où cela vient, demandez à votre équipe informatique.',
  'person.violation.subject': 'Merci de corriger un point sur {device}',
  'person.violation.text':
    'Votre appareil {device} ne respecte pas la règle « {rule} » de {org}.{apps, select, none { Ouvrez les réglages de l’appareil et corrigez ce que la règle demande.} other { Cela concerne : {apps}. Supprimez-le de l’appareil : touchez longuement son icône, puis choisissez de la supprimer.}} Une fois fait, l’avis se ferme de lui-même ; inutile de répondre.',
  'person.malware.subject': 'Une application dangereuse se trouve sur {device}',
  'person.malware.text':
    'Une application nuisible a été trouvée sur votre appareil {device}{apps, select, none {} other { : {apps}}}. Supprimez-la maintenant, ne saisissez aucun mot de passe d’ici là, et prévenez votre équipe informatique.',
  'person.no-contact.subject': 'Où est {device} ?',
  'person.no-contact.text':
    'Votre appareil {device} n’a pas donné signe de vie depuis {days, plural, one {# jour} other {# jours}}. Si vous l’avez, allumez-le et connectez-le à un réseau quelques minutes. S’il est perdu ou volé, prévenez aussitôt votre équipe informatique. Si vous êtes absent sans lui, dites jusqu’à quand.',
  'person.enrollment-stuck.subject': 'La configuration de {device} n’est pas terminée',
  'person.enrollment-stuck.text':
    'La configuration de votre appareil {device} a commencé mais n’est pas terminée. Connectez-le à un réseau et suivez les étapes affichées ; s’il n’en affiche aucune, rouvrez l’invitation.',
  'person.push-address.subject': '{device} n’est plus joignable',
  'person.push-address.text':
    'Votre appareil {device} ne peut plus être appelé par {org}. Allumez-le et connectez-le à un réseau quelques minutes. Si vous ne l’avez plus, prévenez votre équipe informatique.',
  severity: '{severity, select, critical {Critique} warning {Avertissement} other {À surveiller}}',
  'subject.one': '{severity} : {title}',
  'subject.many': '{count, plural, one {# alerte} other {# alertes}} chez {org} : {title} …',
  since: 'Depuis le {at, date, medium} {at, time, short} ({zone})',
  repeated: 'signalé {times, plural, one {une fois} other {# fois}}',
  more: '… et {count, plural, one {une autre} other {# autres}}',
  everyone: 'Chaque administrateur de {org} reçoit ce courriel aussitôt ; il ne peut pas être désactivé.',
  why: 'Ce que vous recevez par courriel, et quand, se choisit ici : {url}',
  'assigned.subject': '{who} vous a confié : {title}',
  'digest.subject':
    '{org} : {fresh, plural, =0 {rien de nouveau} one {# nouvelle alerte} other {# nouvelles alertes}}, {open} en cours — {at, date, medium}',
  'digest.fresh': 'Nouveau depuis le dernier résumé',
  'digest.open': 'Toujours en cours',
  'digest.ended': '{count, plural, one {# alerte s’est terminée} other {# alertes se sont terminées}} depuis.',
  'digest.anchor':
    'Ancre du journal : entrée {seq}, {hash}. Conservez ce courriel : il prouvera que rien d’antérieur n’a été modifié.',
  'person.hello': 'Bonjour {name},',
  'person.fix': 'Votre équipe informatique précise : {fix}',
  'person.my': 'Ce que {org} voit de vos appareils, et ce qu’elle ne voit jamais : {url}',
  'person.end': 'Ce courriel a été écrit par Muster au nom de {org}.',
  'test.subject': 'Un courriel d’essai de Muster',
  'test.text':
    'Voici le courriel d’essai que vous avez demandé. Si vous le lisez, la messagerie fonctionne : alertes, résumés et liens arriveront.',
}
