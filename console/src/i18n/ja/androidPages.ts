/** Texts of this part of the console. */
export const androidPages = {
  'problem.agent.package-missing': 'このサーバーにはAndroidエージェントのファイルがありません。',
  'problem.agent.package-missing.next':
    'npm run apkでエージェントを作成し、そのファイルをMUSTER_ANDROID_APKに指定して、サーバーを再起動してください。',
  'problem.agent.package-unreadable': 'Androidエージェントのファイルは署名されたパッケージではありません。',
  'problem.agent.package-unreadable.next': 'npm run apkで作り直すか、MUSTER_ANDROID_APKのパスを修正してください。',
  'problem.agent.code-refused': 'このコードを受け付けるデバイスはありません。',
  'problem.agent.code-refused.next':
    '示された項目を修正してください。ネットワーク名は32バイトまでで、オープンネットワークにパスワードは設定できません。',
} as const
