/** コンソールのこの部分の文言。 */
export const wake = {
  'event.wake-channel.changed':
    '{set, select, true {チャネル {channel, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} other {HTTPS}} を設定しました} other {チャネル {channel, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} other {HTTPS}} を削除しました}}',
  'event.wake-channel.failing':
    '{channel, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} other {HTTPS}} でデバイスを {minutes, plural, other {#}} 分間起こせていません: {reason}',
  'event.wake-channel.recovered':
    '{channel, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} other {HTTPS}} でデバイスを再び起こせるようになりました',
  'event.wake-channel.address-died':
    '{subject} を {channel, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} other {HTTPS}} で起こせなくなりました: {reason}',
  'problem.wake-channel.credential': 'サービスアカウントの鍵ファイルではありません。',
  'problem.wake-channel.credential.next':
    'Firebase コンソールでプロジェクトの設定を開き、サービスアカウントの新しい秘密鍵を生成して、その JSON ファイルをそのまま登録してください。',
  'event.wake-channel.switched':
    '{subject} の応答経路が {from, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} poll {自身の周期} other {HTTPS}} から {to, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} poll {自身の周期} other {HTTPS}} に変わりました',
  'event.wake-rhythm.changed':
    '{minutes, plural, =0 {{subject} は上位の部署の周期に戻りました} other {{subject} のエージェントは # 分ごとに接続します}}',
  'event.wake-number.changed':
    '{set, select, true {{subject}のSMS用番号が登録されました} other {{subject}のSMS用番号が削除されました}}',
  'problem.wake-number.private': 'この電話の番号は把握できません。',
  'problem.wake-number.private.next':
    '所属部門または管理方式のプライバシー憲章で禁止されています。ほかの呼び出し方法は使えます。',
  'problem.wake-channel.off': 'このチャネルは設定されていません。',
  'problem.wake-channel.off.next': '先に設定してから試してください。',
  'problem.wake-channel.nobody': 'このチャネルで起こせるデバイスはまだありません。',
  'problem.wake-channel.nobody.next':
    'エージェントは接続時に起こし方を知らせます。このチャネルを持つデバイスの次の接続をお待ちください。',
  'problem.wake-channel.busy': 'このデバイスはすでに呼び出し中です。',
  'problem.wake-channel.busy.next': '応答を待つか、別のデバイスを選んでください。',
} as const
