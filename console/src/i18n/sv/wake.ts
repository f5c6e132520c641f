/** Texter för den här delen av konsolen. */
export const wake = {
  'event.wake-channel.changed':
    '{set, select, true {Kanalen {channel, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} other {HTTPS}} ställdes in} other {Kanalen {channel, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} other {HTTPS}} togs bort}}',
  'event.wake-channel.failing':
    'Ingen enhet har väckts via {channel, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} other {HTTPS}} på {minutes, plural, one {# minut} other {# minuter}}: {reason}',
  'event.wake-channel.recovered':
    'Enheter väcks åter via {channel, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} other {HTTPS}}',
  'event.wake-channel.address-died':
    '{subject} kan inte längre väckas via {channel, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} other {HTTPS}}: {reason}',
  'problem.wake-channel.credential': 'Det här är inte nyckelfilen till ett tjänstkonto.',
  'problem.wake-channel.credential.next':
    'Öppna projektets inställningar i Firebase-konsolen, skapa en ny privat nyckel för ett tjänstkonto och ladda upp JSON-filen oförändrad.',
} as const
