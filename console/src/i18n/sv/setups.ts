import type { setups as source } from '../en/setups.ts'

/** Texts of this part of the console. */
export const setups = {
  'event.setup.began':
    'Inställningen har börjat: den slutar av sig själv inom {minutes, plural, one {# minut} other {# minuter}}',
  'event.setup.progressed': 'Inställning: {done, number} av {total, number} är på plats',
  'event.setup.stuck':
    'Inställningen har fastnat: {code, select, silent {enheten säger ingenting} failing {något den behöver misslyckas gång på gång} other {inget rör sig}}',
  'event.setup.ended':
    'Inställningen slutade efter {minutes, plural, one {# minut} other {# minuter}}: {why, select, ready {allt var på plats} late {tiden var ute, {done, number} av {total, number} var på plats} other {det fanns inget mer att vänta på}}',
  'problem.device.not-apple': 'Det enheten säger om sig själv är inte signerat av en enhet som Apple går i god för.',
  'problem.device.not-apple.next':
    'Skriv in en riktig enhet. Ange i ett prov utfärdaren av dess certifikat i MUSTER_APPLE_DEVICE_CA.',
  'problem.device.replayed': 'Just det här meddelandet har redan skrivit in en enhet.',
  'problem.device.replayed.next': 'Ställ in enheten på nytt: då signerar den ett nytt meddelande.',
  'problem.device.challenge-unknown': 'Enheten svarar på en fråga som inte ställts, eller för länge sedan.',
  'problem.device.challenge-unknown.next': 'Öppna adressen på enheten igen.',
  'problem.device.identity-changed': 'Enheten som skrivs in är inte den som fick profilen.',
  'problem.device.identity-changed.next': 'Hämta profilen på nytt på själva enheten.',
  'problem.setup.serial-missing': 'Enheten säger inte sitt serienummer.',
  'problem.setup.serial-missing.next': 'Utlovade enheter gör alltid det; se på enheten.',
  'problem.setup.not-expected': 'Ingen har utlovat den här enheten till organisationen.',
  'problem.setup.not-expected.next':
    'Tilldela den till den här servern i Apple Business eller School och vänta tills den står i listan.',
  'problem.setup.sign-in-needed': 'Den som ställer in enheten måste logga in först.',
  'problem.setup.sign-in-needed.next': 'Starta inställningsassistenten igen: den öppnar inloggningssidan.',
  'problem.signin.over': 'Den här inloggningen är över.',
  'problem.signin.over.next': 'Börja om på enheten.',
  'problem.signin.no-mail': 'Ingen kan logga in eftersom servern inte skickar e-post.',
  'problem.signin.no-mail.next':
    'Ange MUSTER_SMTP_URL och MUSTER_MAIL_FROM, eller välj en utfärdare som folk loggar in med.',
  'problem.account-door.closed': 'Enheter kan inte skrivas in genom inloggning här.',
  'problem.account-door.closed.next': 'Öppna kontostyrd inskrivning i organisationens inställningar.',
  'problem.account-door.nobody': 'Ingen här har adressen till den som loggade in.',
  'problem.account-door.nobody.next':
    'Lägg till personen med just den e-postadressen, eller välj ett annat anspråk i inställningarna.',
  'problem.account-door.domain-taken': 'En annan organisation på servern använder domänen.',
  'problem.account-door.domain-taken.next': 'Välj en domän som bara är er.',
  'problem.account-door.issuer-unread': 'Utfärdaren som folk loggar in med har inte lästs ännu.',
  'problem.account-door.issuer-unread.next': 'Se varför i inställningarna; servern försöker igen av sig själv.',
  'problem.account-door.incomplete': 'Inloggning med en utfärdare kräver dess adress och den här serverns id där.',
  'problem.account-door.incomplete.next': 'Fyll i båda, eller välj koden per e-post.',
  'event.account-door.changed':
    'Inskrivning genom inloggning bestämdes: {byod, select, true {personliga enheter} other {inga personliga enheter}}, {adde, select, true {organisationens enheter} other {inte organisationens enheter}}',
} as const satisfies Record<keyof typeof source, string>
