import type { Part } from '../en.ts'
import type { passkeys as english } from '../en/passkeys.ts'

export const passkeys: Part<typeof english> = {
  'event.passkey.added': 'Passnyckel tillagd: {name}',
  'event.passkey.renamed': 'Passnyckel omdöpt: {from} till {to}',
  'event.passkey.removed': 'Passnyckel borttagen: {name}',
  'event.passkey.used': 'Signerade med passnyckeln {name}',
  'event.passkey.suspected': 'En kopia av passnyckeln {name} har synts; den öppnar inget längre',
  'event.session.proven': 'Visade vem hen är',
  'event.access.ended': 'Alla loggades ut och alla API-nycklar spärrades',
  'event.key.resumed': 'API-nyckeln gäller igen: {name}',
  'problem.step-up.needed': 'Det här kräver att du nyss har visat vem du är.',
  'problem.step-up.needed.next': 'Använd din passnyckel eller skriv en kod, och gör om det inom fem minuter.',
  'problem.step-up.keys-cannot': 'En API-nyckel kan inte göra det här.',
  'problem.step-up.keys-cannot.next': 'Logga in som person; en passnyckel eller en kod efterfrågas.',
  'problem.step-up.refused': 'Koden stämmer inte.',
  'problem.step-up.refused.next': 'Skriv koden som appen visar nu, eller en återställningskod som inte är använd.',
  'problem.passkey.refused': 'Passnyckeln godtogs inte.',
  'problem.passkey.refused.next':
    'Försök igen; frågan kan ha varit öppen för länge. Fungerar det ändå inte, använd ett annat sätt.',
  'problem.passkey.none': 'Du har ingen passnyckel, och den behövs här.',
  'problem.passkey.none.next': 'Lägg till en på din kontosida.',
  'problem.passkey.known': 'Passnyckeln är redan känd.',
  'problem.passkey.known.next': 'Använd den, eller välj en annan enhet.',
  'problem.passkey.too-many': 'Ett konto har högst tjugo passnycklar.',
  'problem.passkey.too-many.next': 'Ta bort en som du inte använder.',
  'problem.passkey.last': 'Inget annat skulle släppa in dig.',
  'problem.passkey.last.next': 'Lägg till en annan passnyckel eller välj ett lösenord först.',
  'problem.passkey.sign-in-again': 'Det är för länge sedan du loggade in för att lägga till den första passnyckeln.',
  'problem.passkey.sign-in-again.next': 'Logga in igen och lägg till den inom fem minuter.',
  'problem.passkey.no-name': 'Passnycklar hör till ett namn, och den här servern är bara känd under en adress.',
  'problem.passkey.no-name.next': 'Ge servern ett namn (MUSTER_URL) som webbläsare når den på.',
}
