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
  'event.wake-channel.switched':
    '{subject} répond désormais par {to, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} poll {son propre rythme} other {HTTPS}}, et non plus par {from, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} poll {son propre rythme} other {HTTPS}}',
  'event.wake-rhythm.changed':
    '{minutes, plural, =0 {{subject} suit de nouveau le rythme de l’unité supérieure} one {Les agents de {subject} appellent chaque minute} other {Les agents de {subject} appellent toutes les # minutes}}',
  'event.wake-number.changed':
    '{set, select, true {Un numéro pour les SMS a été donné pour {subject}} other {Le numéro pour les SMS de {subject} a été oublié}}',
  'problem.wake-number.private': 'Le numéro de ce téléphone ne doit pas être connu.',
  'problem.wake-number.private.next':
    'La charte de confidentialité de son unité ou de son type le dit. Les autres façons de réveiller l’appareil restent.',
  'problem.wake-channel.off': 'Ce canal n’est pas configuré.',
  'problem.wake-channel.off.next': 'Configurez-le d’abord, puis essayez-le.',
  'problem.wake-channel.nobody': 'Aucun appareil ne peut encore être réveillé par ce canal.',
  'problem.wake-channel.nobody.next':
    'Les agents indiquent comment les réveiller lorsqu’ils appellent. Attendez le prochain contact d’un appareil qui dispose de ce canal.',
  'problem.wake-channel.busy': 'L’appareil est déjà en train d’être appelé.',
  'problem.wake-channel.busy.next': 'Attendez sa réponse ou choisissez un autre appareil.',
} as const
