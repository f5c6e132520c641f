import type { Part } from '../en.ts'
import type { reports as english } from '../en/reports.ts'

export const reports: Part<typeof english> = {
  'event.report.saved': 'レポート「{name}」を保存しました{scheduled, select, true {（スケジュールあり）} other {}}',
  'event.report.changed': 'レポート「{name}」を変更しました',
  'event.report.removed': 'レポート「{name}」を削除しました',
  'event.report.made':
    'レポート「{name}」を作成しました：{rows, plural, other {#}} 件{recipients, plural, =0 {} other {、# 人に送信}}',
  'event.report.failed': 'レポート「{name}」を作成できませんでした',
  'event.evidence.made': '監査証跡を作成しました',
  'problem.past.unread': '指定できる日付または時刻ではありません。',
  'problem.past.unread.next': 'カレンダーから日付を選んでください。',
  'problem.past.ahead': 'その日はまだ来ていません。',
  'problem.past.ahead.next': '今日またはそれ以前の日付を選んでください。',
  'problem.past.not-kept': 'そこまで古い履歴は保存されていません。',
  'problem.past.not-kept.next':
    'もっと新しい日付を選んでください。履歴の保存期間は 400 日で、このサーバーが記録を始めた日からです。',
  'problem.report.running': 'このファイルはまだ完成していません。',
  'problem.report.running.next': '完成してからもう一度取得してください。',
  'problem.report.expired': 'このファイルはもう保存されていません。',
  'problem.report.expired.next': 'もう一度実行してください。同じ日付であれば同じ内容になります。',
  'problem.report.too-many': 'これ以上は保存できません。',
  'problem.report.too-many.next': '不要なものを削除するか、実行中のものが終わるまでお待ちください。',
  'problem.report.column-unknown': 'その名前の列はありません。',
  'problem.report.column-unknown.next': '一覧から列を選んでください。',
  'problem.report.no-mail': 'このサーバーはまだメールを送信できません。',
  'problem.report.no-mail.next':
    'サーバーの運用担当者にメールの設定を依頼するか、宛先なしで保存してここからファイルを取得してください。',
}
