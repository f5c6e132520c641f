import type { licenses as source } from '../en/licenses.ts'

/** Texts of this part of the console. */
export const licenses = {
  'event.license.short': 'ライセンスが不足しました',
  'event.license.enough': 'ライセンスの不足が解消しました',
  'event.license.reclaimed': '未使用のライセンスを回収しました',
  'event.seat.held': 'ライセンスを割り当てました',
  'event.seat.refused': 'ライセンスの割り当てが拒否されました',
  'event.seat.returned': 'ライセンスを返却しました',
  'event.seat.lost': 'ライセンスがほかで取り消されました',
  'event.seat.slow': 'ライセンスがベンダーの応答を待っています',
  'problem.content.not-a-token': 'これはコンテンツトークンではありません。',
  'problem.content.not-a-token.next':
    'Apple Business Manager または School Manager で拠点のコンテンツトークンをダウンロードし、ファイルを変更せずにアップロードしてください。',
  'problem.content.token-expired': 'このコンテンツトークンは有効期限が切れています。',
  'problem.content.token-expired.next':
    'Apple Business Manager または School Manager で新しいトークンをダウンロードしてください。',
  'problem.content.not-elsewhere': 'このトークンを使用しているサーバはほかにありません。',
  'problem.content.not-elsewhere.next': '引き継ぐものはありません。',
  'problem.content.notice-unproved': 'この通知の送信元を確認できません。',
  'problem.content.notice-unproved.next': '対応は不要です。サーバが自分で一覧を読み取ります。',
  'problem.content.notice-unread': 'これは「アプリとブック」の通知ではありません。',
  'problem.content.notice-unread.next': '対応は不要です。サーバが自分で一覧を読み取ります。',
  'problem.license.not-revocable': 'これらのライセンスは回収できません。',
  'problem.license.not-revocable.next': 'ブックは受け取った人のものとして残ります。',
} as const satisfies Record<keyof typeof source, string>
