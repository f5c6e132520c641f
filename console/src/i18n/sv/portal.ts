import type { Part } from '../en.ts'
import type { portal as english } from '../en/portal.ts'

export const portal: Part<typeof english> = {
  'event.portal.linked': 'Personlig länk skapad ({sent, select, mail {mejlad} other {visad}})',
  'event.portal.entered': 'Öppnade sin egen sida',
  'event.portal.left': 'Lämnade sin egen sida',
  'event.portal.ended': 'Personlig länk och besök avslutade',
  'event.portal.coded': 'Fick en kod med e-post',
  'event.portal.proven': 'Visade vem hen är med en mejlad kod',
  'event.portal.refused': 'Skrev en felaktig kod',
  'event.portal.exported': 'Laddade ner det som finns sparat om hen',
  'problem.portal.no-mail': 'Servern kan inte skicka e-post.',
  'problem.portal.no-mail.next': 'Ställ in e-post (MUSTER_SMTP_URL, MUSTER_MAIL_FROM) eller visa länken i stället.',
  'problem.portal.no-address': 'Ingen e-postadress är känd för personen.',
  'problem.portal.no-address.next': 'Lägg till en, eller visa länken i stället.',
  'problem.portal.code-needed': 'Det här kräver en kod som mejlas till dig.',
  'problem.portal.code-needed.next': 'Be om en kod och skriv in den.',
  'problem.portal.code-refused': 'Koden stämmer inte.',
  'problem.portal.code-refused.next': 'Kontrollera den; efter fem fel eller tio minuter behöver du be om en ny.',
  'portal.title': 'Personlig länk',
  'portal.hint':
    'Öppnar personens egen sida: vad som är känt om enheterna, vem som har tittat och hur en förlust anmäls.',
  'portal.none': 'Ingen länk väntar, och sidan är inte öppen någonstans.',
  'portal.waits': 'En länk väntar på att öppnas till {at}.',
  'portal.open': '{n, plural, one {Öppen i en webbläsare} other {Öppen i # webbläsare}}, senast använd {at}.',
  'portal.mail': 'Mejla en länk',
  'portal.show': 'Visa en länk',
  'portal.end': 'Avsluta',
  'portal.qr': 'QR-kod för den personliga länken',
  'portal.once':
    'Lämna över den nu: den öppnas en gång, till {at}, och visas inte igen. Det som administratörer bara ser med ett skäl är stängt i den tills personen skriver en mejlad kod.',
  'portal.copy': 'Kopiera länken',
  'portal.sent': 'Mejlad till {to}.',
  'portal.no-mail': 'E-post är inte inställd på servern, så en länk kan bara visas.',
  'portal.no-address': 'Ingen e-postadress är känd för personen, så en länk kan bara visas.',
}
