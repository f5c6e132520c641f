import type { Part } from '../en.ts'
import type { roads as english } from '../en/roads.ts'

export const roads: Part<typeof english> = {
  'road.agent': 'Notre agent',
  'road.android': 'Par Google',
  'road.held': '{platform}, {road}, {mode}',
  'preview.unhonoredKeys': '<device>{n, number} {platform}</device> : impossible de régler {keys}. {reason}',
  'policyKind.work-and-personal': 'Côtés travail et personnel',
  'policyKind.work-and-personal.text':
    'Ce qui passe entre les deux côtés d’un appareil qui a les deux, et le peu qui peut être réglé du côté personnel.',
  'settingSection.between': 'Entre les deux côtés',
  'settingSection.personal': 'Côté personnel, appareils de l’entreprise seulement',
  'setting.work-and-personal.copyPaste': 'Copier du travail vers le personnel',
  'setting.work-and-personal.sharing': 'Partage de fichiers et de liens',
  'choice.work-and-personal.sharing.none': 'Dans aucun sens',
  'choice.work-and-personal.sharing.to-work': 'Seulement du personnel vers le travail',
  'choice.work-and-personal.sharing.both': 'Dans les deux sens',
  'setting.work-and-personal.contacts': 'Contacts professionnels du côté personnel',
  'setting.work-and-personal.contacts.text':
    'Si le téléphone nomme un collègue qui appelle et le trouve dans une recherche.',
  'setting.work-and-personal.personalCamera': 'Appareil photo du côté personnel',
  'setting.work-and-personal.personalScreenCapture': 'Captures d’écran du côté personnel',
  'setting.work-and-personal.personalBlockedApps': 'Apps bloquées du côté personnel, par nom de paquet',
  'setting.work-and-personal.daysWorkOff': 'Les apps personnelles s’arrêtent si le travail est coupé depuis',
  'setting.work-and-personal.daysWorkOff.text':
    'Qui coupe le travail plus longtemps trouve ses propres apps suspendues jusqu’à ce qu’il le rallume.',
  'finding.work-and-personal.suspends':
    'Ceci retire aux personnes leurs propres apps pendant leur temps libre. Dans certains pays, c’est illégal ou soumis à leur accord : renseignez-vous avant d’enregistrer.',
  'policyKind.location': 'Services de localisation',
  'policyKind.location.text': 'Si les appareils savent où ils sont. Cela ne le dit à personne.',
  'setting.location.services': 'Localisation',
  'choice.location.services.user': 'Au choix de la personne',
  'choice.location.services.on': 'Toujours activée',
  'choice.location.services.off': 'Toujours désactivée',
  'policyKind.accounts': 'Types de comptes',
  'policyKind.accounts.text': 'Les types de comptes que personne ne peut ajouter à l’appareil.',
  'setting.accounts.blockedTypes': 'Types interdits',
  'setting.accounts.blockedTypes.text':
    'Comme les apps les nomment, par exemple com.example.mail. L’éditeur de l’app dit lequel.',
  'setting.accounts.personalBlockedTypes': 'De même du côté personnel',
  'setting.accounts.personalBlockedTypes.text':
    'Seulement sur les appareils de l’entreprise avec profil professionnel.',
  'policyKind.reset-protection': 'Déverrouillage après réinitialisation',
  'policyKind.reset-protection.text':
    'Le compte qui remet en service un appareil effacé de l’extérieur, par exemple par un voleur.',
  'setting.reset-protection.emails': 'Comptes Google, par adresse e-mail',
  'setting.reset-protection.accountIds': 'Comptes Google, par numéro',
  'setting.reset-protection.accountIds.text':
    'Notre agent ne connaît que le numéro. Il figure dans les données de profil du compte, lues par l’API People.',
  'setting.reset-protection.off': 'Aucune protection',
  'finding.reset-protection.off': 'Sans protection, les comptes ne servent à rien.',
  'honor.company-with-profile': 'Seulement sur les appareils de l’entreprise avec profil professionnel.',
  'honor.own-agent-only': 'Par notre propre agent seulement.',
  'honor.google-only': 'Par Google seulement.',
  'explained.agent.not-built': 'Notre agent ne fait pas encore cela.',
  'explained.androidManagement.no-such-setting': 'L’interface de Google n’a pas ce réglage.',
  'explained.androidManagement.no-such-setting.next':
    'Utilisez notre propre agent pour ces appareils, ou retirez le réglage.',
  'explained.androidManagement.not-built': 'Ce serveur ne transmet pas encore ceci à Google.',
  'explained.androidManagement.not-built.next': 'Retirez le réglage, ou dites-le dans les mots de Google.',
  'coverage.lines': 'Réglages, par mode de gestion',
  'coverage.legend': 'Signification des signes',
  'coverage.yesFrom': 'Prend effet à partir de {version}',
  'coverage.never': 'Impossible à régler',
  'coverage.road.agent': 'Notre agent',
  'coverage.road.android': 'De Google',
  'coverage.mode.fully-managed': 'Entier',
  'coverage.mode.dedicated': 'Dédié',
  'coverage.mode.company-profile': 'Mixte',
  'coverage.mode.work-profile': 'Perso',
  'coverage.kept': 'tenu par le serveur',
  'coverage.allSettings': 'Tous les réglages de ce type',
  'coverage.onlyMine': 'Seulement ce que dit cette règle',
  'coverage.lacks': 'Pas sur cet appareil : {keys}. {reason}',
  'coverage.partlyApplied': 'Appliqué en partie',
  'ruleRoad.supervision':
    'Sur Android, c’est un appareil géré en entier par notre agent. Par Google, ce n’est pas connu : limitez la règle aux autres plateformes.',
  'ruleRoad.certificate':
    'Seuls les systèmes d’Apple listent leurs certificats. Pour Android, cela reste inconnu, quelle que soit la voie.',
  'ruleRoad.apps': 'Un appareil Android personnel ne parle que de son profil professionnel, quelle que soit la voie.',
  'ruleRoad.integrity':
    'Sur Android, notre agent fait témoigner la puce de l’appareil ; par Google, c’est ce que Google constate.',
}
