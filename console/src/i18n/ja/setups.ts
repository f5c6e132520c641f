import type { setups as source } from '../en/setups.ts'

/** Texts of this part of the console. */
export const setups = {
  'event.setup.began': '初期設定を開始しました（{minutes, plural, other {#}} 分以内に必ず終わります）',
  'event.setup.progressed': '初期設定：{total, number} 件中 {done, number} 件が完了',
  'event.setup.stuck':
    '初期設定が止まっています：{code, select, silent {端末から応答がありません} failing {必要な項目が失敗し続けています} other {進展がありません}}',
  'event.setup.ended':
    '初期設定は {minutes, plural, other {#}} 分で終わりました：{why, select, ready {すべて揃いました} late {期限になりました（{total, number} 件中 {done, number} 件）} other {待つものがなくなりました}}',
} as const satisfies Record<keyof typeof source, string>
