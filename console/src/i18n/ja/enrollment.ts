import type { Part } from '../en.ts'
import type { enrollment as source } from '../en/enrollment.ts'

/** 登録。 */
export const enrollment: Part<typeof source> = {
  'enroll.title': '端末を登録',
  'enroll.lede': '招待は、端末を部門に登録するためのリンクと QR コードです。',
  'enroll.noPush': '<b>Apple の端末はまだ登録できません。</b>有効なプッシュ証明書がなく、呼び出せないためです。',
  'enroll.toPush': '証明書を登録',
  'enroll.new': '新しい招待',
  'enroll.name': '名前',
  'enroll.nameHint': '任意。自分用のメモ。例：「秋の iPad」。',
  'enroll.unit': '登録先の部門',
  'enroll.ownership': '端末の所有',
  'enroll.ownershipHint': '個人所有の端末では、見える範囲が狭く、消去はできません。',
  'enroll.uses': '使える回数',
  'enroll.times': '{n, plural, other {# 回}}',
  'enroll.anyTimes': '制限なし',
  'enroll.expires': '有効期間',
  'enroll.make': '招待を作る',
  'enroll.made': '招待',
  'enroll.none': '招待はまだありません',
  'enroll.noneText': 'このページで作ると、使われた回数とともにここに残ります。',
  'enroll.invitation': '招待',
  'enroll.invitationFor': '{unit} への招待',
  'enroll.used': '使用',
  'enroll.usedOf': '{uses, number} 回中 {used, number} 回',
  'enroll.state.open': '有効',
  'enroll.state.used': '使用済み',
  'enroll.state.expired': '期限切れ',
  'enroll.state.revoked': '取り消し済み',
  'enroll.sentence':
    '{uses, plural, =0 {{used, plural, =0 {未使用。} other {# 回使用。}}} other {# 回中 {used, number} 回使用。}}登録先は {unit}、{until} まで。',
  'enroll.code': 'リンクとコード',
  'enroll.qrLabel': '登録ページを開く QR コード',
  'enroll.how1': '端末のカメラでコードを読み取るか、端末でリンクを開きます。',
  'enroll.how2': '端末の言語で、何が管理されるかの説明が表示され、プロファイルを受け取れます。',
  'enroll.over': '使用済み・期限切れ・取り消し済み {n, number} 件',
  'enroll.how3': '「設定」でプロファイルを入れます。進み具合はここに表示されます。',
  'enroll.once':
    'リンクとコードの表示は今だけで、サーバーに控えは残りません。このページを開いたままにするか、リンクをコピーするか、あとで新しく作ってください。',
  'enroll.copyLink': 'リンクをコピー',
  'enroll.profile': 'プロファイル',
  'enroll.gone': 'リンクは招待を作ったときに表示されました',
  'enroll.goneText':
    'あとで見た人に使われないよう、保存されるのは指紋だけです。リンクをなくした場合は、新しい招待を作ってください。',
  'enroll.progress': '登録の状況',
  'enroll.waiting': '最初の端末を待っています',
  'enroll.waitingText': '誰かがリンクを開くと、手順と時刻とともにここに表示されます。',
  'enroll.unnamed': '名前の分からない端末',
  'enroll.step.opened': '開いた',
  'enroll.step.downloaded': 'プロファイル取得',
  'enroll.step.certificate': '証明書発行',
  'enroll.step.authenticate': 'チェックイン',
  'enroll.step.token-update': '呼び出し可能',
  'enroll.step.ready': '完了',
  'enroll.cause.enrollment.waits-for-downloaded':
    'ページは開かれましたが、プロファイルが取得されていません。iPhone と iPad では Safari で開く必要があります。',
  'enroll.cause.enrollment.waits-for-certificate':
    'プロファイルは取得されましたが、まだ入っていません。端末で「設定」→「プロファイルがダウンロード済み」→「インストール」を開いてください。',
  'enroll.cause.enrollment.waits-for-authenticate':
    '証明書は届きましたが、チェックインがありません。このサーバーのアドレスを信頼していないか、到達できない可能性があります。',
  'enroll.cause.enrollment.waits-for-token-update':
    'チェックインはありましたが、呼び出し先が届いていません。Apple のプッシュサービス（ポート 5223 または 443）に到達できない可能性があります。',
  'enroll.cause.enrollment.waits-for-ready':
    '呼び出せますが、まだ応答がありません。電源を入れ、ネットワークに接続してください。',
  'enroll.terms': '条件',
  'enroll.anyUser': '誰でも',
  'enroll.createdAt': '作成',
  'enroll.revoke': '取り消す…',
  'enroll.revokeTitle': 'この招待を取り消しますか？',
  'enroll.revokeText': '以後この招待では登録できません。登録済みの端末はそのまま残ります。',
  'enroll.revokeGo': '取り消す',
}
