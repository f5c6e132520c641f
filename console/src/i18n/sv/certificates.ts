import type { Part } from '../en.ts'
import type { certificates as source } from '../en/certificates.ts'

/** Certifikat och anslutningar. */
export const certificates: Part<typeof source> = {
  'certificates.title': 'Anslutningar och certifikat',
  'certificates.account': 'Konto eller ägare',
  'certificates.days': 'Dagar',
  'certificates.ofYear': 'Av ett år',
  'certificates.expires': 'Går ut',
  'certificates.lapse': 'Om det upphör',
  'certificates.renewal': 'Förnyelse',
  'certificates.caption': 'Certifikat som servern håller, de som snart går ut först',
  'certificates.thisServer': 'denna server',
  'certificates.nobody': 'ingen än',
  'certificates.byItself': 'av sig själv',
  'certificates.notRenewed': 'varar',
  'certificates.renew': 'Förnya',
  'certificates.renewLabel': 'Förnya: {what}',
  'certificates.fine': 'Inget behöver dig.',
  'certificates.fineText': 'Av {of, number} går detta ut först: {what}, {date}.',
  'certificates.needsYou':
    '{due, plural, one {En av {of, number} behöver dig nu:} other {# av {of, number} behöver dig nu:}}',
  'certificates.needsYouText': '{what} går ut {date}.',
  'certificates.needsYouOver': '{what} gick ut {date}.',
  'certificates.pushMissing': 'Apples pushcertifikat saknas.',
  'certificates.pushMissingText': 'Utan det kan ingen Apple-enhet registreras eller väckas.',
  'certificates.bringPush': 'Lämna Apples pushcertifikat',
  'certificates.foot':
    '{n, plural, one {# certifikat} other {# certifikat}}. Att något går ut meddelas vid 60, 30, 14, 7, 3 och 1 dagar. Samma siffror finns i API:et under certificates och i mätvärdena.',
  'certificates.custody': 'Ansvar',
  'certificates.owner': 'Ansvarig',
  'certificates.ownerHint': 'Gruppen eller personen som förnyar det.',
  'certificates.accountLabel': 'Apple-konto',
  'certificates.contact': 'Reserv',
  'certificates.contactHint': 'Vem som nås när den ansvariga är borta.',
  'certificates.topic': 'Ämne (topic)',
  'certificates.subject': 'Innehavare',
  'certificates.issuer': 'Utfärdare',
  'certificates.serial': 'Serienummer',
  'certificates.validFrom': 'Giltigt från',
  'certificates.edit': 'Ändra ansvar',
  'certificates.editTitle': 'Vem svarar för det?',
  'certificates.purpose.apns': 'Apples pushcertifikat',
  'certificates.purpose.tls': 'Serverns TLS',
  'certificates.purpose.ca-tls': 'Serverns utfärdare',
  'certificates.purpose.ca-device': 'Utfärdare för enheter',
  'certificates.purpose.ca-scep': 'Utfärdare för SCEP',
  'certificates.purpose.ca-acme': 'Utfärdare för certifikatservern',
  'certificates.purpose.profile-signing': 'Profilsignering',
  'certificates.purpose.device': 'Enhetsidentitet',
  'certificates.breaks.wake':
    '{n, plural, =0 {ingen Apple-enhet kan registreras} one {# enhet slutar lyda} other {# enheter slutar lyda}}',
  'certificates.breaks.connect':
    '{n, plural, =0 {inget kan ansluta} one {# enhet kan inte ansluta} other {# enheter kan inte ansluta}}',
  'certificates.breaks.trust':
    '{n, plural, =0 {ingen litar på servern} one {# enhet litar inte längre på servern} other {# enheter litar inte längre på servern}}',
  'certificates.breaks.identity':
    '{n, plural, =0 {inga nya identiteter} one {# identitet upphör} other {# identiteter upphör}}',
  'certificates.breaks.signature': 'profiler visas som osignerade',
  'push.bring': 'Lämna',
  'push.renew': 'Förnya',
  'push.step1': 'Hämta det från Apple',
  'push.step1Text':
    'Logga in på <mono>identity.apple.com/pushcert</mono> med ett Apple-konto som tillhör organisationen, inte en person, och skapa ett certifikat av er signerade begäran.',
  'push.step1Renew': 'Förnya hos Apple',
  'push.step1RenewText':
    'Logga in på <mono>identity.apple.com/pushcert</mono> som <b>{account}</b>, hitta raden som slutar på <mono>{topic}</mono> och välj <b>Renew</b>. Aldrig ”Create”.',
  'push.step2': 'Lämna certifikatet och dess nyckel',
  'push.step3': 'Jämförs, sedan byts',
  'push.step3Text':
    'Servern kontrollerar att ämne, nyckel och datum stämmer innan den tar emot något, och byter utan omstart.',
  'push.files': 'Filer med certifikat och nyckel',
  'push.choose': 'Välj filer',
  'push.chooseAgain': 'Välj en annan fil',
  'push.kinds': '.pem, certifikat och privat nyckel, tillsammans eller var för sig',
  'push.found':
    '{certificate, select, yes {Certifikat hittat.} other {Inget certifikat i den.}} {key, select, yes {Privat nyckel hittad.} other {Ingen privat nyckel i den; den sparade prövas.}}',
  'push.accountHint': 'Kontot som certifikatet gjordes med. Du behöver det igen om ett år.',
  'push.passphrase': 'Nyckelns lösenfras',
  'push.passphraseHint': 'Bara om nyckelfilen har en.',
  'push.send': 'Kontrollera och ta emot',
  'push.taken': 'Mottaget. Enheter väcks med det nya certifikatet från och med nu.',
  'push.differs': 'Nekat: detta är ett annat certifikat.',
  'push.differsText':
    'Dess ämne slutar på <mono>{offered}</mono>, ert slutar på <mono>{current}</mono>. {n, plural, =0 {Enheter som registreras senare skulle behöva det nya.} one {Med det måste # enhet registreras igen.} other {Med det måste # enheter registreras igen.}} Det gjordes troligen med ”Create”.',
  'push.differsFile': '{file}, {time}. Inget sparades; det gamla fungerar fortfarande.',
  'push.replace': 'Det gamla kontot är borta: ersätt ändå…',
  'push.replaceTitle': 'Ge upp det nuvarande pushcertifikatet?',
  'push.replaceText':
    'Gör det bara om ingen längre kan logga in på det gamla Apple-kontot. Apple kan flytta ett certifikat till ett annat konto på begäran.',
  'push.replaceLost': 'Enheter förloras',
  'push.replaceLostText':
    '{n, plural, one {# enhet slutar lyda och måste registreras igen för hand} other {# enheter slutar lyda och måste registreras igen för hand}}',
  'push.replaceType': 'Skriv de fyra sista tecknen i det nya ämnet, <b>{text}</b>',
  'push.replaceGo': '{n, plural, one {Ersätt och förlora # enhet} other {Ersätt och förlora # enheter}}',
}
