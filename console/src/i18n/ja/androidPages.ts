/** Texts of this part of the console. */
export const androidPages = {
  'problem.agent.none': 'このデバイスはMusterのエージェントで管理されていません。',
  'problem.agent.none.next':
    '別の方法で管理されている場合は何もする必要はありません。そうでない場合はAndroid用の招待で登録してください。',
  'android.device.version': 'エージェント',
  'android.device.document': 'ドキュメント',
  'android.device.generation': '第{n, number}世代',
  'android.device.noDocument': '未取得',
  'android.device.renew': 'IDの更新開始',
  'android.device.cloned':
    '{when}から、別のインストールがこのエージェントの鍵を使っています（複製）。所持者を確認し、デバイスを登録し直してください。',
  'android.encrypted': '暗号化',
  'android.noApps': 'アプリはまだ報告されていません',
  'android.noAppsText':
    'エージェントは次回の接続時にアプリを報告します。個人のデバイスでは仕事用プロファイルのアプリだけです。',
  'android.system.app': 'システム',
  'android.appSigner': '署名者',
  'android.permissions': '権限',
  'android.sideloaded': '手動',
  'android.system': 'システム',
  'android.how': 'デバイスの管理方法',
  'android.how.fully-managed':
    '会社所有、1人用。新品または初期化したデバイスの最初の画面でコードを読み取って設定します。',
  'android.how.dedicated': '会社所有、窓口や倉庫、表示用。キオスクポリシーで許可したものだけを表示します。',
  'android.how.company-profile': '会社所有で、個人利用も認めます。見えるのは仕事用プロファイルの中だけです。',
  'android.how.work-profile': '個人所有。リンクで仕事用プロファイルを作成します。それ以外は見えず、消去もできません。',
  'android.toSettings': 'Androidの設定',
  'android.package.missing':
    'このサーバーにはまだAndroidエージェントがないため、新しいデバイスが読み込むものがなく、コードも表示できません。',
  'android.package.unreadable':
    'Androidエージェントのファイルが署名されたパッケージではないため、コードを表示できません。',
  'android.ownAuthority':
    'このサーバーの証明書は自身の認証局によるものです。設定中のデバイスの多くは公的な認証局だけを信頼し、エージェントを読み込みません。',
  'android.code1': '新品または初期化したデバイスの電源を入れ、最初の画面で止めます。',
  'android.code2': '何もない同じ場所を6回タップすると、カメラが起動します。',
  'android.code3': 'コードを読み取り、画面に従います。',
  'android.page1': 'スマートフォンでコードを読み取るか、本人にリンクを送ります。',
  'android.page2': '見えるものと見えないものを本人の言語で説明し、エージェントを渡すページが開きます。',
  'android.page3': 'エージェントが仕事用プロファイルを設定します。',
  'android.qrLabel': '新しいAndroidデバイスを設定するQRコード',
  'android.crowded':
    'コードは{bytes, number}バイトあります。簡易なカメラでは読み取れないことがあります。ネットワークを外すか、短いパスワードにしてください。',
  'android.print': '印刷',
  'android.cable': 'ケーブル経由（テスト用）',
  'android.cableHint':
    'アカウントのない初期化済みデバイスで、USBデバッグをオンにします。試用のためのもので、多数の展開には向きません。',
  'android.copyCable': '行をコピー',
  'android.wifi': '設定用のネットワークをコードに入れる',
  'android.wifiIn': 'コードにはネットワーク「{name}」が入っています',
  'android.wifiHint':
    'デバイスはエージェントを読み込むためにこのネットワークに接続します。コードを読み取れる人はパスワードも読めます。ゲスト用のネットワークを使ってください。',
  'android.ssid': 'ネットワーク名',
  'android.wifiPassword': 'パスワード',
  'android.wifiPasswordHint': 'オープンネットワークの場合は空にします。',
  'android.wifiHidden': 'ネットワーク名を公開していない',
  'android.wifiPut': 'コードに入れる',
  'android.wifiOut': '外す',
  'android.step.opened': 'ページを表示',
  'android.step.downloaded': '登録を要求',
  'android.step.certificate': 'IDを付与',
  'android.step.ready': '完了',
  'android.cause.enrollment.waits-for-certificate':
    'デバイスは登録を要求しましたが、IDを受け取っていません。ネットワークが切れた可能性があります。',
  'android.cause.enrollment.waits-for-authenticate':
    'デバイスはIDを受け取った後、接続していません。電源とネットワーク接続を確認してください。',
  'android.title': 'Android',
  'android.lede': 'Androidデバイスがこのサーバーから読み込むエージェントと、その見分け方です。',
  'android.agent': 'エージェント',
  'android.state.ready': 'エージェントは準備できています。新しいデバイスはこのサーバーから読み込みます。',
  'android.state.missing': 'エージェントがまだありません。新しいAndroidデバイスをコードで設定できません。',
  'android.state.unreadable':
    'ファイルが署名されたパッケージではありません。新しいAndroidデバイスをコードで設定できません。',
  'android.make1':
    'npm run apkで、自社の鍵を使ってエージェントを作成します。初回は鍵も作成されます。デバイスはこの鍵による新しいエージェントだけを受け付けるため、大切に保管してください。',
  'android.make2':
    'ファイルをMUSTER_ANDROID_APKに指定してサーバーを再起動します。同じ場所の新しいファイルには再起動は不要です。',
  'android.make3': 'その後、Androidデバイス用の招待を作成します。',
  'android.url': '読み込み元',
  'android.component': '管理コンポーネント',
  'android.size': 'サイズ',
  'android.changed': 'ファイルの更新',
  'android.signer': '署名者（SHA-256）',
  'android.sha256': 'ファイル（SHA-256）',
  'android.copySigner': '署名者をコピー',
  'android.trust': '設定中の信頼',
  'android.trust.public': 'サーバー証明書は外部のものです。公的な認証局によるものでなければなりません。',
  'android.never':
    'エージェントはテストとパッケージの検査で確認されていますが、当方の電話で動作させたことはありません。コードを配る前に1台で試してください。',
  'problem.agent.package-missing': 'このサーバーにはAndroidエージェントのファイルがありません。',
  'problem.agent.package-missing.next':
    'npm run apkでエージェントを作成し、そのファイルをMUSTER_ANDROID_APKに指定して、サーバーを再起動してください。',
  'problem.agent.package-unreadable': 'Androidエージェントのファイルは署名されたパッケージではありません。',
  'problem.agent.package-unreadable.next': 'npm run apkで作り直すか、MUSTER_ANDROID_APKのパスを修正してください。',
  'problem.agent.code-refused': 'このコードを受け付けるデバイスはありません。',
  'problem.agent.code-refused.next':
    '示された項目を修正してください。ネットワーク名は32バイトまでで、オープンネットワークにパスワードは設定できません。',
} as const
