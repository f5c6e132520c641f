import type { Part } from '../en.ts'
import type { firstPage as english } from '../en/firstPage.ts'

export const firstPage: Part<typeof english> = {
  'certificates.credential': '証明書',
  'certificates.over': '期限切れ',
  'device.state.active': '稼働中',
  'device.state.ended': '終了',
  'device.state.enrolling': '登録中',
  'device.state.lost': '紛失',
  'device.state.silent': '応答なし',
  'nav.policies': 'ポリシー',
  'signIn.passkey': '代わりにパスキーを使う',
  'guard.look': '保護を見る',
  'held.local': 'サーバーのコマンドライン',
  'guard.frozen': 'すべて停止しています。',
  'guard.frozenText': 'デバイスを変更する操作は送信されません。{age}に {by} が停止：{reason}',
  'guard.breaker': 'ブレーカーが作動しています。',
  'guard.breakerText':
    '{minutes} 分間に {n} 台が消去を確認しました。これまでにない数です。人が復旧するまで、取り消せない操作は送信されません。',
  'guard.restored': 'このサーバーはバックアップから復元されました。',
  'guard.restoredText':
    '以前に待機していた中断・消去の操作は保留されています。バックアップ以降に実行または取り消された可能性があります。アクティビティを確認してから解放してください。',
  'guard.time': 'サーバーの時計が疑わしい状態です。',
  'guard.timeText':
    '約 {span} ずれているようです。誰かが確認するまで、時間だけで始まる処理は行われず、取り消せない操作も承認なしでは送信されません。',
  'nav.apps': 'アプリとコンテンツ',
  'nav.reports': 'レポート',
  'certificates.named': '{what}：{name}',
  'certificates.purpose.devices': '自動登録',
  'certificates.purpose.content': 'アプリとブック',
  'certificates.purpose.portal': 'ベンダーポータルのキー',
  'certificates.purpose.vendor': 'ベンダー証明書',
  'certificates.breaks.promises': '新しいデバイスが自動で届かなくなります',
  'certificates.breaks.licenses': 'ライセンスを動かせなくなります',
  'certificates.breaks.portal': 'ポータルの操作ができなくなります',
  'certificates.breaks.signing': '要求を別の場所で署名する必要があります',
}
