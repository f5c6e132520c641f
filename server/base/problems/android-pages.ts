/** Refusals of this part of the product; see `problems.ts`. */
export const androidPagesProblems = {
  'agent.none': {
    status: 404,
    title: 'No agent of ours manages this device.',
    next: 'Nothing is to be done if it is managed in another way; else enroll it by an invitation for Android.',
  },
  'agent.package-missing': {
    status: 404,
    title: 'This server has no file of the Android agent.',
    next: 'Make the agent with npm run apk, name its file in MUSTER_ANDROID_APK, and start the server anew.',
  },
  'agent.package-unreadable': {
    status: 409,
    title: 'The file of the Android agent is no signed package.',
    next: 'Make it anew with npm run apk, or correct the path in MUSTER_ANDROID_APK.',
  },
  'agent.code-refused': {
    status: 422,
    title: 'No device would take this code.',
    next: 'Correct what is named; the name of a network has at most 32 bytes, and an open one no password.',
  },
} as const
