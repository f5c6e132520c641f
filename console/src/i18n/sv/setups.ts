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
  'setupRun.title': 'Ställs in just nu',
  'setupRun.none': 'Ingen enhet ställs in',
  'setupRun.noneText':
    'En utlovad enhet som väntar i sin assistent visas här med det den väntar på. Den går alltid vidare senast vid sin tidsgräns.',
  'setupRun.running': 'Inställningen pågår.',
  'setupRun.stuck': 'Inställningen har fastnat.',
  'setupRun.late': 'Den gick vidare utan allt.',
  'setupRun.runningWord': 'Pågår',
  'setupRun.stuckWord': 'Har fastnat',
  'setupRun.waits': 'Den väntar på {what}.',
  'setupRun.lacked': 'Då saknades: {what}.',
  'setupRun.progress': '{done, number} av {total, number} är på plats.',
  'setupRun.until': 'Den går vidare senast {time}; hördes senast {seen}.',
  'setupRun.waits.apps': '{left, number} av {of, plural, one {# app} other {# appar}}',
  'setupRun.waits.items': '{left, number} av {of, plural, one {# inställning} other {# inställningar}}',
  'setupRun.waits.computing': 'att det räknas ut vad den ska ha',
  'setupRun.waits.account': 'Mac-datorns första konto',
  'setupRun.waits.release': 'att enheten får veta att den får gå vidare',
  'setupRun.waits.silent': 'ett livstecken från enheten, tyst sedan {since}',
  'setupRun.waits.failing': 'något som misslyckas gång på gång; se Gällande policy',
  'door.title': 'Inskrivning genom inloggning',
  'door.lede':
    'Folk lägger till sin jobbadress i inställningarna på sin iPhone, iPad eller Mac, loggar in, och enheten skrivs in åt dem.',
  'door.who': 'Vilka enheter, och vem som loggar in',
  'door.byod': 'Folks egna enheter, bara jobbdata',
  'door.byodHint': 'Serienumret förblir dolt, och inget privat kan ses eller raderas.',
  'door.adde': 'Organisationens enheter',
  'door.addeHint': 'Hanteras i sin helhet, som genom en inbjudan.',
  'door.way': 'Hur folk visar vilka de är',
  'door.wayWeb': 'En kod per e-post',
  'door.wayIssuer': 'Er OpenID Connect-utfärdare',
  'door.noMail': 'Servern skickar ingen e-post ännu, så ingen skulle kunna logga in.',
  'door.issuer': 'Utfärdarens adress',
  'door.issuerHint': 'Dess upptäcktsdokument måste ange precis detta namn.',
  'door.clientId': 'Den här serverns id där',
  'door.scope': 'Omfång',
  'door.claim': 'Anspråk med e-postadressen',
  'door.issuerUnread': 'Utfärdaren läses in.',
  'door.issuerRead': 'Utfärdaren lästes {time}.',
  'door.issuerProblem.status': 'Utfärdaren svarar, men inte med sitt upptäcktsdokument.',
  'door.issuerProblem.document': 'Något saknas i utfärdarens upptäcktsdokument.',
  'door.issuerProblem.another': 'Utfärdaren kallar sig något annat än det som står här.',
  'door.issuerProblem.keys': 'Utfärdarens nycklar går inte att läsa.',
  'door.issuerProblem.unreachable': 'Utfärdaren kan inte nås från servern.',
  'door.domains': 'Domäner i folks adresser',
  'door.domainsHint': 'En per rad. De skiljer flera organisationer på servern åt.',
  'door.save': 'Spara',
  'door.domainTitle': 'Vad er domän måste svara',
  'door.domainText':
    'Enheterna frågar webbservern för domänen efter @. Den måste svara på den här adressen med den här texten, som application/json.',
  'door.closedNote': 'Ingen enhet släpps in ännu: kryssa för en av de två och spara.',
  'door.copyPath': 'Kopiera sökvägen',
  'door.copyAnswer': 'Kopiera svaret',
  'door.answer': 'Domänens svar',
  'door.redirectText': 'En omdirigering till samma sökväg på den här servern går också bra.',
  'door.led': 'Låt Apple leda enheter hit',
  'door.ledHint':
    'När en domän inte svarar frågar enheterna Apple (iOS 18.2, macOS 15.2 och senare). Apple leder dem hit så snart ett program för automatisk inskrivning har sagt det.',
  'door.ledNobody':
    'Det är ett program för automatisk inskrivning som säger det till Apple, och något sådant finns inte än.',
  'door.leading.told': '”{name}” sade det till Apple {time}: enheter leds hit.',
  'door.leading.waits': '”{name}” säger det till Apple just nu.',
  'door.leading.refused': 'Apple vägrar ”{name}” det:',
  'door.leadingProblem.ORG_NOT_SUPPORTED': 'Apple erbjuder inte det här för er organisation.',
  'door.leadingProblem.MDM_SERVICE_DISCOVERY_URL_NOT_VALID':
    'Apple kan inte använda serverns adress: den måste vara offentlig och börja med https.',
  'door.ledText': 'Då behöver inget läggas på domänens webbserver, utom för äldre system.',
  'event.account-door.led':
    '{led, select, true {Apple leder hit enheter som loggar in, på begäran av ”{name}”} other {Apple leder inte längre hit enheter som loggar in, på begäran av ”{name}”}}',
  'event.account-door.led-refused': 'Apple vägrade ”{name}” att leda hit enheter som loggar in: {problem}',
  'event.setup.accounts-decided':
    'Inställning ”{name}”: {primary, select, standard {personens konto saknar rättigheter} none {inget konto för personen} other {personens konto som vanligt}}, {admin, select, true {med vår administratör} other {utan vår administratör}}',
  'problem.setup.no-account': 'En Mac utan konto för personen behöver en administratör från er.',
  'problem.setup.no-account.next': 'Lägg till en administratör eller låt personen skapa ett konto.',
  'problem.setup.wifi-wrong': 'Det här är ingen profil med ett Wi-Fi-nätverk i.',
  'problem.setup.wifi-wrong.next': 'Exportera nätverket som en osignerad profil, till exempel från Apple Configurator.',
  'problem.wipe.return-unsuited': 'Enheten kan inte komma tillbaka av sig själv efter radering.',
  'problem.wipe.return-unsuited.next':
    'Det kräver en övervakad iPhone eller iPad med iOS 17 eller senare. Radera den som vanligt.',
  'door.configurator': 'För Apple Configurator är detta serverns adress:',
  'door.copyConfigurator': 'Kopiera för Configurator',
  'problem.wipe.return-unpromised':
    'Enheten kom inte genom automatisk registrering, så raderad skulle den inte hitta tillbaka.',
  'problem.wipe.return-unpromised.next':
    'Tilldela den till den här servern i Apples portal och registrera den en gång på det sättet. Eller radera den som vanligt.',
  'problem.wipe.return-sign-in':
    'Dess uppsättning kräver att någon loggar in först, och ingen skulle vara där för att göra det.',
  'problem.wipe.return-sign-in.next':
    'Ge den en uppsättning utan inloggning innan den raderas, eller radera den som vanligt.',
  'problem.wipe.return-no-network': 'Den uppsättningen har inget nätverk för enheter som kommer tillbaka.',
  'problem.wipe.return-no-network.next':
    'Välj en annan, ta med en profil för nätverket eller låt den komma tillbaka via kabel eller mobildata.',
} as const satisfies Record<keyof typeof source, string>
