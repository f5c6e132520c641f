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
  'event.wake-channel.switched':
    '{subject} svarar nu via {to, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} poll {sin egen rytm} other {HTTPS}}, inte längre via {from, select, mqtt {MQTT} fcm {Firebase Cloud Messaging} webpush {Web Push} sms {SMS} poll {sin egen rytm} other {HTTPS}}',
  'event.wake-rhythm.changed':
    '{minutes, plural, =0 {{subject} följer åter rytmen för enheten ovanför} one {Agenterna i {subject} hör av sig varje minut} other {Agenterna i {subject} hör av sig var #:e minut}}',
  'event.wake-number.changed':
    '{set, select, true {Ett nummer för sms angavs för {subject}} other {Numret för sms till {subject} glömdes}}',
  'problem.wake-number.private': 'Telefonens nummer får inte vara känt.',
  'problem.wake-number.private.next':
    'Integritetspolicyn för dess enhet eller slag säger så. Andra sätt att väcka enheten finns kvar.',
  'problem.wake-channel.off': 'Kanalen är inte inställd.',
  'problem.wake-channel.off.next': 'Ställ in den först och prova sedan.',
  'problem.wake-channel.nobody': 'Ingen enhet kan väckas via den här kanalen ännu.',
  'problem.wake-channel.nobody.next':
    'Agenterna berättar hur de kan väckas när de hör av sig. Vänta på nästa kontakt från en enhet som har kanalen.',
  'problem.wake-channel.busy': 'Enheten väcks redan.',
  'problem.wake-channel.busy.next': 'Vänta tills den har svarat, eller välj en annan enhet.',
} as const
