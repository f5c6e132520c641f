import type { Part } from '../en.ts'
import type { portal as english } from '../en/portal.ts'

export const portal: Part<typeof english> = {
  'event.portal.linked': '個人用リンクを作成（{sent, select, mail {メール送信} other {画面表示}}）',
  'event.portal.entered': '本人のページを開いた',
  'event.portal.left': '本人のページを閉じた',
  'event.portal.ended': '個人用リンクと閲覧を終了',
  'event.portal.coded': '確認コードをメールで送信',
  'event.portal.proven': 'メールのコードで本人確認',
  'event.portal.refused': '誤ったコードを入力',
  'event.portal.exported': '自分の記録をダウンロード',
  'problem.portal.no-mail': 'このサーバーはメールを送信できません。',
  'problem.portal.no-mail.next':
    'メールを設定するか（MUSTER_SMTP_URL、MUSTER_MAIL_FROM）、リンクを画面に表示してください。',
  'problem.portal.no-address': 'この人のメールアドレスが登録されていません。',
  'problem.portal.no-address.next': 'アドレスを登録するか、リンクを画面に表示してください。',
  'problem.portal.code-needed': 'この操作には、メールで届くコードが必要です。',
  'problem.portal.code-needed.next': 'コードを要求して入力してください。',
  'problem.portal.code-refused': 'コードが一致しません。',
  'problem.portal.code-refused.next':
    'もう一度ご確認ください。5 回間違えるか 10 分過ぎた場合は、新しいコードを要求してください。',
  'portal.title': '個人用リンク',
  'portal.hint': '本人専用のページを開きます。端末について記録されている内容、閲覧の記録、紛失の届け出ができます。',
  'portal.none': '未使用のリンクはなく、ページも開かれていません。',
  'portal.waits': '{at} まで有効な未使用のリンクがあります。',
  'portal.open': '{n, plural, other {# 個のブラウザー}}で開かれています。最終利用: {at}。',
  'portal.mail': 'リンクをメールで送る',
  'portal.show': 'リンクを表示',
  'portal.end': '終了する',
  'portal.qr': '個人用リンクの QR コード',
  'portal.once':
    '今すぐ本人に渡してください。{at} まで一度だけ開け、再表示はできません。管理者が理由なしでは見られない情報は、本人がメールのコードを入力するまで表示されません。',
  'portal.copy': 'リンクをコピー',
  'portal.sent': '{to} に送信しました。',
  'portal.no-mail': 'このサーバーではメールが設定されていないため、リンクの表示だけができます。',
  'portal.no-address': 'この人のメールアドレスが登録されていないため、リンクの表示だけができます。',
}
