import type { Part } from '../en.ts'
import type { rolloutLog as english } from '../en/rolloutLog.ts'

export const rolloutLog: Part<typeof english> = {
  'event.rollout.begun': '{name} の展開を開始: バージョン {from} から {to} へ',
  'event.rollout.advanced': '{name} の展開: バージョン {to} を端末の {percent} % へ',
  'event.rollout.paused': '{name} の展開を一時停止',
  'event.rollout.resumed': '{name} の展開を再開',
  'event.rollout.finished': '{name} の展開が完了: すべてバージョン {to}',
  'event.rollout.stopped':
    '{name} の展開を停止。端末はバージョン {from} に戻ります{failed, plural, =0 {} other { (# 台が失敗)}}',
  'event.trial.begun': '{name} の試用を開始',
  'event.trial.ended': '{name} の試用が終了{early, select, true { (早期)} other {}}',
  'problem.rollout.under-way': 'このポリシーのバージョンはすでに展開中です。',
  'problem.rollout.under-way.next': 'その展開の完了を待つか、停止してください。',
  'problem.rollout.ended': 'この展開は終わっています。',
  'problem.rollout.ended.next': '別の展開を始めるには、新しいバージョンを保存してください。',
  'problem.rollout.not-now': '展開の今の状態ではできません。',
  'problem.rollout.not-now.next': 'もう一度確認してください。ほかの人が一時停止または再開したかもしれません。',
  'explained.rollout.failures': '失敗した端末が多すぎます: 応答したうちの {percent} %。',
  'explained.rollout.silence': '通信してきた端末が少なすぎます: この段階の {percent} %。',
  'explained.rollout.canceled': '管理者が停止しました。',
}
