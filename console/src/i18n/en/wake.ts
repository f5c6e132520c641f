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
} as const
