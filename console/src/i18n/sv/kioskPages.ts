import type { Part } from '../en.ts'
import type { kioskPages as english } from '../en/kioskPages.ts'

export const kioskPages: Part<typeof english> = {
  'kiosk.apps': 'Appar, i hemskärmens ordning',
  'kiosk.appsHint': 'Dra för att ordna, eller använd pilarna. Appar som inte är installerade visas så snart de är det.',
  'kiosk.add': 'Lägg till en app',
  'kiosk.addHint': 'Sök i katalogen eller skriv ett paketnamn som com.android.settings.',
  'kiosk.notFound': 'Ingen app i katalogen heter så. Ett paketnamn har minst en punkt.',
  'kiosk.up': 'Flytta upp {name}',
  'kiosk.down': 'Flytta ner {name}',
  'kiosk.remove': 'Ta bort {name}',
  'kiosk.moved': '{name} är nu nummer {place, number}.',
  'kiosk.empty': 'Ingen app än',
  'kiosk.emptyText': 'En kiosk visar bara de här apparna, så minst en behövs.',
  'kiosk.singleOnly': 'Bara den första appen räknas: med en app framför finns ingen hemskärm.',
  'kiosk.without.home': 'Utan den lämnar man en app bara på dess egen väg tillbaka.',
  'kiosk.without.overview': 'Växla mellan tillåtna appar. Kräver hemknappen.',
  'kiosk.without.notifications': 'Aviseringar kan öppnas från överkanten. Kräver hemknappen.',
  'kiosk.without.system-info': 'Utan det finns varken klocka, batteri eller signal överst.',
  'kiosk.without.power': 'Utan den kan en hängd enhet bara startas om härifrån, eller med ett långt tryck.',
  'kiosk.without.lock-screen': 'Utan den kan den som tar enheten använda den direkt.',
  'kiosk.since': 'Från {version}; dessförinnan kan ingen av dem visas.',
  'kiosk.noWayOut': 'Ingen på plats kan lämna kiosken',
  'kiosk.noWayOutText':
    'Det finns ingen utgångskod. En enhet utan nät förblir som den är tills den raderas för hand: lägg till en kod för den som sköter den.',
  'kiosk.more': 'Utgång och skärm',
  'kiosk.drawing': 'Vad man ser',
  'kiosk.drawingOf': '{device}: {n, plural, =0 {ingen app} one {# app} other {# appar}}',
  'kiosk.drawingHint': 'En teckning av vår agents hemskärm. Genom Google är ordning och utseende Googles.',
  'kiosk.phone': 'Telefon',
  'kiosk.tablet': 'Surfplatta',
}
