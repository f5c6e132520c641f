import type { Part } from '../en.ts'
import type { kioskPages as english } from '../en/kioskPages.ts'

export const kioskPages: Part<typeof english> = {
  'kiosk.apps': 'Apps, dans l’ordre de l’écran d’accueil',
  'kiosk.appsHint':
    'Faites glisser pour ordonner, ou utilisez les flèches. Les apps absentes apparaissent dès leur installation.',
  'kiosk.add': 'Ajouter une app',
  'kiosk.addHint': 'Cherchez dans le catalogue ou saisissez un nom de paquet comme com.android.settings.',
  'kiosk.notFound': 'Aucune app du catalogue ne s’appelle ainsi. Un nom de paquet contient au moins un point.',
  'kiosk.up': 'Monter {name}',
  'kiosk.down': 'Descendre {name}',
  'kiosk.remove': 'Retirer {name}',
  'kiosk.moved': '{name} est maintenant en position {place, number}.',
  'kiosk.empty': 'Pas encore d’app',
  'kiosk.emptyText': 'Un kiosque ne montre que ces apps ; il en faut au moins une.',
  'kiosk.singleOnly': 'Seule la première app compte : avec une seule app devant, il n’y a pas d’écran d’accueil.',
  'kiosk.without.home': 'Sans lui, on ne quitte une app que par son propre retour.',
  'kiosk.without.overview': 'Passer d’une app permise à l’autre. Exige le bouton d’accueil.',
  'kiosk.without.notifications': 'Les notifications s’ouvrent depuis le bord supérieur. Exige le bouton d’accueil.',
  'kiosk.without.system-info': 'Sans elles, ni heure, ni batterie, ni réseau en haut.',
  'kiosk.without.power': 'Sans lui, un appareil figé ne redémarre que d’ici, ou par un appui très long.',
  'kiosk.without.lock-screen': 'Sans lui, qui prend l’appareil peut s’en servir aussitôt.',
  'kiosk.since': 'À partir de {version} ; avant, aucun ne peut s’afficher.',
  'kiosk.noWayOut': 'Personne sur place ne peut quitter le kiosque',
  'kiosk.noWayOutText':
    'Il n’y a pas de code de sortie. Un appareil sans réseau reste ainsi jusqu’à ce qu’on l’efface à la main : ajoutez un code pour la maintenance.',
  'kiosk.more': 'Sortie et écran',
  'kiosk.drawing': 'Ce que l’on voit',
  'kiosk.drawingOf': '{device} : {n, plural, =0 {aucune app} one {# app} other {# apps}}',
  'kiosk.drawingHint':
    'Dessin d’après l’écran d’accueil de notre agent. Par Google, l’ordre et l’aspect sont ceux de Google.',
  'kiosk.phone': 'Téléphone',
  'kiosk.tablet': 'Tablette',
}
