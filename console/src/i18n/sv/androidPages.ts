/** Texts of this part of the console. */
export const androidPages = {
  'problem.agent.package-missing': 'Servern har ingen fil med Android-agenten.',
  'problem.agent.package-missing.next':
    'Gör agenten med npm run apk, ange dess fil i MUSTER_ANDROID_APK och starta om servern.',
  'problem.agent.package-unreadable': 'Filen med Android-agenten är inget signerat paket.',
  'problem.agent.package-unreadable.next': 'Gör om den med npm run apk eller rätta sökvägen i MUSTER_ANDROID_APK.',
  'problem.agent.code-refused': 'Ingen enhet skulle ta den här koden.',
  'problem.agent.code-refused.next':
    'Rätta det som anges; ett nätverksnamn har högst 32 byte och ett öppet nätverk inget lösenord.',
} as const
