import type { Part } from '../en.ts'
import type { reconcile as english } from '../en/reconcile.ts'

export const reconcile: Part<typeof english> = {
  'event.desired.changed': '目標の状態が変わりました: 追加{added}件、変更{changed}件、削除{removed}件',
  'event.desired.reached': '目標の状態になりました',
  'event.desired.retried': '{items, plural, other {失敗した#件の項目を再試行}}',
  'event.item.failed': '{final, select, true {{item} の適用を断念しました} other {{item} を適用できませんでした}}',
  'event.item.drifted':
    '{missing, select, true {{item} がデバイスから失われています} other {{item} がデバイス上で変更されました}}',
  'event.item.repaired': '{item} を元に戻しました',
  'event.device.described': 'デバイスの申告が変わりました: {fields}',
  'explained.item.flapping': 'デバイスに適用されては失われることを繰り返しています。',
  'explained.item.flapping.next':
    '別の管理ツール、管理者権限のある人、または両立しない項目が原因と考えられます。明日もう一度試します。',
  'explained.item.unanswered': 'デバイスは何度か受け取りましたが、結果を返していません。',
  'explained.item.unanswered.next': 'デバイスを再起動してから、もう一度試してください。',
  'explained.item.variable-missing': '必要な値が分かりません: {variable}',
  'explained.item.variable-missing.next': 'ユーザーまたはデバイスに値を入力してください。その後は自動的に送られます。',
  'explained.item.no-account': 'この項目は人に対するものですが、まだ誰もこのデバイスにサインインしていません。',
  'explained.item.no-account.next': '誰かがサインインすると自動的に送られます。',
}
