import type { Part } from '../en.ts'
import type { compliance as english } from '../en/compliance.ts'

/** Texts of this part of the console. */
export const compliance: Part<typeof english> = {
  'event.rule.added': 'Règle {name} ajoutée',
  'event.rule.changed': 'Règle {name} modifiée',
  'event.rule.removed': 'Règle {name} supprimée',
  'event.verdict.changed':
    '{now, select, violating {Enfreint {name}} grace {Enfreint {name}, dans le délai de grâce} excepted {Exempté de {name}} compliant {Respecte à nouveau {name}} unknown {Respect de {name} inconnu} other {{name} ne s’applique plus}}',
  'event.verdict.responded':
    '{done, select, person {Personne informée au sujet de {name}} admins {Administrateurs informés au sujet de {name}} tag {Étiquette {tag} attribuée pour {name}} restrict {Restreint par l’étiquette {tag} pour {name}} ticket {Ticket pour {name}} lock {Verrouillage envoyé pour {name}} other {Réaction à {name} refusée}}',
  'event.exception.asked': 'Exemption de {name} demandée : {reason}',
  'event.exception.granted': 'Exemption de {name} accordée : {reason}',
  'event.exception.denied': 'Exemption de {name} refusée',
  'event.exception.ended':
    '{early, select, true {Exemption de {name} terminée avant terme} other {Exemption de {name} terminée}}',
  'problem.rule.too-many': 'Il y a autant de règles qu’une organisation peut en avoir.',
  'problem.rule.too-many.next': 'Supprimez les règles qui ne servent plus.',
  'problem.rule.words': 'Une règle ne cherche pas de mots ; elle interroge des champs et des faits.',
  'problem.rule.words.next':
    'Écrivez chaque condition sous la forme champ:valeur, par exemple fact.security.firewall:yes.',
  'problem.rule.unknown': 'Cette règle n’existe pas.',
  'problem.rule.unknown.next': 'Choisissez une règle qui concerne l’appareil.',
  'problem.rule.template-unknown': 'Ce modèle n’existe pas.',
  'problem.rule.template-unknown.next': 'Choisissez des modèles dans la liste.',
  'problem.exception.for-whom': 'Une exemption vaut pour un appareil ou pour une personne.',
  'problem.exception.for-whom.next': 'Indiquez soit l’appareil, soit la personne.',
  'problem.exception.until': 'Toute exemption prend fin dans l’année qui vient.',
  'problem.exception.until.next': 'Choisissez une fin future, dans un an au plus.',
  'problem.exception.decided': 'L’exemption a déjà été tranchée ou est terminée.',
  'problem.exception.decided.next': 'Rechargez la liste pour voir où elle en est.',
  'problem.exception.granted': 'Une exemption existe déjà pour cela.',
  'problem.exception.granted.next': 'Il n’y a rien à faire.',
}
