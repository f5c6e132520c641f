import type { Part } from '../en.ts'
import type { policyViews as english } from '../en/policyViews.ts'

export const policyViews: Part<typeof english> = {
  'decision.policies-failed.word': '失敗',
  'decision.policies-failed.title': '{count, plural, other {ポリシーを適用できない端末が # 台あります}}',
  'decision.policies-failed.text':
    '拒否されたか、使用者または端末の値が足りません。内容と対処は各端末のページにあります。',
  'decision.policies-failed.action': '見る',
  'decision.rollout-stopped.word': '停止',
  'decision.rollout-stopped.title': '「{name}」の展開が自動で停止しました',
  'decision.rollout-stopped.text':
    '{reason, select, silence {接続した端末が少なすぎます（この段階の {percent}％）。} other {失敗が多すぎます（{failed} 台、応答した端末の {percent}％）。}}すべての端末がバージョン {from} に戻ります。',
  'decision.rollout-stopped.action': '理由を見る',
  'decision.policy-tests-failing.word': 'テスト失敗',
  'decision.policy-tests-failing.title':
    '{count, plural, other {失敗しているポリシーテストが # 件あります（「{name}」など）}}',
  'decision.policy-tests-failing.text': '前回の実行で、常に満たすべき条件を満たさない端末がありました。',
  'decision.policy-tests-failing.action': '端末を見る',
  'decision.declarations-stalled.word': '停滞',
  'decision.declarations-stalled.title': '{count, plural, other {変更を受け取らなくなった端末が # 台あります}}',
  'decision.declarations-stalled.text':
    '接続はしていますが、知らせた変更に応答しません。端末のページからすべて読み直させ、続く場合は再起動してください。',
  'decision.declarations-stalled.action': '見る',
  'decision.change-waiting.word': '承認待ち',
  'decision.change-waiting.title': '変更予定「{name}」が承認を待っています',
  'decision.change-waiting.text': '{moves, plural, other {移動 # 件}}。影響を確認し、承認または取り消してください。',
  'decision.change-waiting.action': '確認する',
  'decision.change-stopped.word': '停止',
  'decision.change-stopped.title': '変更予定「{name}」が自動で停止しました',
  'decision.change-stopped.text':
    '{moves, plural, other {移動 # 件}}のうち {done, number} 件を実行済み。理由と元に戻す方法はそのページにあります。',
  'decision.change-stopped.action': '理由を見る',
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
