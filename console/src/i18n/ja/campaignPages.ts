import type { campaignPages as source } from '../en/campaignPages.ts'

/** Texts of this part of the console. */
export const campaignPages = {
  'problem.campaign.outdated': '確認後に、適用できる端末が変わりました。',
  'problem.campaign.outdated.next': '新しい数を確認してから開始してください。',
  'campaign.way': '開始までの手順',
  'campaign.way.choose': '選ぶ',
  'campaign.way.preview': '確認する',
  'campaign.way.go': '開始する',
  'campaign.foresight': '開始した場合の見込み',
  'campaign.foresightText':
    '端末には何も送らずに調べた結果です。この数で開始します。その間に数台を超える端末が変わった場合、開始は拒否されます。',
  'campaign.wave': '段階',
  'campaign.waveDevices': '対象台数',
  'campaign.waveStarts': '開始時期',
  'campaign.waveAtOnce': '開始時',
  'campaign.waveAfter': '早くて {hours, plural, other {# 時間後}}',
  'campaign.waveLate': '期限の後になります。早く始めるか、期限を延ばしてください',
  'campaign.cannot': '適用できない、または不明な端末',
  'campaign.cannotNone': 'ありません。すべての端末が適用済みか、適用できます。',
  'campaign.offlineTitle': '連絡のない端末',
  'campaign.offline': '{days, plural, other {# 日}}を超えて連絡なし',
  'campaign.offlineNone': 'すべての端末から 3 日以内に連絡がありました。',
  'campaign.dues': '期限が来る時刻',
  'campaign.zone': 'タイムゾーン',
  'campaign.yourClock': 'お使いの端末の時刻',
  'campaign.startedWith': '開始時の見込み',
  'campaign.startedWithText': '{of, number} 台中 {eligible, plural, other {# 台}}が適用可能',
  'problem.campaign.gated': 'このキャンペーンにはすでに制限があります。',
  'problem.campaign.gated.next': '先に今の制限をなくしてください。',
  'problem.campaign.gate-kind': 'そのルールはシステムのバージョンを対象にしていません。',
  'problem.campaign.gate-kind.next': 'OS の古さを対象とするルールを選ぶか、新しく作成してください。',
  'newCampaign.notices': '期限前に利用者に知らせる',
  'newCampaign.noticesHint':
    '3 日前、1 日前、3 時間前に、本人の言語のメールで知らせます。夜間には送らず、勤務時間の設定があればその時間内だけに送ります。',
} as const satisfies Record<keyof typeof source, string>
