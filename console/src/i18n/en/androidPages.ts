/** Texts of this part of the console. */
export const androidPages = {
  'problem.agent.package-missing': 'This server has no file of the Android agent.',
  'problem.agent.package-missing.next':
    'Make the agent with npm run apk, name its file in MUSTER_ANDROID_APK, and start the server anew.',
  'problem.agent.package-unreadable': 'The file of the Android agent is no signed package.',
  'problem.agent.package-unreadable.next': 'Make it anew with npm run apk, or correct the path in MUSTER_ANDROID_APK.',
  'problem.agent.code-refused': 'No device would take this code.',
  'problem.agent.code-refused.next':
    'Correct what is named; the name of a network has at most 32 bytes, and an open one no password.',
} as const
