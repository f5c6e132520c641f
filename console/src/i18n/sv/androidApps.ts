import type { Part } from '../en.ts'
import type { androidApps as english } from '../en/androidApps.ts'

export const androidApps: Part<typeof english> = {
  'appsPage.platform.android': 'Android',
  'explained.agent.download': 'Enheten kunde inte hämta appens fil.',
  'explained.agent.download.next': 'Kontrollera att enheten når den här servern; den försöker igen av sig själv.',
  'explained.agent.file-other': 'Filen som kom är inte den som avsågs, och enheten kastade den.',
  'explained.agent.file-other.next':
    'Se efter om något mellan server och enhet ändrar filer; ladda upp versionen på nytt om det fortsätter.',
  'explained.agent.signer':
    'Någon annan har signerat filen eller appen som redan finns, och enheten installerade den inte.',
  'explained.agent.signer.next':
    'Låt ta bort appen med det namnet på enheten, eller ta reda på vem som signerade filen.',
  'explained.agent.package-other': 'Filen innehåller en annan app än katalogen säger.',
  'explained.agent.package-other.next': 'Dra tillbaka versionen och ladda upp rätt fil.',
  'explained.agent.certificate': 'Enheten kunde inte få ett eget certifikat från den här servern.',
  'explained.agent.certificate.next': 'Läs enhetens egna ord; den försöker igen av sig själv, allt mer sällan.',
  'explained.agent.failed': 'Enheten kunde inte göra det.',
  'explained.agent.failed.next': 'Läs enhetens egna ord; den försöker igen av sig själv, allt mer sällan.',
  'explained.agent.waiting': 'En person måste godkänna på enheten, eller så saknas något som behövs.',
  'explained.agent.waiting.next': 'Be personen titta på enheten.',
  'explained.agent.unsupported': 'Något sådant finns inte på den här enheten.',
  'explained.agent.unsupported.next': 'Tilldela det inte till den här enheten.',
  'problem.app.file-old-signature': 'Paketet är bara signerat på det gamla sättet (v1), som inte skyddar hela filen.',
  'problem.app.file-old-signature.next':
    'Signera det igen med schema v2 eller v3 (apksigner gör det) och ladda upp det på nytt.',
  'problem.app.file-forged': 'Paketets signatur stämmer inte, så någon har ändrat filen efter att den signerades.',
  'problem.app.file-forged.next': 'Hämta filen igen från den som gjorde den och ta reda på vem som ändrade den.',
  'problem.app.file-part': 'Paketet är bara en del av en app och kan inte installeras för sig.',
  'problem.app.file-part.next': 'Be appens tillverkare om en enda universell .apk.',
  'problem.app.file-test-only': 'Paketet byggdes bara för test, och enheter vägrar det.',
  'problem.app.file-test-only.next': 'Bygg det för utgivning och ladda upp det igen.',
  'apkPage.title': 'I paketet',
  'apkPage.hint': 'Version {version}, den senaste',
  'apkPage.package': 'Paket',
  'apkPage.version': 'Version',
  'apkPage.numbered': '{name} (nummer {code})',
  'apkPage.from': 'Körs från',
  'apkPage.level': 'Android {os} (nivå {level})',
  'apkPage.target': 'Gjord för nivå',
  'apkPage.signer': 'Signerat av',
  'apkPage.scheme': 'Signatur',
  'apkPage.schemeOf':
    '{rotated, select, yes {Schema v{scheme}; nyckeln efterträder en tidigare} other {Schema v{scheme}}}',
  'apkPage.debuggable':
    'Byggt för felsökning: den som håller i enheten kan läsa och ändra vad appen gör. Ladda upp ett bygge för utgivning.',
  'apkPage.permissions': 'Vad den ber att få göra',
  'apkPage.noPermissions': 'Den ber inte om något.',
  'apkPage.search': 'Sök behörigheter',
  'apkPage.noneFound': 'Ingen med det namnet',
  'apkPage.older': 'inte den senaste',
  'apkPage.others':
    '{count, plural, one {# enhet har en annan version än den senaste.} other {# enheter har en annan version än den senaste.}}',
  'android.searchApps': 'Sök på namn, paket eller behörighet',
  'android.noSuchApps': 'Ingen app här stämmer.',
}
