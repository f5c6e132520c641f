import type { Part } from '../en.ts'
import type { approverPages as english } from '../en/approverPages.ts'

export const approverPages: Part<typeof english> = {
  'approvers.title': 'Godkännare som enheter känner',
  'approvers.lede':
    'Enheter med vår egen agent kan kräva att människor samtycker innan de raderar sig, och kontrollera det utan att lita på servern.',
  'approvers.off': 'Enheter frågar ingen.',
  'approvers.offText': 'Den som har servern kan ensam låta radera alla enheter.',
  'approvers.on':
    '{need, plural, one {En person måste samtycka, av {people, number} som enheter känner.} other {{need, number} personer måste samtycka, av {people, number} som enheter känner.}}',
  'approvers.waiting': 'En ändring väntar på dem som enheter känner.',
  'approvers.waitingText': 'Tills tillräckligt många av dem har signerat frågar enheter de tidigare.',
  'approvers.waitingSee': 'Se ändringen',
  'approvers.people': 'Personer',
  'approvers.peopleText': 'Alla som får godkänna i hela organisationen, med passnycklar som är ett dygn gamla.',
  'approvers.person': 'Person',
  'approvers.passkeys': 'Passnycklar',
  'approvers.standing': 'Känd av enheter',
  'approvers.known': 'Känd',
  'approvers.next': 'Vid nästa ändring',
  'approvers.gone': 'Känd, men får inte längre godkänna',
  'approvers.nameless': 'Borttagen administratör',
  'approvers.none': 'Ingen kan godkänna än',
  'approvers.noneText':
    'Låt minst två administratörer som får godkänna överallt lägga till en passnyckel. Efter ett dygn räknas den: så kan en stulen session inte lägga till en och använda den.',
  'approvers.admins': 'Administratörer och deras rättigheter',
  'approvers.rule': 'Hur många som måste samtycka',
  'approvers.select': 'Innan en enhet raderar sig måste så många ha signerat',
  'approvers.need.0': 'Ingen: enheter lyder servern',
  'approvers.need.some': '{n, plural, one {En person} other {# personer}}',
  'approvers.tooFew':
    'Då behövs {need, number} personer som kan godkänna, eftersom ingen samtycker till det den själv begärt; det finns {people, number}.',
  'approvers.edge':
    'Slutar en enda av dem går det som kräver deras samtycke inte längre att göra. Lägg till en till innan du slår på det.',
  'approvers.save': 'Meddela enheter',
  'approvers.propose': 'Föreslå ändringen',
  'approvers.renew': 'Ta dem som finns nu',
  'approvers.confirm': 'Tala om för enheter vem de ska fråga?',
  'approvers.confirmOff': 'Låta enheter inte fråga någon?',
  'approvers.confirmFirst':
    'Från nästa kontakt tar enheter emot order om radering bara med de här signaturerna. Du kan inte ta tillbaka det ensam: tillräckligt många av dem som enheter känner måste signera varje senare ändring.',
  'approvers.confirmLater':
    'Inget ändras förrän tillräckligt många av dem som enheter nu känner har signerat: {need, plural, one {en av dem} other {# av dem}}.',
  'approvers.what': 'Vad det innebär',
  'approvers.what.erase':
    'Varje order om radering väntar på de här signaturerna, också för en enda enhet. Serverns egen kommandorad kommer inte runt det.',
  'approvers.what.before':
    'Enheter som registrerades innan tar den första uppsättning de får höra om vid nästa kontakt. Sedan tar de en ändring bara om de tidigare personerna bekräftat den.',
  'approvers.what.asleep': 'En enhet som missat flera ändringar får dem en efter en, var och en med sina signaturer.',
  'approvers.what.lost':
    'En borttappad enhet låses och hittas utan någons samtycke. Finns för få av de här personerna kvar kan enheter bara raderas för hand eller släppas.',
  'approvers.whom':
    'Bara enheter med vår egen agent kontrollerar det här. iPhone, iPad, Mac och enheter som hanteras genom Google lyder sin tillverkares tjänst.',
  'approvers.see': 'Vem som måste samtycka innan enheter raderar sig',
}
