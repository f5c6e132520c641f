/** Textes de cette partie de la console. */
export const wake = {
  'event.wake-channel.changed':
    '{set, select, true {Le canal {channel, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} other {HTTPS}} a été configuré} other {Le canal {channel, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} other {HTTPS}} a été retiré}}',
  'event.wake-channel.failing':
    'Aucun appareil n’a été réveillé par {channel, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} other {HTTPS}} depuis {minutes, plural, one {# minute} other {# minutes}} : {reason}',
  'event.wake-channel.recovered':
    'Les appareils sont de nouveau réveillés par {channel, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} other {HTTPS}}',
  'event.wake-channel.address-died':
    '{subject} ne peut plus être réveillé par {channel, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} other {HTTPS}} : {reason}',
  'problem.wake-channel.credential': 'Ce n’est pas le fichier de clé d’un compte de service.',
  'problem.wake-channel.credential.next':
    'Dans la console Firebase, ouvrez les paramètres du projet, créez une nouvelle clé privée pour un compte de service et apportez ce fichier JSON sans le modifier.',
} as const
