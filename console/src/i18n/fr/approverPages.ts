import type { Part } from '../en.ts'
import type { approverPages as english } from '../en/approverPages.ts'

export const approverPages: Part<typeof english> = {
  'approvers.title': 'Approbateurs connus des appareils',
  'approvers.lede':
    'Les appareils de notre agent peuvent exiger l’accord de personnes avant de s’effacer, et le vérifier sans se fier à ce serveur.',
  'approvers.off': 'Les appareils ne demandent à personne.',
  'approvers.offText': 'Qui détient ce serveur peut à lui seul faire effacer tous les appareils.',
  'approvers.on':
    '{need, plural, one {{need, number} personne doit donner son accord, parmi {people, number} que les appareils connaissent.} other {{need, number} personnes doivent donner leur accord, parmi {people, number} que les appareils connaissent.}}',
  'approvers.waiting': 'Une modification attend les personnes que les appareils connaissent.',
  'approvers.waitingText': 'Tant qu’elles n’ont pas assez signé, les appareils s’en tiennent aux précédentes.',
  'approvers.waitingSee': 'Voir la modification',
  'approvers.people': 'Personnes',
  'approvers.peopleText':
    'Toutes les personnes qui peuvent approuver dans toute l’organisation, avec des clés d’accès vieilles d’un jour.',
  'approvers.person': 'Personne',
  'approvers.passkeys': 'Clés d’accès',
  'approvers.standing': 'Connue des appareils',
  'approvers.known': 'Connue',
  'approvers.next': 'À la prochaine modification',
  'approvers.gone': 'Connue, mais ne peut plus approuver',
  'approvers.nameless': 'Administrateur supprimé',
  'approvers.none': 'Personne ne peut encore approuver',
  'approvers.noneText':
    'Faites ajouter une clé d’accès à au moins deux administrateurs qui peuvent approuver partout. Un jour plus tard, elle compte : une session volée ne peut ainsi pas en ajouter une et s’en servir.',
  'approvers.admins': 'Administrateurs et leurs droits',
  'approvers.rule': 'Combien doivent donner leur accord',
  'approvers.select': 'Avant qu’un appareil s’efface, doivent avoir signé',
  'approvers.need.0': 'Personne : les appareils obéissent à ce serveur',
  'approvers.need.some': '{n, plural, one {# personne} other {# personnes}}',
  'approvers.tooFew':
    'Il faut pour cela {need, number} personnes qui peuvent approuver, car personne n’approuve sa propre demande ; il y en a {people, number}.',
  'approvers.edge':
    'Si une seule de ces personnes part, ce qui exige leur accord devient impossible. Ajoutez-en une autre avant d’activer.',
  'approvers.save': 'Informer les appareils',
  'approvers.propose': 'Proposer la modification',
  'approvers.renew': 'Prendre les personnes actuelles',
  'approvers.confirm': 'Indiquer aux appareils à qui demander ?',
  'approvers.confirmOff': 'Ne plus faire demander à personne ?',
  'approvers.confirmFirst':
    'Dès leur prochain contact, les appareils n’acceptent un ordre d’effacement qu’avec ces signatures. Vous ne pouvez pas revenir en arrière à vous seul : assez de personnes connues des appareils doivent signer toute modification ultérieure.',
  'approvers.confirmLater':
    'Rien ne change tant qu’assez de personnes connues des appareils n’ont pas signé : {need, plural, one {# d’entre elles} other {# d’entre elles}}.',
  'approvers.what': 'Ce que cela signifie',
  'approvers.what.erase':
    'Tout ordre d’effacement attend ces signatures, même pour un seul appareil. La ligne de commande du serveur ne peut pas le contourner.',
  'approvers.what.before':
    'Les appareils inscrits avant prennent le premier groupe qu’on leur indique, à leur prochain contact. Ensuite, ils n’acceptent une modification que si les personnes précédentes l’ont approuvée.',
  'approvers.what.asleep':
    'Un appareil qui a manqué plusieurs modifications les reçoit l’une après l’autre, chacune avec ses signatures.',
  'approvers.what.lost':
    'Un appareil perdu se verrouille et se retrouve sans accord. S’il reste trop peu de ces personnes, les appareils ne peuvent plus qu’être effacés à la main ou rendus.',
  'approvers.whom':
    'Seuls les appareils de notre agent vérifient cela. Les iPhone, iPad, Mac et appareils gérés par Google obéissent au service de leur fabricant.',
  'approvers.see': 'Qui doit approuver avant qu’un appareil s’efface',
}
