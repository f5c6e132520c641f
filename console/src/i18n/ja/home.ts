import type { Part } from '../en.ts'
import type { home as source } from '../en/home.ts'

/** ホーム。 */
export const home: Part<typeof source> = {
  'home.lede':
    '{due, plural, =0 {判断が必要なことはありません。} other {判断待ちが # 件あります{urgent, plural, =0 {} other {（うち至急 # 件）}}。}}{total, plural, =0 {} other {# 台のうち {active, number} 台が接続しています。}}',
  'home.scope': 'ホームは閲覧できる範囲全体を数えます。<link>端末</link>は {unit} に絞られています。',
  'home.due': '判断待ち',
  'home.now': '至急',
  'home.later': '近日',
  'home.dueBy': '{date} まで',
  'home.since': '{age}',
  'home.open': '開く',
  'home.nothingDue': '対応が必要なことはありません。必要になるとここに出ます。',
  'home.empty': 'まだ端末が登録されていません',
  'home.emptyText':
    '招待は、端末を部門に登録するためのリンクと QR コードです。最初の 1 台が登録されると、ここに表示されます。',
  'home.emptyAction': '端末を登録する',
  'home.fleet': '端末の状況',
  'home.counted': '{time} 集計',
  'home.fleetCaption': '状態、プラットフォーム、部門ごとの端末数',
  'home.platformOrUnit': 'プラットフォームまたは部門',
  'home.share': '割合',
  'home.all': '合計',
  'home.byPlatform': 'プラットフォーム別',
  'home.byUnit': '部門別',
  'home.expiry': '期限',
  'home.allCredentials': '全 {n, number} 件',
  'home.expiryCaption': '残り期間の順の証明書',
  'home.refused': '拒否',
  'home.left': '残り',
  'home.noExpiry': '期限のあるものはありません。',
  'home.wakes': '呼び出し',
  'home.wakesCount': '{n, plural, other {# 回}}',
  'home.wakesText': '半数の端末は {p50} 以内、95% は {p95} 以内に接続します。',
  'home.upTo': '{time} まで',
  'home.slower': 'それ以上',
}
