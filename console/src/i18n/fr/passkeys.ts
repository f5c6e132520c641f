import type { Part } from '../en.ts'
import type { passkeys as english } from '../en/passkeys.ts'

export const passkeys: Part<typeof english> = {
  'event.passkey.added': 'Clé d’accès ajoutée : {name}',
  'event.passkey.renamed': 'Clé d’accès renommée : {from} → {to}',
  'event.passkey.removed': 'Clé d’accès supprimée : {name}',
  'event.passkey.used': 'A signé avec la clé d’accès {name}',
  'event.passkey.suspected': 'Une copie de la clé d’accès {name} a été vue ; elle n’ouvre plus rien',
  'event.session.proven': 'A prouvé son identité',
  'event.access.ended': 'Tout le monde a été déconnecté et toutes les clés d’API suspendues',
  'event.key.resumed': 'Clé d’API rétablie : {name}',
  'problem.step-up.needed': 'Cela demande une preuve récente de votre identité.',
  'problem.step-up.needed.next':
    'Utilisez votre clé d’accès ou saisissez un code, puis recommencez dans les cinq minutes.',
  'problem.step-up.keys-cannot': 'Une clé d’API ne peut pas faire cela.',
  'problem.step-up.keys-cannot.next': 'Connectez-vous en personne ; une clé d’accès ou un code sera demandé.',
  'problem.step-up.refused': 'Ce code ne convient pas.',
  'problem.step-up.refused.next':
    'Saisissez le code affiché en ce moment par l’app, ou un code de secours encore inutilisé.',
  'problem.passkey.refused': 'La clé d’accès n’a pas été acceptée.',
  'problem.passkey.refused.next':
    'Réessayez ; la demande est peut-être restée ouverte trop longtemps. Si cela persiste, utilisez un autre moyen.',
  'problem.passkey.none': 'Vous n’avez pas de clé d’accès, et il en faut une ici.',
  'problem.passkey.none.next': 'Ajoutez-en une sur la page de votre compte.',
  'problem.passkey.known': 'Cette clé d’accès est déjà connue.',
  'problem.passkey.known.next': 'Utilisez-la, ou choisissez un autre appareil.',
  'problem.passkey.too-many': 'Un compte a vingt clés d’accès au plus.',
  'problem.passkey.too-many.next': 'Supprimez-en une que vous n’utilisez pas.',
  'problem.passkey.last': 'Rien d’autre ne vous laisserait entrer.',
  'problem.passkey.last.next': 'Ajoutez d’abord une autre clé d’accès ou définissez un mot de passe.',
  'problem.passkey.sign-in-again':
    'Vous vous êtes connecté il y a trop longtemps pour ajouter la première clé d’accès.',
  'problem.passkey.sign-in-again.next': 'Reconnectez-vous et ajoutez-la dans les cinq minutes.',
  'problem.passkey.no-name': 'Les clés d’accès sont liées à un nom, et ce serveur n’est connu que par une adresse.',
  'problem.passkey.no-name.next': 'Donnez au serveur un nom (MUSTER_URL) par lequel les navigateurs l’atteignent.',
}
