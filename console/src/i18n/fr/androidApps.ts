import type { Part } from '../en.ts'
import type { androidApps as english } from '../en/androidApps.ts'

export const androidApps: Part<typeof english> = {
  'appsPage.platform.android': 'Android',
  'explained.agent.download': 'L’appareil n’a pas pu récupérer le fichier de l’app.',
  'explained.agent.download.next': 'Vérifiez que l’appareil atteint ce serveur ; un nouvel essai a lieu tout seul.',
  'explained.agent.file-other': 'Le fichier reçu n’est pas celui qui était prévu ; l’appareil l’a jeté.',
  'explained.agent.file-other.next':
    'Cherchez ce qui modifie les fichiers entre le serveur et l’appareil ; téléversez de nouveau la version si cela continue.',
  'explained.agent.signer':
    'Le fichier ou l’app déjà présente a été signé par quelqu’un d’autre ; l’appareil ne l’a pas installé.',
  'explained.agent.signer.next': 'Faites retirer de l’appareil l’app du même nom, ou cherchez qui a signé le fichier.',
  'explained.agent.package-other': 'Le fichier contient une autre app que celle du catalogue.',
  'explained.agent.package-other.next': 'Retirez la version et téléversez le bon fichier.',
  'explained.agent.certificate': 'L’appareil n’a pas pu obtenir de ce serveur un certificat à lui.',
  'explained.agent.certificate.next': 'Lisez les mots de l’appareil ; il réessaie tout seul, de plus en plus rarement.',
  'explained.agent.failed': 'L’appareil n’y est pas parvenu.',
  'explained.agent.failed.next': 'Lisez les mots de l’appareil ; il réessaie tout seul, de plus en plus rarement.',
  'explained.agent.waiting': 'Une personne doit accepter sur l’appareil, ou un élément nécessaire manque encore.',
  'explained.agent.waiting.next': 'Demandez à la personne de regarder l’appareil.',
  'explained.agent.unsupported': 'Rien de tel n’existe sur cet appareil.',
  'explained.agent.unsupported.next': 'Ne l’attribuez pas à cet appareil.',
  'problem.app.file-old-signature':
    'Ce paquet n’est signé qu’à l’ancienne façon (v1), qui ne le protège pas en entier.',
  'problem.app.file-old-signature.next':
    'Signez-le de nouveau selon le schéma v2 ou v3 (apksigner le fait) et téléversez-le.',
  'problem.app.file-forged': 'La signature de ce paquet ne tient pas : quelqu’un a modifié le fichier depuis.',
  'problem.app.file-forged.next': 'Redemandez le fichier à son auteur et cherchez qui l’a modifié.',
  'problem.app.file-part': 'Ce paquet n’est qu’une partie d’une app et ne s’installe pas seul.',
  'problem.app.file-part.next': 'Demandez à l’auteur de l’app un .apk universel.',
  'problem.app.file-test-only': 'Ce paquet n’a été construit que pour des tests ; les appareils le refusent.',
  'problem.app.file-test-only.next': 'Construisez-le pour la publication et téléversez-le de nouveau.',
  'apkPage.title': 'Dans le paquet',
  'apkPage.hint': 'Version {version}, la dernière',
  'apkPage.package': 'Paquet',
  'apkPage.version': 'Version',
  'apkPage.numbered': '{name} (numéro {code})',
  'apkPage.from': 'Fonctionne à partir de',
  'apkPage.level': 'Android {os} (niveau {level})',
  'apkPage.target': 'Conçue pour le niveau',
  'apkPage.signer': 'Signé par',
  'apkPage.scheme': 'Signature',
  'apkPage.schemeOf': '{rotated, select, yes {Schéma v{scheme} ; la clé succède à une autre} other {Schéma v{scheme}}}',
  'apkPage.debuggable':
    'Construit pour la mise au point : qui tient l’appareil peut lire et changer ce que fait l’app. Téléversez une version de publication.',
  'apkPage.permissions': 'Ce qu’elle demande à pouvoir faire',
  'apkPage.noPermissions': 'Elle ne demande rien.',
  'apkPage.search': 'Chercher une autorisation',
  'apkPage.noneFound': 'Aucune de ce nom',
  'apkPage.older': 'pas la dernière',
  'apkPage.others':
    '{count, plural, one {# appareil a une autre version que la dernière.} other {# appareils ont une autre version que la dernière.}}',
  'android.searchApps': 'Chercher par nom, paquet ou autorisation',
  'android.noSuchApps': 'Aucune app ne correspond.',
}
