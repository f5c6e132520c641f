import type { Part } from '../en.ts'
import type { enrollment as source } from '../en/enrollment.ts'

/** L’inscription : les invitations et où en sont les appareils. */
export const enrollment: Part<typeof source> = {
  'enroll.title': 'Inscrire des appareils',
  'enroll.lede': 'Une invitation est un lien et un code QR qui inscrivent des appareils dans une unité.',
  'enroll.noPush':
    '<b>Les appareils Apple ne peuvent pas encore s’inscrire.</b> Ce serveur n’a pas de certificat push valable ; il ne pourrait pas les réveiller.',
  'enroll.toPush': 'Apporter le certificat',
  'enroll.new': 'Nouvelle invitation',
  'enroll.name': 'Nom',
  'enroll.nameHint': 'Facultatif. Pour vous, par exemple « iPads, automne ».',
  'enroll.unit': 'Dans l’unité',
  'enroll.ownership': 'Les appareils appartiennent à',
  'enroll.ownershipHint': 'Sur un appareil personnel, on voit moins de choses et rien ne peut être effacé.',
  'enroll.uses': 'Utilisable',
  'enroll.times': '{n, plural, one {une fois} other {# fois}}',
  'enroll.anyTimes': 'autant que nécessaire',
  'enroll.expires': 'Expire après',
  'enroll.make': 'Créer une invitation',
  'enroll.made': 'Invitations',
  'enroll.none': 'Pas encore d’invitation',
  'enroll.noneText': 'Créez-en une sur cette page. Elle restera ici avec le nombre de ses usages.',
  'enroll.invitation': 'Invitation',
  'enroll.invitationFor': 'Invitation pour {unit}',
  'enroll.used': 'Usages',
  'enroll.usedOf': '{used, number} sur {uses, number}',
  'enroll.state.open': 'Ouverte',
  'enroll.state.used': 'Épuisée',
  'enroll.state.expired': 'Expirée',
  'enroll.state.revoked': 'Retirée',
  'enroll.sentence':
    '{uses, plural, =0 {{used, plural, =0 {Pas encore utilisée.} one {Utilisée une fois.} other {Utilisée # fois.}}} other {Utilisée {used, number} fois sur #.}} Dans {unit}, jusqu’au {until}.',
  'enroll.code': 'Lien et code',
  'enroll.qrLabel': 'Code QR qui ouvre la page d’inscription',
  'enroll.how1': 'Scannez le code avec l’appareil photo, ou ouvrez le lien sur l’appareil.',
  'enroll.how2': 'La page explique ce qui sera géré, dans la langue de l’appareil, et donne le profil.',
  'enroll.over': '{n, plural, one {# épuisée, expirée ou reprise} other {# épuisées, expirées ou reprises}}',
  'enroll.how3': 'Installez le profil dans Réglages. Les étapes apparaissent ici au fur et à mesure.',
  'enroll.once':
    'Le lien et le code ne s’affichent que maintenant : ce serveur n’en garde pas de copie. Laissez la page ouverte, copiez le lien, ou créez plus tard une autre invitation.',
  'enroll.copyLink': 'Copier le lien',
  'enroll.profile': 'Profil',
  'enroll.gone': 'Le lien s’est affiché à la création de l’invitation',
  'enroll.goneText':
    'Seule son empreinte est conservée, pour que personne ne puisse s’en servir en lisant cette page plus tard. Si le lien est perdu, créez une autre invitation.',
  'enroll.progress': 'Qui s’inscrit',
  'enroll.waiting': 'En attente du premier appareil',
  'enroll.waitingText': 'Dès que quelqu’un ouvre le lien, l’appareil apparaît ici avec chaque étape et son heure.',
  'enroll.unnamed': 'Un appareil qui n’a pas dit son nom',
  'enroll.step.opened': 'Ouvert',
  'enroll.step.downloaded': 'Profil reçu',
  'enroll.step.certificate': 'Identité donnée',
  'enroll.step.authenticate': 'S’est présenté',
  'enroll.step.token-update': 'Réveil possible',
  'enroll.step.ready': 'Prêt',
  'enroll.cause.enrollment.waits-for-downloaded':
    'La page a été ouverte, mais le profil n’a pas été pris. Sur iPhone et iPad, la page doit être ouverte dans Safari.',
  'enroll.cause.enrollment.waits-for-certificate':
    'Le profil a été pris mais pas installé. Sur l’appareil : Réglages, « Profil téléchargé », Installer.',
  'enroll.cause.enrollment.waits-for-authenticate':
    'L’appareil a son identité mais ne s’est pas présenté. Il ne fait peut-être pas confiance à l’adresse de ce serveur, ou ne l’atteint pas.',
  'enroll.cause.enrollment.waits-for-token-update':
    'L’appareil s’est présenté sans donner d’adresse de réveil. Il n’atteint peut-être pas le service push d’Apple (port 5223 ou 443).',
  'enroll.cause.enrollment.waits-for-ready':
    'L’appareil peut être réveillé mais n’a pas encore répondu. Il doit être allumé et connecté.',
  'enroll.terms': 'Conditions',
  'enroll.anyUser': 'n’importe qui',
  'enroll.createdAt': 'Créée',
  'enroll.revoke': 'Retirer…',
  'enroll.revokeTitle': 'Retirer cette invitation ?',
  'enroll.revokeText': 'Plus personne ne pourra s’inscrire par elle. Les appareils déjà inscrits restent.',
  'enroll.revokeGo': 'La retirer',
}
