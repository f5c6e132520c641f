import type { TextKey } from './en.ts'

/** What mails about alerts say. */
export const sv: Readonly<Record<TextKey, string>> = {
  'title.left-management': '{device} har lämnat hanteringen',
  'title.integrity': '{device} är jailbreakad eller rootad',
  'title.violation': '{device} bryter mot regeln ”{rule}”{apps, select, none {} other {: {apps}}}',
  'title.malware': 'Skadlig programvara på {device}{apps, select, none {} other {: {apps}}}',
  'title.no-contact':
    'Ingen kontakt med {device} på {days, plural, one {# dag} other {# dagar}}{why, select, never { sedan inskrivningen} noaddress {; den kan inte anropas} other {}}',
  'title.enrollment-stuck':
    'Inskrivningen av {device} är inte klar efter {minutes, plural, one {# minut} other {# minuter}}',
  'title.newcomer': '{name} ber att släppas in{attested, select, failed {, och dess chip godtas inte} other {}}',
  'next.newcomer': 'Släpp in enheten om du väntar den; avvisa den om ingen gör det.',
  'title.cloned': 'En kopia av agenten talar för {device}',
  'next.cloned':
    'Ta reda på vilken enhet som är den rätta: se på serienumret och vem som har den. Avsluta hanteringen på enhetens sida och registrera sedan den rätta på nytt; kopian stängs ute på samma gång.',
  'title.licenses-short': '{short, plural, one {# licens} other {# licenser}} för ”{name}” saknas',
  'title.app-failed': '”{name}” misslyckas på {failed, plural, one {# enhet} other {# enheter}} av {required, number}',
  'title.leading-refused': '{name}: leverantören vägrar att leda hit enheter där personen loggar in',
  'title.program-troubled':
    '{cause, select, terms {{name}: leverantörens nya villkor är inte godkända} refused {{name}: leverantören avvisar behörigheten} expired {{name}: behörigheten har gått ut} throttled {{name}: leverantören ber oss vänta gång på gång} silent {{name}: leverantören har inte svarat flera gånger} elsewhere {{name}: en annan server sköter samma enheter eller licenser} other {{name} är inte i takt med sin leverantör}}',
  'title.intake-red':
    'Leveransen {name} är inte klar för {day}: {reds, plural, one {# kontroll är röd} other {# kontroller är röda}}',
  'title.intake-stuck':
    'Leveransen {name}: {count, plural, one {# enhet har} other {# enheter har}} fastnat, först {serial}',
  'title.secret-doubted': 'Ingen av hemligheterna i förvar öppnar {device}',
  'title.secret-stuck': 'En hemlighet för {device} kunde inte bytas',
  'title.setup-stuck':
    '{device} har fastnat i inställningen: {cause, select, silent {den har inte sagt något på {minutes, plural, one {# minut} other {# minuter}}} failing {något den behöver misslyckas gång på gång} other {inget rör sig}}',
  'title.command-failed': '{device} kunde inte utföra ”{command}”',
  'title.item-failed': '{device} tog inte emot ”{item}” efter sista försöket',
  'title.expiring':
    '{what, select, apns {Apples pushcertifikat} tls {Serverns TLS-certifikat} ca_tls {Serverns utfärdare} ca_device {Utfärdaren för enheter} ca_scep {Utfärdaren för SCEP} profile_signing {Certifikatet som signerar profiler} devices {Nyckeln för automatisk registrering ”{subject}”} content {Nyckeln för appar och böcker ”{subject}”} portal {Nyckeln till leverantörens portal ”{subject}”} vendor {Leverantörscertifikatet} other {{subject}}} upphör om {days, plural, one {# dag} other {# dagar}}',
  'title.account-trouble':
    '{why, select, deactivated {”{address}” är inte längre någons adress, och enheterna är beroende av den} other {”{address}” har inte svarat på en månad, och enheterna är beroende av den}}',
  'title.incident': '{device} har anmälts som {kind, select, stolen {stulen} other {förlorad}}',
  'title.order-held': 'En stående order för {device} är förfallen men hålls inne',
  'title.push-refused': 'Apple avvisar push-certifikatet: inga enheter kan anropas',
  'title.push-failing': 'Push-tjänsten har inte kunnat nås på {minutes, plural, one {# minut} other {# minuter}}',
  'title.push-address': '{device} kan inte längre anropas: dess push-adress är död',
  'title.mail-undelivered': 'Mejl kommer inte fram',
  'title.campaign-halted':
    'Kampanjen ”{name}” avbröts av sig själv: {failed, plural, one {# enhet} other {# enheter}} av {reached} misslyckades',
  'title.exception-asked': 'Ett undantag från ”{rule}” begärs',
  'title.hours-asked': 'Ett undantag från arbetstiden begärs',
  'title.privacy-check':
    '{count, plural, one {Ett löfte i integritetsstadgan hålls inte} other {# löften i integritetsstadgan hålls inte}}',
  'title.guard-held':
    '”{action}” för {count, plural, one {# enhet} other {# enheter}} hålls inne och väntar på godkännande',
  'title.guard-proposed': '”{action}” är föreslaget och träder i kraft av sig självt om ingen stoppar det',
  'title.guard-breaker':
    'Brytaren har löst ut: {count, plural, one {# enhet raderades eller släpptes} other {# enheter raderades eller släpptes}} inom {minutes, plural, one {# minut} other {# minuter}}',
  'title.guard-frozen': 'Allt är fryst: ingen order lämnar servern',
  'title.guard-restored':
    'Servern har återställts från en säkerhetskopia: inget förstörande lämnar den förrän det släpps',
  'title.guard-time':
    'Serverns klocka hoppade {minutes, plural, one {# minut} other {# minuter}}: det som väntar på sin tid hålls inne',
  'next.left-management':
    'Fråga personen om hen har tagit bort hanteringsprofilen. Är enheten borta, anmäl det; annars skriv in den igen.',
  'next.integrity': 'Håll arbetsdata borta från den: se på bevisen och begränsa sedan enheten eller ta in den.',
  'next.violation':
    'Personen får veta hur det rättas till. Larmet stängs av sig självt när enheten följer regeln igen.',
  'next.malware': 'Låt ta bort appen och kontrollera enheten innan den används i arbetet igen.',
  'next.no-contact':
    'Fråga personen var enheten är. Är hen borta, anteckna till när; vet ingen, anmäl den som förlorad.',
  'next.enrollment-stuck':
    'Se på enheten: ofta väntar ett steg på ett tryck, eller så saknades nätverk. Det skadar inte att börja om.',
  'next.licenses-short': 'Köp fler i Apple Business eller School Manager, eller ta tillbaka det som inte används.',
  'next.app-failed':
    'Se skälen enhet för enhet. Åtgärda först det som är lika för många, försök sedan igen eller fråga personen igen.',
  'next.leading-refused':
    'Öppna inskrivning genom inloggning: där står vad leverantören svarade. Den tillfrågas igen varje dag; till dess är det bara adressen på er egen domän som för enheter hit.',
  'next.program-troubled':
    'Öppna programmet: det säger vad som ska göras. Till dess läses och tilldelas inget nytt, och inget går förlorat.',
  'next.intake-red': 'Öppna leveransen: varje röd kontroll säger vad som ska göras och var.',
  'next.intake-stuck': 'Öppna leveransen: varje enhet som har fastnat nämns med sin orsak.',
  'next.secret-doubted': 'Ta reda på vem som bytte den på enheten, sätt en ny där och se historiken här.',
  'next.secret-stuck': 'Se vad som hindrar på enhetens flik Säkerhet.',
  'next.setup-stuck':
    'Se på enheten: är den på och uppkopplad? Den släpps vidare när tiden är ute vad som än händer; dess sida säger vad den väntar på.',
  'next.command-failed': 'Läs vad enheten svarade och skicka sedan igen eller välj en annan väg.',
  'next.item-failed': 'Läs varför, rätta policyn eller enheten och låt det försökas igen.',
  'next.account-trouble':
    'Medan någon fortfarande kan logga in: ge kontot hos leverantören en gruppadress som teamet läser, och anteckna den här.',
  'next.expiring':
    'Förnya det nu, med kontot som skapade det: efter slutet kan enheter inte nås eller litar inte på servern.',
  'next.incident': 'Öppna ärendet: allt som hjälper finns på en sida.',
  'next.order-held': 'Se varför den hålls inne och släpp den, eller ta tillbaka ordern.',
  'next.push-refused': 'Förnya push-certifikatet med samma Apple-konto och ladda upp det.',
  'next.push-failing':
    'Kontrollera serverns väg ut, brandväggen och klockan. Enheter anropas när tjänsten svarar igen; inget går förlorat.',
  'next.push-address': 'Det läker när enheten nästa gång hör av sig själv. Gör den inte det, skriv in den igen.',
  'next.mail-undelivered': 'Se i utkorgen vilka adresser som avvisas och rätta dem.',
  'next.campaign-halted':
    'Se vilka enheter som misslyckades och varför. Avsluta den om versionen är dålig; låt den fortsätta om orsaken var en annan.',
  'next.exception-asked': 'Bevilja det med ett slut, eller avslå med ett skäl som personen får läsa.',
  'next.hours-asked': 'Bevilja det till en viss tid, eller avslå det.',
  'next.privacy-check': 'Meddela driftansvarig och stadgans undertecknare; serverns logg säger vad som hittades.',
  'next.guard-held':
    'Känner du inte till detta, stoppa det: varje administratör kan avbryta. Är det riktigt godkänner någon som inte begärt det.',
  'next.guard-proposed': 'Känner du inte till detta, stoppa det: varje administratör kan avbryta.',
  'next.guard-breaker': 'Ta reda på vem som gör detta. Inget mer raderas förrän någon stänger brytaren.',
  'next.guard-frozen': 'Tala med den som fryste. En annan administratör häver det med en passnyckel när faran är över.',
  'next.guard-restored': 'Kontrollera vad säkerhetskopian inte kände till och släpp sedan på servern själv.',
  'next.guard-time': 'Kontrollera maskinens klocka och bekräfta sedan tiden på servern själv.',
  'person.left-management.subject': 'Din enhet {device} hanteras inte längre',
  'person.left-management.text':
    'Din enhet {device} har lämnat hanteringen hos {org}. Arbetsappar, e-post och nätverk kan sluta fungera på den. Om det inte var meningen, eller om enheten är borta, säg till din IT-avdelning nu.',
  'person.integrity.subject': 'Din enhet {device} är inte säker för arbete',
  'person.integrity.text':
    'Din enhet {device} visar tecken på att systemet har ändrats (jailbreak eller root). Dess skydd gäller inte längre. Återställ originalsystemet i enhetens inställningar eller med en dator; vet du inte hur det har gått till, fråga din IT-avdelning.',
  'person.violation.subject': 'Rätta till en sak på {device}',
  'person.violation.text':
    'Din enhet {device} följer inte regeln ”{rule}” hos {org}.{apps, select, none { Öppna enhetens inställningar och rätta till det regeln kräver.} other { Det gäller: {apps}. Ta bort den från enheten: håll fingret på ikonen och välj att ta bort.}} När det är gjort stängs ärendet av sig självt; du behöver inte svara.',
  'person.malware.subject': 'En farlig app finns på {device}',
  'person.malware.text':
    'En skadlig app hittades på din enhet {device}{apps, select, none {} other {: {apps}}}. Ta bort den nu, skriv inga lösenord innan dess och säg till din IT-avdelning.',
  'person.no-contact.subject': 'Var är {device}?',
  'person.no-contact.text':
    'Din enhet {device} har inte hört av sig på {days, plural, one {# dag} other {# dagar}}. Har du den, slå på den och anslut den till ett nätverk några minuter. Är den förlorad eller stulen, säg genast till din IT-avdelning. Är du bortrest utan den, meddela till när.',
  'person.enrollment-stuck.subject': 'Inställningen av {device} är inte klar',
  'person.enrollment-stuck.text':
    'Inställningen av din enhet {device} har börjat men är inte klar. Anslut den till ett nätverk och slutför stegen den visar; visar den inga, öppna inbjudan igen.',
  'person.push-address.subject': '{device} kan inte längre nås',
  'person.push-address.text':
    'Din enhet {device} kan inte längre anropas av {org}. Slå på den och anslut den till ett nätverk några minuter. Har du den inte längre, säg till din IT-avdelning.',
  severity: '{severity, select, critical {Kritiskt} warning {Varning} other {Observera}}',
  'subject.one': '{severity}: {title}',
  'subject.many': '{count, plural, one {# larm} other {# larm}} i {org}: {title} …',
  since: 'Sedan {at, date, medium} {at, time, short} ({zone})',
  repeated: 'sagt {times, plural, one {en gång} other {# gånger}}',
  more: '… och {count, plural, one {ett till} other {# till}}',
  everyone: 'Varje administratör i {org} får detta mejl genast; det kan inte stängas av.',
  why: 'Vad du får veta med mejl, och när, väljer du här: {url}',
  'assigned.subject': '{who} gav dig: {title}',
  'digest.subject':
    '{org}: {fresh, plural, =0 {inget nytt} one {# nytt larm} other {# nya larm}}, {open} öppna — {at, date, medium}',
  'digest.fresh': 'Nytt sedan förra sammanställningen',
  'digest.open': 'Fortfarande öppna',
  'digest.ended': '{count, plural, one {# larm har} other {# larm har}} avslutats sedan dess.',
  'digest.anchor':
    'Loggens ankare: post {seq}, {hash}. Spara detta mejl: det bevisar senare att inget dessförinnan har ändrats.',
  'person.hello': 'Hej {name}!',
  'person.fix': 'Din IT-avdelning tillägger: {fix}',
  'person.my': 'Vad {org} ser av dina enheter, och vad aldrig: {url}',
  'person.end': 'Detta mejl skrevs av Muster för {org}.',
  'test.subject': 'Ett testmejl från Muster',
  'test.text':
    'Detta är testmejlet som du bad om. Läser du det fungerar mejlen: larm, sammanställningar och länkar kommer fram.',
}
