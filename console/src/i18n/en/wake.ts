/** Texts of this part of the console. */
export const wake = {
  'event.wake-channel.changed':
    '{set, select, true {The channel {channel, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} other {HTTPS}} was set up} other {The channel {channel, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} other {HTTPS}} was removed}}',
  'event.wake-channel.failing':
    'No device has been woken by {channel, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} other {HTTPS}} for {minutes, plural, one {# minute} other {# minutes}}: {reason}',
  'event.wake-channel.recovered':
    'Devices are woken by {channel, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} other {HTTPS}} again',
  'event.wake-channel.address-died':
    '{subject} can no longer be woken by {channel, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} other {HTTPS}}: {reason}',
  'problem.wake-channel.credential': 'This is not the key file of a service account.',
  'problem.wake-channel.credential.next':
    'In the Firebase console, open the project’s settings, make a new private key for a service account, and bring that JSON file unchanged.',
  'event.wake-channel.switched':
    '{subject} answers by {to, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} poll {its own rhythm} other {HTTPS}} now, no longer by {from, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} poll {its own rhythm} other {HTTPS}}',
  'event.wake-rhythm.changed':
    '{minutes, plural, =0 {{subject} has the rhythm of the unit above again} one {Agents of {subject} call every minute} other {Agents of {subject} call every # minutes}}',
  'event.wake-number.changed':
    '{set, select, true {A number for text messages was given for {subject}} other {The number for text messages of {subject} was forgotten}}',
  'problem.wake-number.private': 'The number of this phone may not be known.',
  'problem.wake-number.private.next':
    'The privacy charter of its unit or of its kind says so. Other ways to wake the device remain.',
  'problem.wake-channel.off': 'This channel is not set up.',
  'problem.wake-channel.off.next': 'Set it up first, then try it.',
  'problem.wake-channel.nobody': 'No device can be woken by this channel yet.',
  'problem.wake-channel.nobody.next':
    'Agents tell how they can be woken when they call. Wait for the next contact of a device that has this channel.',
  'problem.wake-channel.busy': 'The device is being called already.',
  'problem.wake-channel.busy.next': 'Wait until it has answered, or choose another device.',
} as const
