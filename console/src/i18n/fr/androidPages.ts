/** Texts of this part of the console. */
export const androidPages = {
  'problem.agent.none': 'Aucun agent de Muster ne gère cet appareil.',
  'problem.agent.none.next':
    'Rien à faire s’il est géré autrement ; sinon inscrivez-le par une invitation pour Android.',
  'android.device.version': 'Agent',
  'android.device.document': 'Document',
  'android.device.generation': 'Génération {n, number}',
  'android.device.noDocument': 'pas encore',
  'android.device.renew': 'Renouvelle son identité dès le',
  'android.device.cloned':
    'Depuis {when}, une autre installation parle avec la clé de cet agent : une copie. Cherchez qui la détient et réinscrivez l’appareil.',
  'android.encrypted': 'Chiffré',
  'android.noApps': 'Aucune app connue',
  'android.noAppsText':
    'L’agent annonce ses apps à son prochain contact. D’un appareil personnel, il n’annonce que celles du profil professionnel.',
  'android.system.app': 'le système',
  'android.appSigner': 'Signataire',
  'android.permissions': 'Autorisations',
  'android.sideloaded': 'à la main',
  'android.system': 'Système',
  'android.how': 'Comment les appareils sont gérés',
  'android.how.fully-managed':
    'À l’entreprise, pour une personne. Configuré par un code au premier écran d’un appareil neuf ou réinitialisé.',
  'android.how.dedicated':
    'À l’entreprise, pour un guichet, un entrepôt ou un écran : il ne montre que ce qu’une règle de kiosque autorise.',
  'android.how.company-profile':
    'À l’entreprise, avec usage privé permis. Seul le contenu du profil professionnel est visible.',
  'android.how.work-profile':
    'À la personne elle-même. Un lien crée un profil professionnel ; le reste de l’appareil reste invisible et ne peut pas être effacé.',
  'android.toSettings': 'Réglages Android',
  'android.package.missing':
    'Ce serveur n’a pas encore d’agent Android : un appareil neuf n’a rien à charger et il n’y a pas de code.',
  'android.package.unreadable': 'Le fichier de l’agent Android n’est pas un paquet signé : il n’y a pas de code.',
  'android.ownAuthority':
    'Le certificat de ce serveur vient de sa propre autorité. La plupart des appareils en cours de configuration ne font confiance qu’aux autorités publiques et refuseront de charger l’agent.',
  'android.code1': 'Allumez un appareil neuf ou réinitialisé et restez au premier écran.',
  'android.code2': 'Touchez six fois le même endroit vide. L’appareil ouvre son appareil photo.',
  'android.code3': 'Scannez le code et suivez l’écran.',
  'android.page1': 'Scannez le code avec le téléphone, ou envoyez le lien à la personne.',
  'android.page2': 'La page dit, dans sa langue, ce qui est visible et ce qui ne l’est pas, et donne l’agent.',
  'android.page3': 'L’agent crée le profil professionnel.',
  'android.qrLabel': 'Code QR qui configure un nouvel appareil Android',
  'android.crowded':
    'Le code contient {bytes, number} octets. Des appareils photo simples peuvent ne pas le lire ; retirez le réseau ou choisissez un mot de passe plus court.',
  'android.print': 'Imprimer',
  'android.cable': 'Par câble, pour des essais',
  'android.cableHint': 'Sur un appareil réinitialisé sans compte, débogage USB activé. Pour essayer, pas pour un parc.',
  'android.copyCable': 'Copier les lignes',
  'android.wifi': 'Mettre dans le code un réseau pour la configuration',
  'android.wifiIn': 'Le code contient le réseau {name}',
  'android.wifiHint':
    'L’appareil s’y connecte pour charger l’agent. Qui peut scanner le code peut lire son mot de passe : prenez un réseau d’invités.',
  'android.ssid': 'Nom du réseau',
  'android.wifiPassword': 'Mot de passe',
  'android.wifiPasswordHint': 'Laissez vide pour un réseau ouvert.',
  'android.wifiHidden': 'Le réseau n’affiche pas son nom',
  'android.wifiPut': 'Mettre dans le code',
  'android.wifiOut': 'Retirer',
  'android.step.opened': 'Page ouverte',
  'android.step.downloaded': 'Inscription demandée',
  'android.step.certificate': 'Identité donnée',
  'android.step.ready': 'Prêt',
  'android.cause.enrollment.waits-for-certificate':
    'L’appareil a demandé son inscription et n’a pas reçu d’identité. Il a peut-être perdu son réseau.',
  'android.cause.enrollment.waits-for-authenticate':
    'L’appareil a son identité et n’a pas rappelé depuis. Il doit être allumé et en ligne.',
  'android.title': 'Android',
  'android.lede': 'L’agent que les appareils Android chargent depuis ce serveur, et à quoi ils le reconnaissent.',
  'android.agent': 'L’agent',
  'android.state.ready': 'L’agent est prêt. Les nouveaux appareils le chargent depuis ce serveur.',
  'android.state.missing':
    'Pas encore d’agent. Les nouveaux appareils Android ne peuvent pas être configurés par un code.',
  'android.state.unreadable':
    'Le fichier n’est pas un paquet signé. Les nouveaux appareils Android ne peuvent pas être configurés par un code.',
  'android.make1':
    'Fabriquez l’agent avec votre propre clé : npm run apk. La première fois, la clé est créée aussi ; gardez-la, car les appareils n’acceptent un agent plus récent que d’elle.',
  'android.make2':
    'Indiquez le fichier dans MUSTER_ANDROID_APK et redémarrez le serveur. Un fichier plus récent à sa place ne demande aucun redémarrage.',
  'android.make3': 'Créez ensuite une invitation pour des appareils Android.',
  'android.url': 'Chargé depuis',
  'android.component': 'Composant administrateur',
  'android.size': 'Taille',
  'android.changed': 'Fichier modifié',
  'android.signer': 'Signataire (SHA-256)',
  'android.sha256': 'Fichier (SHA-256)',
  'android.copySigner': 'Copier le signataire',
  'android.trust': 'Confiance pendant la configuration',
  'android.trust.public': 'Le certificat du serveur vient de l’extérieur. Il doit être d’une autorité publique.',
  'android.never':
    'L’agent a été vérifié par des tests et par la lecture de son paquet. Il n’a jamais tourné sur un téléphone à nous : essayez-le sur un appareil avant de distribuer un code.',
  'problem.agent.package-missing': 'Ce serveur n’a pas le fichier de l’agent Android.',
  'problem.agent.package-missing.next':
    'Fabriquez l’agent avec npm run apk, indiquez son fichier dans MUSTER_ANDROID_APK et redémarrez le serveur.',
  'problem.agent.package-unreadable': 'Le fichier de l’agent Android n’est pas un paquet signé.',
  'problem.agent.package-unreadable.next':
    'Refaites-le avec npm run apk, ou corrigez le chemin dans MUSTER_ANDROID_APK.',
  'problem.agent.code-refused': 'Aucun appareil n’accepterait ce code.',
  'problem.agent.code-refused.next':
    'Corrigez ce qui est indiqué ; le nom d’un réseau fait 32 octets au plus, et un réseau ouvert n’a pas de mot de passe.',
} as const
