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
} as const
