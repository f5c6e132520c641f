/** Texts of this part of the console. */
export const androidPages = {
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
