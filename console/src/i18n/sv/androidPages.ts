/** Texts of this part of the console. */
export const androidPages = {
  'problem.agent.none': 'Ingen agent från Muster hanterar enheten.',
  'problem.agent.none.next':
    'Inget behöver göras om den hanteras på annat sätt; annars registrera den med en inbjudan för Android.',
  'android.device.version': 'Agent',
  'android.device.document': 'Dokument',
  'android.device.generation': 'Generation {n, number}',
  'android.device.noDocument': 'inget än',
  'android.device.renew': 'Förnyar sin identitet från',
  'android.device.cloned':
    'Sedan {when} talar en annan installation med agentens nyckel: en kopia. Ta reda på vem som har den och registrera enheten på nytt.',
  'android.encrypted': 'Krypterad',
  'android.noApps': 'Ingen app är känd',
  'android.noAppsText': 'Agenten berättar om sina appar vid nästa kontakt. På en privat enhet bara om jobbprofilens.',
  'android.system.app': 'systemet',
  'android.appSigner': 'Signerad av',
  'android.permissions': 'Behörigheter',
  'android.sideloaded': 'för hand',
  'android.system': 'System',
  'android.how': 'Hur enheterna hanteras',
  'android.how.fully-managed':
    'Företagets, för en person. Ställs in med en kod på den första skärmen av en ny eller återställd enhet.',
  'android.how.dedicated':
    'Företagets, för en disk, ett lager eller en skylt: den visar bara det som en kioskpolicy tillåter.',
  'android.how.company-profile': 'Företagets, men får användas privat också. Bara innehållet i jobbprofilen syns.',
  'android.how.work-profile':
    'Någons egen. En länk skapar en jobbprofil; resten av enheten syns inte och kan inte raderas.',
  'android.toSettings': 'Android-inställningar',
  'android.package.missing':
    'Servern har ingen Android-agent än, så en ny enhet har inget att hämta och det finns ingen kod.',
  'android.package.unreadable': 'Filen med Android-agenten är inget signerat paket, så det finns ingen kod.',
  'android.ownAuthority':
    'Serverns certifikat är av dess egen utfärdare. De flesta enheter som ställs in litar bara på offentliga utfärdare och vägrar hämta agenten.',
  'android.code1': 'Slå på en ny eller återställd enhet och stanna på den första skärmen.',
  'android.code2': 'Tryck sex gånger på samma tomma ställe. Enheten öppnar sin kamera.',
  'android.code3': 'Skanna koden och följ skärmen.',
  'android.page1': 'Skanna koden med telefonen eller skicka länken till personen.',
  'android.page2': 'Sidan säger på personens språk vad som syns och vad som inte syns, och ger agenten.',
  'android.page3': 'Agenten skapar jobbprofilen.',
  'android.qrLabel': 'QR-kod som ställer in en ny Android-enhet',
  'android.crowded':
    'Koden rymmer {bytes, number} byte. Enkla kameror kan ha svårt att läsa den; ta bort nätverket eller välj ett kortare lösenord.',
  'android.print': 'Skriv ut',
  'android.cable': 'Via kabel, för prov',
  'android.cableHint': 'På en återställd enhet utan konton, med USB-felsökning på. För att prova, inte för en flotta.',
  'android.copyCable': 'Kopiera raderna',
  'android.wifi': 'Lägg ett nätverk för inställningen i koden',
  'android.wifiIn': 'Koden rymmer nätverket {name}',
  'android.wifiHint':
    'Enheten ansluter för att hämta agenten. Den som kan skanna koden kan läsa lösenordet: använd ett gästnätverk.',
  'android.ssid': 'Nätverkets namn',
  'android.wifiPassword': 'Lösenord',
  'android.wifiPasswordHint': 'Lämna tomt för ett öppet nätverk.',
  'android.wifiHidden': 'Nätverket visar inte sitt namn',
  'android.wifiPut': 'Lägg i koden',
  'android.wifiOut': 'Ta bort',
  'android.step.opened': 'Sidan öppnad',
  'android.step.downloaded': 'Bad om registrering',
  'android.step.certificate': 'Fick identitet',
  'android.step.ready': 'Klar',
  'android.cause.enrollment.waits-for-certificate':
    'Enheten bad om registrering men fick ingen identitet. Den kan ha tappat nätverket.',
  'android.cause.enrollment.waits-for-authenticate':
    'Enheten har sin identitet men har inte hört av sig sedan dess. Den måste vara på och uppkopplad.',
  'android.title': 'Android',
  'android.lede': 'Agenten som Android-enheter hämtar från servern, och hur de känner igen den.',
  'android.agent': 'Agenten',
  'android.state.ready': 'Agenten är klar. Nya enheter hämtar den från servern.',
  'android.state.missing': 'Ingen agent än. Nya Android-enheter kan inte ställas in med en kod.',
  'android.state.unreadable': 'Filen är inget signerat paket. Nya Android-enheter kan inte ställas in med en kod.',
  'android.make1':
    'Gör agenten med er egen nyckel: npm run apk. Första gången skapas också nyckeln; spara den, för enheter tar bara emot nyare agenter från den.',
  'android.make2':
    'Ange filen i MUSTER_ANDROID_APK och starta om servern. En nyare fil på samma plats kräver ingen omstart.',
  'android.make3': 'Gör sedan en inbjudan för Android-enheter.',
  'android.url': 'Hämtas från',
  'android.component': 'Adminkomponent',
  'android.size': 'Storlek',
  'android.changed': 'Filen ändrad',
  'android.signer': 'Signerad av (SHA-256)',
  'android.sha256': 'Fil (SHA-256)',
  'android.copySigner': 'Kopiera signeraren',
  'android.trust': 'Tillit under inställningen',
  'android.trust.public': 'Serverns certifikat kommer utifrån. Det måste vara av en offentlig utfärdare.',
  'android.never':
    'Agenten har prövats med tester och genom att läsa paketet. Den har aldrig körts på någon telefon hos oss: prova den på en enhet innan ni delar ut en kod.',
  'problem.agent.package-missing': 'Servern har ingen fil med Android-agenten.',
  'problem.agent.package-missing.next':
    'Gör agenten med npm run apk, ange dess fil i MUSTER_ANDROID_APK och starta om servern.',
  'problem.agent.package-unreadable': 'Filen med Android-agenten är inget signerat paket.',
  'problem.agent.package-unreadable.next': 'Gör om den med npm run apk eller rätta sökvägen i MUSTER_ANDROID_APK.',
  'problem.agent.code-refused': 'Ingen enhet skulle ta den här koden.',
  'problem.agent.code-refused.next':
    'Rätta det som anges; ett nätverksnamn har högst 32 byte och ett öppet nätverk inget lösenord.',
} as const
