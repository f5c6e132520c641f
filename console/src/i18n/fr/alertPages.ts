import type { Part } from '../en.ts'
import type { alertPages as english } from '../en/alertPages.ts'

export const alertPages: Part<typeof english> = {
  'event.mail.undelivered':
    '{state, select, late {Un courriel n’a pas été accepté à temps} other {Un courriel a été refusé définitivement}}',
  'event.alert.opened': 'Alerte ouverte',
  'event.alert.raised': 'Alerte aggravée',
  'event.alert.reopened': 'Alerte rouverte',
  'event.alert.acknowledged': 'Alerte prise en compte',
  'event.alert.assigned': '{to, select, null {Alerte retirée à son responsable} other {Alerte confiée à quelqu’un}}',
  'event.alert.snoozed': '{until, select, null {Alerte sortie de pause} other {Alerte mise en pause}}',
  'event.alert.resolved': '{how, select, settled {Alerte terminée d’elle-même} other {Alerte close à la main}}',
  'event.alert.commented': 'Une note a été ajoutée à une alerte',
  'event.alert.person-told':
    '{what, select, asked {La personne a été interrogée par courriel} other {La personne a été prévenue par courriel}}',
  'event.alert.rules-changed': 'Le traitement d’un type d’alerte a été modifié',
  'event.device.quieted': 'Discret : aucun contact depuis {days, plural, one {# jour} other {# jours}}',
  'event.device.heard': 'De nouveau entendu',
  'event.device.held': 'Absence connue pour un temps',
  'event.device.hold-ended': 'L’absence connue a pris fin',
  'event.enrollment.stuck': 'Inscription inachevée après {minutes, plural, one {# minute} other {# minutes}}',
  'event.push.failing':
    'Service de notification injoignable depuis {minutes, plural, one {# minute} other {# minutes}}',
  'event.push.recovered': 'Le service de notification répond de nouveau',
  'alert.title.left-management': '{device} a quitté la gestion',
  'alert.title.integrity': '{device} est débridé ou rooté',
  'alert.title.violation': '{device} enfreint la règle « {rule} »{apps, select, none {} other { : {apps}}}',
  'alert.title.malware': 'Logiciel malveillant sur {device}{apps, select, none {} other { : {apps}}}',
  'alert.title.no-contact':
    'Aucun contact avec {device} depuis {days, plural, one {# jour} other {# jours}}{why, select, never {, depuis son inscription} noaddress { ; il ne peut pas être appelé} other {}}',
  'alert.title.enrollment-stuck':
    'L’inscription de {device} n’est pas terminée après {minutes, plural, one {# minute} other {# minutes}}',
  'alert.title.newcomer':
    '{name} demande à être admis{attested, select, failed {, et sa puce n’est pas crue} other {}}',
  'alert.next.newcomer': 'Si vous attendez cet appareil, admettez-le ; si personne ne l’attend, refusez-le.',
  'alert.title.cloned': 'Une copie de l’agent parle pour {device}',
  'alert.next.cloned':
    'Trouvez lequel est le vrai : regardez son numéro de série et qui le détient. Mettez fin à la gestion sur la page de l’appareil, puis réinscrivez le vrai ; la copie est exclue du même coup.',
  'alert.title.licenses-short': '{short, plural, one {# licence} other {# licences}} de « {name} » en moins',
  'alert.title.app-failed':
    '« {name} » échoue sur {failed, plural, one {# appareil} other {# appareils}} sur {required, number}',
  'alert.title.leading-refused':
    '{name} : le fournisseur refuse de diriger ici les appareils dont la personne se connecte',
  'alert.title.program-troubled':
    '{cause, select, terms {{name} : les nouvelles conditions du fournisseur ne sont pas acceptées} refused {{name} : le fournisseur refuse les accès} expired {{name} : les accès ont expiré} throttled {{name} : le fournisseur demande sans cesse d’attendre} silent {{name} : le fournisseur n’a pas répondu à plusieurs reprises} elsewhere {{name} : un autre serveur exploite les mêmes appareils ou licences} other {{name} n’est pas à jour avec son fournisseur}}',
  'alert.title.intake-red':
    'Le lot {name} n’est pas prêt pour le {day} : {reds, plural, one {# contrôle est} other {# contrôles sont}} au rouge',
  'alert.title.intake-stuck':
    'Lot {name} : {count, plural, one {# appareil bloqué} other {# appareils bloqués}}, d’abord {serial}',
  'alert.title.secret-doubted': 'Aucun des secrets conservés pour {device} ne l’ouvre',
  'alert.title.secret-stuck': 'Un secret de {device} n’a pas pu être remplacé',
  'alert.title.setup-stuck':
    '{device} est bloqué dans sa configuration : {cause, select, silent {muet depuis {minutes, plural, one {# minute} other {# minutes}}} failing {un élément requis échoue sans cesse} other {rien n’avance}}',
  'alert.title.command-failed': '{device} n’a pas pu exécuter « {command} »',
  'alert.title.item-failed': '{device} n’a pas accepté « {item} » après le dernier essai',
  'alert.title.expiring':
    '{what, select, apns {Le certificat push d’Apple} tls {Le certificat TLS de ce serveur} ca_tls {L’autorité de ce serveur} ca_device {L’autorité qui certifie les appareils} ca_scep {L’autorité SCEP} profile_signing {Le certificat qui signe les profils} devices {Le jeton d’inscription automatisée « {subject} »} content {Le jeton des apps et livres « {subject} »} portal {La clé du portail du fournisseur « {subject} »} vendor {Le certificat de fournisseur} other {{subject}}} expire dans {days, plural, one {# jour} other {# jours}}',
  'alert.title.account-trouble':
    '{why, select, deactivated {« {address} » n’est plus l’adresse de personne, et le parc en dépend} other {« {address} » ne répond plus depuis un mois, et le parc en dépend}}',
  'alert.title.incident': '{device} a été déclaré {kind, select, stolen {volé} other {perdu}}',
  'alert.title.order-held': 'Un ordre permanent pour {device} est échu, mais retenu',
  'alert.title.push-refused': 'Apple refuse le certificat de notification : aucun appareil ne peut être appelé',
  'alert.title.push-failing':
    'Le service de notification est injoignable depuis {minutes, plural, one {# minute} other {# minutes}}',
  'alert.title.push-address': '{device} ne peut plus être appelé : son adresse de notification est morte',
  'alert.title.mail-undelivered': 'Des courriels n’arrivent pas',
  'alert.title.exception-asked': 'Une exception à « {rule} » est demandée',
  'alert.title.hours-asked': 'Une exception au temps de travail est demandée',
  'alert.title.privacy-check':
    '{count, plural, one {Une promesse de la charte de confidentialité n’est pas tenue} other {# promesses de la charte de confidentialité ne sont pas tenues}}',
  'alert.title.guard-held':
    '« {action} » pour {count, plural, one {# appareil} other {# appareils}} est retenu et attend une approbation',
  'alert.title.guard-proposed': '« {action} » est proposé et prendra effet de lui-même si personne ne l’arrête',
  'alert.title.guard-breaker':
    'Le disjoncteur est ouvert : {count, plural, one {# appareil a été effacé ou libéré} other {# appareils ont été effacés ou libérés}} en {minutes, plural, one {# minute} other {# minutes}}',
  'alert.title.guard-frozen': 'Tout est gelé : aucun ordre ne quitte le serveur',
  'alert.title.guard-restored':
    'Le serveur a été restauré depuis une sauvegarde : rien de destructif ne part avant sa libération',
  'alert.title.guard-time':
    'L’horloge du serveur a sauté de {minutes, plural, one {# minute} other {# minutes}} : ce qui attend son heure est retenu',
  'alert.next.left-management':
    'Demandez à la personne si elle a supprimé le profil de gestion. Si l’appareil est perdu, signalez-le ; sinon, réinscrivez-le.',
  'alert.next.integrity':
    'Éloignez-en les données de travail : examinez les preuves, puis restreignez l’appareil ou reprenez-le.',
  'alert.next.violation':
    'La personne est informée de la marche à suivre. L’alerte se ferme d’elle-même dès que l’appareil respecte à nouveau la règle.',
  'alert.next.malware':
    'Faites supprimer l’application et vérifier l’appareil avant toute nouvelle utilisation professionnelle.',
  'alert.next.no-contact':
    'Demandez à la personne où se trouve l’appareil. Si elle est absente, notez jusqu’à quand ; si personne ne sait, déclarez-le perdu.',
  'alert.next.enrollment-stuck':
    'Regardez l’appareil : souvent une étape attend un appui, ou le réseau manquait. Recommencer est sans danger.',
  'alert.next.licenses-short':
    'Achetez-en dans Apple Business ou School Manager, ou récupérez celles qui ne servent pas.',
  'alert.next.app-failed':
    'Regardez les raisons appareil par appareil. Corrigez d’abord ce qui est commun, puis réessayez ou redemandez à la personne.',
  'alert.next.leading-refused':
    'Ouvrez l’inscription par connexion : la réponse du fournisseur y figure. La demande est répétée chaque jour ; d’ici là, seule l’adresse de votre propre domaine amène des appareils ici.',
  'alert.next.program-troubled':
    'Ouvrez le programme : il dit quoi faire. D’ici là, rien de nouveau n’est lu ni affecté, et rien n’est perdu.',
  'alert.next.intake-red': 'Ouvrez le lot : chaque contrôle au rouge dit quoi faire et où.',
  'alert.next.intake-stuck': 'Ouvrez le lot : chaque appareil bloqué y est nommé avec sa cause.',
  'alert.next.secret-doubted': 'Vérifiez sur l’appareil qui l’a changé, redéfinissez-le et consultez l’historique ici.',
  'alert.next.secret-stuck': 'Voyez ce qui s’y oppose dans l’onglet Sécurité de l’appareil.',
  'alert.next.setup-stuck':
    'Regardez l’appareil : est-il allumé et connecté ? Il pourra continuer à l’échéance quoi qu’il arrive ; sa page dit ce qu’il attend.',
  'alert.next.command-failed': 'Lisez la réponse de l’appareil, puis renvoyez l’ordre ou choisissez une autre voie.',
  'alert.next.item-failed': 'Lisez la raison, corrigez la règle ou l’appareil, puis relancez l’essai.',
  'alert.next.account-trouble':
    'Tant que quelqu’un peut encore s’y connecter : donnez au compte chez le fournisseur une adresse de groupe lue par l’équipe, puis notez-la dans les comptes suivis.',
  'alert.next.expiring':
    'Renouvelez-le maintenant, avec le compte qui l’a créé : après son terme, les appareils seront injoignables ou ne feront plus confiance au serveur.',
  'alert.next.incident': 'Ouvrez l’incident : tout ce qui aide se trouve sur une seule page.',
  'alert.next.order-held': 'Voyez pourquoi il est retenu et libérez-le, ou retirez l’ordre.',
  'alert.next.push-refused': 'Renouvelez le certificat de notification avec le même compte Apple, puis importez-le.',
  'alert.next.push-failing':
    'Vérifiez la sortie réseau de ce serveur, son pare-feu et son horloge. Les appareils seront appelés dès que le service répondra ; rien n’est perdu.',
  'alert.next.push-address': 'Cela se rétablit au prochain appel spontané de l’appareil. Sinon, réinscrivez-le.',
  'alert.next.mail-undelivered': 'Voyez dans la boîte d’envoi quelles adresses sont refusées, et corrigez-les.',
  'alert.next.exception-asked': 'Accordez-la avec une date de fin, ou refusez-la avec une raison que la personne lira.',
  'alert.next.hours-asked': 'Accordez-la jusqu’à une heure donnée, ou refusez-la.',
  'alert.next.privacy-check':
    'Prévenez l’exploitant et les signataires de la charte ; le journal du serveur nomme ce qui a été trouvé.',
  'alert.next.guard-held':
    'Si vous n’en savez rien, arrêtez-le : tout administrateur peut l’annuler. Si c’est juste, une personne qui ne l’a pas demandé l’approuve.',
  'alert.next.guard-proposed': 'Si vous n’en savez rien, arrêtez-le : tout administrateur peut l’annuler.',
  'alert.next.guard-breaker':
    'Cherchez qui en est l’auteur. Plus rien n’est effacé tant que personne ne referme le disjoncteur.',
  'alert.next.guard-frozen':
    'Parlez à la personne qui a gelé. Un autre administrateur dégèle avec une clé d’accès une fois le danger passé.',
  'alert.next.guard-restored': 'Vérifiez ce que la sauvegarde ignorait, puis libérez sur le serveur lui-même.',
  'alert.next.guard-time': 'Vérifiez l’horloge de la machine, puis confirmez l’heure sur le serveur lui-même.',
  'alerts.title': 'Alertes',
  'alerts.lede':
    'Ce qu’une personne devrait regarder, le plus grave d’abord. La plupart se terminent d’elles-mêmes quand leur cause disparaît.',
  'alerts.view.open': 'À prendre en charge',
  'alerts.view.taken': 'En cours',
  'alerts.view.mine': 'Les miennes',
  'alerts.view.resting': 'En pause',
  'alerts.view.ended': 'Terminées',
  'alerts.count': '{label} ({n})',
  'alerts.countMore': '{label} ({n}+)',
  'alerts.filter': 'Filtrer les alertes',
  'alerts.empty': 'Rien à traiter ici',
  'alerts.emptyText':
    'Quand un appareil quitte la gestion, enfreint une règle, se tait, ou qu’un certificat approche de sa fin, cela apparaît ici et les responsables reçoivent un courriel.',
  'alerts.col.what': 'Quoi',
  'alerts.col.severity': 'Gravité',
  'alerts.col.state': 'État',
  'alerts.col.assignee': 'Responsable',
  'alerts.col.since': 'Depuis',
  'alerts.col.type': 'Type',
  'alerts.severity.critical': 'Critique',
  'alerts.severity.warning': 'Avertissement',
  'alerts.severity.caution': 'À surveiller',
  'alerts.state.open': 'Ouverte',
  'alerts.state.acknowledged': 'Prise en charge',
  'alerts.state.resolved': 'Terminée',
  'alerts.state.resting': 'En pause jusqu’au {until}',
  'alerts.sentence.open': '<b>{severity}.</b> Ouverte depuis {age}{times, plural, one {} other {, signalée # fois}}.',
  'alerts.sentence.acknowledged':
    '<b>{severity}, prise en charge.</b> Ouverte depuis {age}{times, plural, one {} other {, signalée # fois}}.',
  'alerts.sentence.resolved': '<b>Terminée {how, select, settled {d’elle-même} other {à la main}}</b> {when}.',
  'alerts.acknowledge': 'Prendre en charge',
  'alerts.resolve': 'Clore',
  'alerts.resolveTitle': 'Clore {n, plural, one {cette alerte} other {# alertes}} à la main ?',
  'alerts.resolveText': 'Si la cause demeure, elle se rouvrira à la prochaine constatation.',
  'alerts.note': 'Note (facultative)',
  'alerts.keep': 'La garder ouverte',
  'alerts.reopen': 'Rouvrir',
  'alerts.snooze': 'Mettre en pause',
  'alerts.snooze.hour': 'Une heure',
  'alerts.snooze.morning': 'Jusqu’à demain 9 h',
  'alerts.snooze.week': 'Une semaine',
  'alerts.snooze.month': '30 jours',
  'alerts.snooze.end': 'Fin de la pause',
  'alerts.assign': 'Confier à quelqu’un',
  'alerts.assign.me': 'À moi',
  'alerts.assign.nobody': 'À personne',
  'alerts.nobody': 'Personne',
  'alerts.ask': 'Interroger la personne',
  'alerts.askedAt': 'La personne a reçu un courriel {when}.',
  'alerts.comment': 'Écrire une note',
  'alerts.commentGo': 'Ajouter la note',
  'alerts.next': 'Que faire ensuite',
  'alerts.history': 'Ce qu’il en est advenu',
  'alerts.act.device': 'Ouvrir l’appareil',
  'alerts.act.certificates': 'Renouveler…',
  'alerts.act.held': 'Examiner l’ordre retenu',
  'alerts.act.program': 'Ouvrir les programmes',
  'alerts.act.intake': 'Ouvrir le lot',
  'alerts.act.incident': 'Ouvrir l’incident',
  'alerts.act.command': 'Voir la réponse',
  'alerts.act.mail': 'Voir la boîte d’envoi',
  'alerts.act.policy': 'Voir ses règles',
  'alerts.step.opened': 'Ouverte',
  'alerts.step.raised': 'Aggravée',
  'alerts.step.reopened': 'Rouverte',
  'alerts.step.acknowledged': 'Prise en charge',
  'alerts.step.assigned': '{name, select, none {Confiée à personne} other {Confiée à {name}}}',
  'alerts.step.snoozed': 'En pause jusqu’au {until}',
  'alerts.step.woken': 'Pause terminée',
  'alerts.step.resolved': 'Terminée',
  'alerts.step.commented': 'Note',
  'alerts.step.person-told': 'La personne a été prévenue par courriel',
  'alerts.step.person-asked': 'La personne a été interrogée par courriel',
  'alerts.onDevice': '{n, plural, one {Une alerte} other {# alertes}}',
  'alerts.failed':
    '{n, plural, one {Une n’a pas pu être modifiée} other {# n’ont pas pu être modifiées}} : terminées, ou hors de vos droits.',
  'alerts.export': 'En fichier',
  'notifications.title': 'Notifications',
  'notifications.lede':
    'Ce que vous recevez aussitôt par courriel, ce qui attend le résumé quotidien, et ce que seule la console montre.',
  'notifications.mine': 'Pour vous',
  'notifications.org': 'Pour l’organisation',
  'notifications.orgHint':
    'Quelles alertes s’ouvrent, et pour lesquelles la personne de l’appareil reçoit un courriel dans sa langue.',
  'notifications.now': 'Aussitôt',
  'notifications.digest': 'Dans le résumé',
  'notifications.off': 'Ici seulement',
  'notifications.fixed': 'Toujours annoncé aussitôt à tous',
  'notifications.way': 'Comment vous êtes averti de « {what} »',
  'notifications.opens': 'S’ouvre',
  'notifications.toPerson': 'Prévient la personne',
  'notifications.hour': 'Le résumé arrive à',
  'notifications.none': 'Jamais',
  'notifications.zone': 'Dans le fuseau horaire',
  'notifications.zoneHere': 'Cet appareil est en {zone}.',
  'notifications.zoneTake': 'L’utiliser',
  'notifications.preview': 'Votre résumé tel qu’il serait maintenant',
  'notifications.previewNone': 'Il n’y en aurait pas maintenant : rien d’ouvert ne vous concerne.',
  'notifications.to': 'À {email}',
  'mail.title': 'Courriel',
  'mail.lede': 'Comment les courriels quittent ce serveur, et ce qui n’est pas arrivé.',
  'mail.none': 'Ce serveur n’envoie pas encore de courriels',
  'mail.noneText':
    'Définissez MUSTER_SMTP_URL et MUSTER_MAIL_FROM là où le serveur est lancé, puis relancez-le. Les alertes restent visibles ici entre-temps.',
  'mail.works': '<b>Le courriel fonctionne.</b> {host} en a accepté un {when}.',
  'mail.untried': '<b>Pas encore essayé.</b> Envoyez-vous un courriel d’essai.',
  'mail.fails':
    '<b>Les courriels attendent.</b> {host} ne répond pas comme il faut {since}. Les essais continuent pendant trois jours.',
  'mail.test': 'M’envoyer un courriel d’essai',
  'mail.tested': 'En route vers {to}.',
  'mail.server': 'Serveur de courriel',
  'mail.from': 'Expéditeur',
  'mail.tls': 'Chiffrement',
  'mail.tls.implicit': 'TLS dès le premier octet',
  'mail.tls.demanded': 'STARTTLS exigé',
  'mail.tls.offered': 'STARTTLS si proposé',
  'mail.signedIn': 'S’identifie',
  'mail.outbox': 'Envois des 30 derniers jours',
  'mail.outboxNone': 'Rien n’a été envoyé pendant cette période.',
  'mail.to': 'À',
  'mail.subject': 'Objet',
  'mail.state': 'État',
  'mail.state.waiting': 'En attente',
  'mail.state.sent': 'Accepté',
  'mail.state.refused': 'Refusé',
  'mail.state.late': 'Pas à temps',
  'mail.answer': 'Réponse du serveur',
  'mail.all': 'Tous',
  'mail.at': 'Écrit',
  'event.alerts.exported': 'Des alertes ont été exportées',
  'alerts.selected': '{n, plural, one {# alerte sélectionnée} other {# alertes sélectionnées}}',
  'help.alerts.text':
    'Appuyez sur e pour prendre en charge l’alerte active, sur x pour en choisir plusieurs. Ce qui est en pause revient de lui-même ; ce qui se termine puis se reproduit dans la journée se rouvre avec son historique.',
  'help.notifications.text':
    'Ce qui protège le parc est annoncé aussitôt à chaque administrateur ; personne ne peut le désactiver. Le résumé est omis les jours où il n’y a rien à dire.',
  'help.mail.text':
    'L’adresse et le mot de passe du serveur de courriel se définissent là où le serveur est lancé, jamais ici. Un courriel refusé définitivement est montré avec la réponse reçue.',
  'alerts.act.guard': 'Ouvrir la garde',
  'alerts.act.license': 'Ouvrir les licences',
  'alerts.act.app': 'Ouvrir l’app',
  'alerts.act.asked': 'Décider…',
}
