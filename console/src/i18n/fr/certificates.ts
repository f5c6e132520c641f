import type { Part } from '../en.ts'
import type { certificates as source } from '../en/certificates.ts'

/** Certificats et connexions. */
export const certificates: Part<typeof source> = {
  'certificates.title': 'Connexions et certificats',
  'certificates.account': 'Compte ou responsable',
  'certificates.days': 'Jours',
  'certificates.ofYear': 'Sur un an',
  'certificates.expires': 'Expire',
  'certificates.lapse': 'À l’échéance',
  'certificates.renewal': 'Renouvellement',
  'certificates.caption': 'Certificats détenus par ce serveur, le plus proche de l’échéance d’abord',
  'certificates.thisServer': 'ce serveur',
  'certificates.nobody': 'personne encore',
  'certificates.byItself': 'de lui-même',
  'certificates.notRenewed': 'dure',
  'certificates.renew': 'Renouveler',
  'certificates.renewLabel': 'Renouveler : {what}',
  'certificates.fine': 'Rien ne demande votre attention.',
  'certificates.fineText': 'Sur {of, number}, le premier à expirer est : {what}, le {date}.',
  'certificates.needsYou':
    '{due, plural, one {Un sur {of, number} vous attend :} other {# sur {of, number} vous attendent :}}',
  'certificates.needsYouText': '{what} expire le {date}.',
  'certificates.needsYouOver': '{what} a expiré le {date}.',
  'certificates.pushMissing': 'Le certificat push d’Apple manque.',
  'certificates.pushMissingText': 'Sans lui, aucun appareil Apple ne peut s’inscrire ni être réveillé.',
  'certificates.bringPush': 'Apporter le certificat push d’Apple',
  'certificates.foot':
    '{n, plural, one {# certificat} other {# certificats}}. Une échéance est annoncée à 60, 30, 14, 7, 3 et 1 jours. Les mêmes chiffres sont dans l’API sous certificates et dans les métriques.',
  'certificates.custody': 'Responsabilité',
  'certificates.owner': 'Responsable',
  'certificates.ownerHint': 'L’équipe ou la personne qui le renouvelle.',
  'certificates.accountLabel': 'Compte Apple',
  'certificates.contact': 'Recours',
  'certificates.contactHint': 'Qui joindre en l’absence du responsable.',
  'certificates.topic': 'Sujet push',
  'certificates.subject': 'Titulaire',
  'certificates.issuer': 'Émetteur',
  'certificates.serial': 'N° de série',
  'certificates.validFrom': 'Valable dès',
  'certificates.edit': 'Changer qui en répond',
  'certificates.editTitle': 'Qui en répond ?',
  'certificates.purpose.apns': 'Certificat push d’Apple',
  'certificates.purpose.tls': 'TLS de ce serveur',
  'certificates.purpose.ca-tls': 'Autorité de ce serveur',
  'certificates.purpose.ca-device': 'Autorité pour les appareils',
  'certificates.purpose.ca-scep': 'Autorité pour SCEP',
  'certificates.purpose.ca-acme': 'Autorité du serveur de certificats',
  'certificates.purpose.profile-signing': 'Signature des profils',
  'certificates.purpose.device': 'Identité d’appareil',
  'certificates.breaks.wake':
    '{n, plural, =0 {aucun appareil Apple ne peut s’inscrire} one {# appareil cesse d’obéir} other {# appareils cessent d’obéir}}',
  'certificates.breaks.connect':
    '{n, plural, =0 {plus rien ne se connecte} one {# appareil ne se connecte plus} other {# appareils ne se connectent plus}}',
  'certificates.breaks.trust':
    '{n, plural, =0 {plus personne ne fait confiance à ce serveur} one {# appareil ne fait plus confiance à ce serveur} other {# appareils ne font plus confiance à ce serveur}}',
  'certificates.breaks.identity':
    '{n, plural, =0 {plus de nouvelles identités} one {# identité prend fin} other {# identités prennent fin}}',
  'certificates.breaks.signature': 'les profils paraissent non signés',
  'push.bring': 'Apporter',
  'push.renew': 'Renouveler',
  'push.step1': 'L’obtenir d’Apple',
  'push.step1Text':
    'Connectez-vous à <mono>identity.apple.com/pushcert</mono> avec un compte Apple de votre organisation, non d’une personne, et créez un certificat à partir de votre demande signée.',
  'push.step1Renew': 'Renouveler chez Apple',
  'push.step1RenewText':
    'Connectez-vous à <mono>identity.apple.com/pushcert</mono> en tant que <b>{account}</b>, trouvez la ligne finissant par <mono>{topic}</mono> et choisissez <b>Renew</b>. Jamais « Create ».',
  'push.step2': 'Apporter le certificat et sa clé',
  'push.step3': 'Comparé, puis mis en service',
  'push.step3Text':
    'Le serveur vérifie le sujet, la clé et les dates avant de prendre quoi que ce soit, et bascule sans redémarrer.',
  'push.files': 'Fichiers du certificat et de la clé',
  'push.choose': 'Choisir les fichiers',
  'push.chooseAgain': 'Choisir un autre fichier',
  'push.kinds': '.pem, certificat et clé privée, ensemble ou séparés',
  'push.found':
    '{certificate, select, yes {Certificat trouvé.} other {Pas de certificat dedans.}} {key, select, yes {Clé privée trouvée.} other {Pas de clé privée dedans ; celle qui est conservée sera essayée.}}',
  'push.accountHint': 'Le compte avec lequel le certificat a été fait. Il servira de nouveau dans un an.',
  'push.passphrase': 'Phrase secrète de la clé',
  'push.passphraseHint': 'Seulement si le fichier de la clé en a une.',
  'push.send': 'Vérifier et prendre',
  'push.taken': 'Pris. Les appareils sont désormais réveillés avec le nouveau certificat.',
  'push.differs': 'Refusé : c’est un autre certificat.',
  'push.differsText':
    'Son sujet finit par <mono>{offered}</mono>, le vôtre par <mono>{current}</mono>. {n, plural, =0 {Les appareils inscrits plus tard auraient besoin du nouveau.} one {Avec lui, # appareil devrait s’inscrire de nouveau.} other {Avec lui, # appareils devraient s’inscrire de nouveau.}} Il a sans doute été fait avec « Create ».',
  'push.differsFile': '{file}, {time}. Rien n’a été enregistré ; l’ancien fonctionne toujours.',
  'push.replace': 'L’ancien compte est perdu : remplacer quand même…',
  'push.replaceTitle': 'Abandonner le certificat push actuel ?',
  'push.replaceText':
    'Ne le faites que si plus personne ne peut se connecter à l’ancien compte Apple. Sur demande, Apple peut transférer un certificat à un autre compte.',
  'push.replaceLost': 'Appareils perdus',
  'push.replaceLostText':
    '{n, plural, one {# appareil cesse d’obéir et devra être réinscrit à la main} other {# appareils cessent d’obéir et devront être réinscrits à la main}}',
  'push.replaceType': 'Tapez les quatre derniers signes du nouveau sujet, <b>{text}</b>',
  'push.replaceGo': '{n, plural, one {Remplacer et perdre # appareil} other {Remplacer et perdre # appareils}}',
}
