import type { intakes as en } from '../en/intakes.ts'

export const intakes: Record<keyof typeof en, string> = {
  'event.intake.planned':
    'バッチ「{name}」を {day} に予定しました: {lines, plural, =0 {名簿の端末} other {# 台}}{blocked, plural, =0 {} other {（問題のある行 # 件）}}',
  'event.intake.changed': 'バッチ「{name}」を変更しました',
  'event.intake.removed': 'バッチ「{name}」を削除しました',
  'event.intake.edited': 'バッチ「{name}」の行を変更しました',
  'event.intake.prepared': 'バッチ「{name}」の準備ができました: {lines, plural, other {# 台}}',
  'event.intake.checked':
    'バッチ「{name}」の事前確認: {reds, plural, =0 {赤はありません} other {赤 # 件}}{ambers, plural, =0 {} other {、黄 # 件}}',
  'event.intake.troubled':
    'バッチ「{name}」は {day} の準備ができていません: 赤の確認が {reds, plural, other {# 件}}あります',
  'event.intake.cleared': 'バッチ「{name}」: 赤はなくなりました',
  'event.intake.opened': 'バッチ「{name}」の当日を開始しました: {lines, plural, other {# 台}}',
  'event.intake.stepped':
    'バッチ「{name}」の {serial}: {now, select, expected {到着待ち} unboxed {開封済み} enrolled {登録済み} configuring {設定中} ready {準備完了} stuck {停止中} other {変更}}',
  'event.intake.stuck': 'バッチ「{name}」: {serial} が止まっています',
  'event.intake.freed': 'バッチ「{name}」: 止まっている端末はなくなりました',
  'event.intake.closed':
    'バッチ「{name}」を締めました: {lines} 台中 {ready} 台が準備完了{left, plural, =0 {} other {、残り # 台}}',
  'problem.intake.empty': '行がありません。',
  'problem.intake.empty.next': 'シリアル番号を 1 つ以上、または 1 行に 1 台を書いたファイルを指定してください。',
  'problem.intake.too-many': '1 つのバッチに入る行数を超えています。',
  'problem.intake.too-many.next': '複数のバッチに分けてください。',
  'problem.intake.unreadable': 'ファイルを途中の行から読めません。',
  'problem.intake.unreadable.next': 'ここに示した行で、閉じられていない引用符を探してください。',
  'problem.intake.day-malformed': '暦にない日付です。',
  'problem.intake.day-malformed.next': 'タイムゾーン名と共に 2026-04-01 の形で書いてください。',
  'problem.intake.closed': 'このバッチは締められています。',
  'problem.intake.closed.next': '記録は残ります。ほかの端末には新しいバッチを作ってください。',
  'problem.intake.open': 'このバッチの当日が始まったため、もうできません。',
  'problem.intake.open.next': 'バッチを締めるか、そのブループリントの割り当てを変更してください。',
  'problem.intake.red': '赤の確認があります。',
  'problem.intake.red.next': '直すか、そのまま当日を開始してください。',
  'problem.intake.not-open': 'このバッチの当日はまだ開始されていません。',
  'problem.intake.not-open.next': '先に当日を開始するか、バッチを削除してください。',
  'problem.intake.line-taken': 'この行の端末はもう届いています。',
  'problem.intake.line-taken.next': '端末そのものを変更してください。',
  'problem.intake.setup-elsewhere': 'このセットアップは、バッチの組織単位では使えません。',
  'problem.intake.setup-elsewhere.next': '閲覧できるセットアップを選んでください。',
}
