import type { Part } from '../en.ts'
import type { policyViews as english } from '../en/policyViews.ts'

export const policyViews: Part<typeof english> = {
  'device.sentence.policies-failed':
    '<b>{n, plural, other {適用できないポリシーが # 件あります。}}</b><link>理由を見る</link>。',
  'device.sentence.policies-blocked':
    '<b>{n, plural, other {値が足りないポリシーが # 件あります。}}</b><link>見る</link>。',
  'device.sentence.policies-waiting':
    '<b>進行中。</b>{n, plural, other {<link>ポリシー # 件</link>がまだ適用されていません。}}',
  'device.col.policy': 'ポリシー',
  'device.col.group': 'グループ',
  'device.policy.ok': 'すべて適用済み',
  'device.policy.failed': '失敗',
  'device.policy.pending': '適用待ち',
  'device.policy.drifted': '端末側で変更',
  'device.policy.unsupported': '端末が非対応',
  'device.policy.none': '対象なし',
  'device.policy.nFailed': '失敗 {n, number} 件',
  'device.policy.nWaiting': '適用待ち {n, number} 件',
  'timeline.policies': 'ポリシー',
  'timeline.byRules': '{n, plural, other {規則：{rules}}}',
  'palette.groups': 'グループ',
  'palette.tags': 'タグ',
}
