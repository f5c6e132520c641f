/** Texts of this part of the console. */
export const alerts = {
  'event.mail.undelivered':
    '{state, select, late {メールが期限内に受け付けられませんでした} other {メールが恒久的に拒否されました}}',
} as const
