import type { TextKey } from './en.ts'

/** What mails about alerts say. */
export const ja: Readonly<Record<TextKey, string>> = {
  'title.left-management': '{device} が管理から外れました',
  'title.integrity': '{device} は脱獄または root 化されています',
  'title.violation': '{device} が規則「{rule}」に違反しています{apps, select, none {} other {：{apps}}}',
  'title.malware': '{device} でマルウェアが見つかりました{apps, select, none {} other {：{apps}}}',
  'title.no-contact':
    '{device} から {days, plural, other {#}} 日間連絡がありません{why, select, never {（登録以来一度もありません）} noaddress {（呼び出せません）} other {}}',
  'title.enrollment-stuck': '{device} の登録が {minutes, plural, other {#}} 分たっても完了していません',
  'title.newcomer':
    '{name} が登録の許可を求めています{attested, select, failed {（チップの証明は信用できません）} other {}}',
  'next.newcomer': '心当たりのある端末なら許可し、誰も知らなければ拒否してください。',
  'title.cloned': 'エージェントの複製が {device} として通信しています',
  'next.cloned':
    'シリアル番号と持ち主を確認し、どちらが本物か突き止めてください。端末のページで管理を終了し、本物を登録し直すと、複製は締め出されます。',
  'title.licenses-short': '「{name}」のライセンスが{short, plural, other {# 件}}不足しています',
  'title.app-failed': '「{name}」が {required, number} 台中{failed, plural, other { # 台}}で失敗しています',
  'title.leading-refused': '{name}：サインインする端末をここへ案内することをベンダーが拒否しました',
  'title.program-troubled':
    '{cause, select, terms {{name}：ベンダーの新しい規約が承認されていません} refused {{name}：ベンダーが認証情報を拒否しています} expired {{name}：認証情報の期限が切れています} throttled {{name}：ベンダーから繰り返し待機を求められています} silent {{name}：ベンダーが続けて応答していません} elsewhere {{name}：別のサーバが同じデバイスまたはライセンスを扱っています} other {{name} がベンダーと同期していません}}',
  'title.intake-red':
    'バッチ「{name}」は {day} の準備ができていません：赤の確認が {reds, plural, other {# 件}}あります',
  'title.intake-stuck': 'バッチ「{name}」で {count, plural, other {# 台}}が止まっています（最初は {serial}）',
  'title.secret-doubted': '保管中の秘密情報では {device} を開けません',
  'title.secret-stuck': '{device} の秘密情報を変更できませんでした',
  'title.setup-stuck':
    '{device} の初期設定が止まっています：{cause, select, silent {{minutes, plural, other {#}} 分間応答がありません} failing {必要な項目が失敗し続けています} other {進展がありません}}',
  'title.command-failed': '{device} は「{command}」を実行できませんでした',
  'title.item-failed': '{device} は最後の試行でも「{item}」を受け付けませんでした',
  'title.expiring':
    '{what, select, apns {Apple プッシュ証明書} tls {このサーバーの TLS 証明書} ca_tls {このサーバーの認証局} ca_device {デバイス用の認証局} ca_scep {SCEP 用の認証局} profile_signing {プロファイル署名用の証明書} devices {自動登録のトークン「{subject}」} content {アプリとブックのトークン「{subject}」} portal {ベンダーポータルのキー「{subject}」} vendor {ベンダー証明書} other {{subject}}}はあと {days, plural, other {#}} 日で期限切れになります',
  'title.account-trouble':
    '{why, select, deactivated {「{address}」は誰のアドレスでもなくなりましたが、デバイスの管理がこれに依存しています} other {「{address}」から一か月応答がありませんが、デバイスの管理がこれに依存しています}}',
  'title.incident': '{device} の{kind, select, stolen {盗難} other {紛失}}が届け出られました',
  'title.order-held': '{device} への予約命令は期限が来ましたが、保留されています',
  'title.push-refused': 'Apple がプッシュ証明書を拒否しています。どの端末も呼び出せません',
  'title.push-failing': 'プッシュサービスに {minutes, plural, other {#}} 分間つながりません',
  'title.push-address': '{device} を呼び出せません。プッシュ宛先が無効です',
  'title.mail-undelivered': '届かないメールがあります',
  'title.campaign-halted':
    'キャンペーン「{name}」が自動的に中断しました：{reached} 台中 {failed, plural, other {# 台}}が失敗',
  'title.exception-asked': '「{rule}」の例外が申請されています',
  'title.hours-asked': '勤務時間の例外が申請されています',
  'title.privacy-check': 'プライバシー憲章の約束のうち {count, plural, other {#}} 件が守られていません',
  'title.guard-held': '{count, plural, other {#}} 台への「{action}」が保留され、承認を待っています',
  'title.guard-proposed': '「{action}」が提案されました。誰も止めなければ自動的に有効になります',
  'title.guard-breaker':
    '遮断器が作動しました。{minutes, plural, other {#}} 分間に {count, plural, other {#}} 台が消去または解放されました',
  'title.guard-frozen': 'すべて凍結されています。命令は一切送信されません',
  'title.guard-restored': 'サーバーはバックアップから復元されました。解除されるまで破壊的な命令は送信されません',
  'title.guard-time': 'サーバーの時計が {minutes, plural, other {#}} 分ずれました。時刻を待つものは保留されています',
  'next.left-management':
    '管理プロファイルを削除したか本人に確認してください。紛失なら届け出て、そうでなければ再登録してください。',
  'next.integrity': '業務データを遠ざけてください。証拠を確認し、端末を制限するか回収してください。',
  'next.violation': '直し方は本人に通知されます。端末が再び規則を守れば自動的に閉じます。',
  'next.malware': '業務に再び使う前に、アプリを削除して端末を点検してください。',
  'next.no-contact':
    '端末の所在を本人に尋ねてください。不在ならいつまでかを記録し、誰も知らなければ紛失を届け出てください。',
  'next.enrollment-stuck':
    '端末を確認してください。操作待ちか、通信切れであることが多いです。やり直しても問題ありません。',
  'next.licenses-short':
    'Apple Business Manager または School Manager で追加購入するか、使われていないものを回収してください。',
  'next.app-failed': 'デバイスごとの理由を確認してください。共通の原因から直し、再試行するか本人にもう一度たずねます。',
  'next.leading-refused':
    'サインインによる登録の画面を開くと、ベンダーの回答がわかります。依頼は毎日繰り返します。承諾されるまでは、自社ドメインのアドレスだけが端末をここへ導きます。',
  'next.program-troubled':
    'プログラムを開くと対処方法がわかります。それまで新しい読み込みや割り当ては止まりますが、失われるものはありません。',
  'next.intake-red': 'バッチを開いてください。赤の確認ごとに、何をどこで直すかが書かれています。',
  'next.intake-stuck': 'バッチを開いてください。止まっている端末がすべて原因と共に示されています。',
  'next.secret-doubted': '端末で誰が変更したかを確認して設定し直し、ここで履歴を確認してください。',
  'next.secret-stuck': '端末の「セキュリティ」タブで、妨げている理由を確認してください。',
  'next.setup-stuck':
    '端末の電源と通信を確認してください。期限になれば必ず先に進めます。何を待っているかは端末のページで分かります。',
  'next.command-failed': '端末の応答を確認し、再送するか別の方法を選んでください。',
  'next.item-failed': '理由を確認し、ポリシーか端末を直してから再試行してください。',
  'next.account-trouble':
    'まだサインインできるうちに、ベンダー側のアカウントをチームで読むグループアドレスに変更し、台帳に記録してください。',
  'next.expiring':
    '作成に使ったアカウントで今すぐ更新してください。期限後は端末に届かないか、サーバーが信頼されなくなります。',
  'next.incident': '対応画面を開いてください。必要なものはすべて一つの画面にあります。',
  'next.order-held': '保留の理由を確認し、解除するか命令を取り消してください。',
  'next.push-refused': '同じ Apple アカウントでプッシュ証明書を更新し、アップロードしてください。',
  'next.push-failing':
    'このサーバーの外部接続、ファイアウォール、時計を確認してください。サービスが復旧すれば端末は呼び出され、失われるものはありません。',
  'next.push-address': '端末が次に自ら連絡すれば直ります。直らなければ再登録してください。',
  'next.mail-undelivered': '送信箱で拒否された宛先を確認し、修正してください。',
  'next.campaign-halted':
    '失敗した端末とその理由を確認してください。バージョンに問題があれば終了し、原因が別なら再開します。',
  'next.exception-asked': '期限を付けて認めるか、本人が読む理由を添えて断ってください。',
  'next.hours-asked': '時刻を決めて認めるか、断ってください。',
  'next.privacy-check': '運用者と憲章の署名者に知らせてください。見つかった内容はサーバーのログにあります。',
  'next.guard-held':
    '心当たりがなければ止めてください。どの管理者でも取り消せます。正しければ、申請者以外が承認します。',
  'next.guard-proposed': '心当たりがなければ止めてください。どの管理者でも取り消せます。',
  'next.guard-breaker': '誰が行っているのか突き止めてください。遮断器を戻すまで、これ以上は消去されません。',
  'next.guard-frozen': '凍結した人に確認してください。危険が去れば、別の管理者がパスキーで解除します。',
  'next.guard-restored': 'バックアップが知らなかったことを確認し、サーバー上で解除してください。',
  'next.guard-time': 'マシンの時計を確認し、サーバー上で時刻を確定してください。',
  'person.left-management.subject': 'お使いの端末 {device} は管理から外れました',
  'person.left-management.text':
    'お使いの端末 {device} は {org} の管理から外れました。業務用のアプリ、メール、ネットワークが使えなくなることがあります。意図したものでない場合や端末をなくした場合は、すぐに IT 担当にお知らせください。',
  'person.integrity.subject': 'お使いの端末 {device} は業務に安全ではありません',
  'person.integrity.text':
    'お使いの端末 {device} には、システムが改変された（脱獄または root 化）形跡があります。保護が効いていません。端末の設定またはコンピュータから元のシステムを復元してください。心当たりがなければ IT 担当にお尋ねください。',
  'person.violation.subject': '{device} で直していただきたいことがあります',
  'person.violation.text':
    'お使いの端末 {device} が {org} の規則「{rule}」を満たしていません。{apps, select, none {端末の設定を開き、規則が求める点を直してください。} other {対象：{apps}。アイコンを長押しして、端末から削除してください。}}直れば通知は自動的に終わります。返信は不要です。',
  'person.malware.subject': '{device} に危険なアプリがあります',
  'person.malware.text':
    'お使いの端末 {device} で有害なアプリが見つかりました{apps, select, none {} other {（{apps}）}}。すぐに削除し、それまでパスワードを入力せず、IT 担当に知らせてください。',
  'person.no-contact.subject': '{device} はお手元にありますか',
  'person.no-contact.text':
    'お使いの端末 {device} から {days, plural, other {#}} 日間連絡がありません。お手元にあれば電源を入れ、数分間ネットワークにつないでください。紛失や盗難の場合は、すぐに IT 担当に知らせてください。端末を持たずに不在の場合は、いつまでかをお知らせください。',
  'person.enrollment-stuck.subject': '{device} の設定が終わっていません',
  'person.enrollment-stuck.text':
    'お使いの端末 {device} の設定が途中で止まっています。ネットワークにつなぎ、表示される手順を完了してください。何も表示されなければ、招待をもう一度開いてください。',
  'person.push-address.subject': '{device} に連絡できません',
  'person.push-address.text':
    '{org} からお使いの端末 {device} を呼び出せません。電源を入れ、数分間ネットワークにつないでください。もうお手元にない場合は IT 担当に知らせてください。',
  severity: '{severity, select, critical {重大} warning {警告} other {注意}}',
  'subject.one': '【{severity}】{title}',
  'subject.many': '{org} の警報 {count, plural, other {#}} 件：{title} ほか',
  since: '{at, date, medium} {at, time, short} から（{zone}）',
  repeated: '{times, plural, other {#}} 回',
  more: '…ほか {count, plural, other {#}} 件',
  everyone: 'このメールは {org} の全管理者にすぐ届きます。停止することはできません。',
  why: 'メールで受け取る内容と時期はこちらで選べます：{url}',
  'assigned.subject': '{who} から担当を任されました：{title}',
  'digest.subject': '{org}：新しい警報 {fresh, plural, =0 {なし} other {# 件}}、未解決 {open} 件 — {at, date, medium}',
  'digest.fresh': '前回の要約以降の新しい警報',
  'digest.open': '未解決のまま',
  'digest.ended': 'その後 {count, plural, other {#}} 件が解決しました。',
  'digest.anchor':
    '記録の基準点：{seq} 番、{hash}。このメールを保管してください。それ以前の記録が改変されていないことの証拠になります。',
  'person.hello': '{name} 様',
  'person.fix': 'IT 担当より：{fix}',
  'person.my': '{org} が端末について見るもの、決して見ないもの：{url}',
  'person.end': 'このメールは {org} に代わって Muster が送信しました。',
  'test.subject': 'Muster からのテストメール',
  'test.text': 'ご依頼のテストメールです。これが読めればメールは機能しており、警報、要約、リンクが届きます。',
}
