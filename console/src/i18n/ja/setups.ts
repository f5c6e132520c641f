import type { setups as source } from '../en/setups.ts'

/** Texts of this part of the console. */
export const setups = {
  'event.setup.began': '初期設定を開始しました（{minutes, plural, other {#}} 分以内に必ず終わります）',
  'event.setup.progressed': '初期設定：{total, number} 件中 {done, number} 件が完了',
  'event.setup.stuck':
    '初期設定が止まっています：{code, select, silent {端末から応答がありません} failing {必要な項目が失敗し続けています} other {進展がありません}}',
  'event.setup.ended':
    '初期設定は {minutes, plural, other {#}} 分で終わりました：{why, select, ready {すべて揃いました} late {期限になりました（{total, number} 件中 {done, number} 件）} other {待つものがなくなりました}}',
  'problem.device.not-apple': '端末の自己申告が、Apple が保証する端末によって署名されていません。',
  'problem.device.not-apple.next':
    '実機を登録してください。テストでは証明書の発行元を MUSTER_APPLE_DEVICE_CA に指定します。',
  'problem.device.replayed': 'まったく同じメッセージで、すでに端末が登録されています。',
  'problem.device.replayed.next': '端末をもう一度設定してください。新しいメッセージに署名します。',
  'problem.device.challenge-unknown': '端末の応答に対応する問い合わせがないか、期限が切れています。',
  'problem.device.challenge-unknown.next': '端末でアドレスを開き直してください。',
  'problem.device.identity-changed': '登録しようとしている端末は、プロファイルを受け取った端末と異なります。',
  'problem.device.identity-changed.next': 'その端末自身でプロファイルを取得し直してください。',
  'problem.setup.serial-missing': '端末がシリアル番号を申告していません。',
  'problem.setup.serial-missing.next': '割り当て済みの端末なら必ず申告します。端末を確認してください。',
  'problem.setup.not-expected': 'この端末は組織に割り当てられていません。',
  'problem.setup.not-expected.next':
    'Apple Business または School でこのサーバーに割り当て、一覧に現れるまで待ってください。',
  'problem.setup.sign-in-needed': 'この端末を設定する人は、先にサインインする必要があります。',
  'problem.setup.sign-in-needed.next': '設定アシスタントをやり直すと、サインインのページが開きます。',
  'problem.signin.over': 'このサインインは終了しています。',
  'problem.signin.over.next': '端末でやり直してください。',
  'problem.signin.no-mail': 'このサーバーはメールを送れないため、誰もサインインできません。',
  'problem.signin.no-mail.next':
    'MUSTER_SMTP_URL と MUSTER_MAIL_FROM を設定するか、サインインに使う発行者を選んでください。',
  'problem.account-door.closed': 'ここではサインインによる端末登録ができません。',
  'problem.account-door.closed.next': '組織の設定でアカウント駆動型の登録を有効にしてください。',
  'problem.account-door.nobody': 'サインインした人のアドレスを持つユーザーがいません。',
  'problem.account-door.nobody.next':
    'まったく同じメールアドレスでユーザーを追加するか、設定で別のクレームを選んでください。',
  'problem.account-door.domain-taken': 'このドメインは、このサーバー上の別の組織が使っています。',
  'problem.account-door.domain-taken.next': '自組織だけのドメインを選んでください。',
  'problem.account-door.issuer-unread': 'サインインに使う発行者の情報をまだ取得できていません。',
  'problem.account-door.issuer-unread.next': '理由は設定で確認できます。サーバーは自動的に再試行します。',
  'problem.account-door.incomplete':
    '発行者によるサインインには、そのアドレスと、そこでのこのサーバーの ID が必要です。',
  'problem.account-door.incomplete.next': '両方を入力するか、メールのコードを選んでください。',
  'event.account-door.changed':
    'サインインによる登録の設定：{byod, select, true {個人端末を許可} other {個人端末は不可}}、{adde, select, true {組織の端末を許可} other {組織の端末は不可}}',
} as const satisfies Record<keyof typeof source, string>
