import type { Part } from '../en.ts'
import type { previews as english } from '../en/previews.ts'

export const previews: Part<typeof english> = {
  'preview.title': 'Si vous enregistrez',
  'preview.computing': 'Le serveur calcule ce que cela change.',
  'preview.failed': 'L’effet n’a pas pu être calculé. Réessayez ou réduisez la modification.',
  'preview.looked': '{looked, number} sur {of, plural, one {# appareil} other {# appareils}}',
  'preview.nothing':
    '{devices, plural, =0 {Aucun appareil n’est concerné.} one {Le seul appareil atteint reste comme il est.} other {Les # appareils atteints restent comme ils sont.}}',
  'preview.summary':
    '{changed, number} sur {devices, plural, one {# appareil} other {# appareils}} {changed, plural, one {change} other {changent}}. {removed, plural, =0 {Rien n’est retiré.} one {# élément est retiré.} other {# éléments sont retirés.}}',
  'preview.devices': '{n, plural, one {# appareil} other {# appareils}}',
  'preview.people': '{n, plural, one {# personne} other {# personnes}}',
  'preview.added': '{n, plural, one {# ajout} other {# ajouts}}',
  'preview.altered': '{n, plural, one {# changement} other {# changements}}',
  'preview.removed': '{n, plural, one {# retrait} other {# retraits}}',
  'preview.sign.add': 'Ajout',
  'preview.sign.change': 'Change',
  'preview.sign.remove': 'Retrait',
  'preview.item': '{kind} <b>{name}</b>',
  'preview.moreKeys': '{n, plural, one {# autre réglage} other {# autres réglages}}',
  'preview.showDevices': '{n, plural, one {Quel appareil} other {Quels appareils (#)}}',
  'preview.hideDevices': 'Masquer les appareils',
  'preview.allDevices': '{n, plural, one {# de plus} other {# de plus}}',
  'preview.moreGroups':
    '{n, plural, one {# autre groupe d’appareils aux effets identiques, plus petit que ceux-ci.} other {# autres groupes d’appareils aux effets identiques, plus petits que ceux-ci.}}',
  'preview.testFails': 'Le test « {name} » échouerait.',
  'preview.testFailing': '{n, plural, one {Il échoue sur # appareil.} other {Il échoue sur # appareils.}}',
  'testFailure.item-missing': 'n’a pas {item}.',
  'testFailure.item-present': 'a {item}.',
  'testFailure.key-missing': 'ne dit rien de {key}.',
  'testFailure.key-present': 'a {key} : {is}.',
  'testFailure.value': 'a {key} : {is}.',
  'preview.conflict':
    '<b>{names}</b> se contredisent sur le même réglage pour {n, plural, one {# appareil} other {# appareils}}. <b>{winner}</b> est plus proche et l’emporte.',
  'preview.conflictEqual':
    '<b>{names}</b> se contredisent sur le même réglage pour {n, plural, one {# appareil} other {# appareils}}, à égale distance. L’ordre des gabarits décide pour <b>{winner}</b>.',
  'preview.unhonored': '<device>{n, number} {platform}</device> ne peuvent pas tout appliquer : {reason}',
  'gate.mayOverride': 'Vous pouvez enregistrer quand même. Le motif sera consigné au journal sous votre nom.',
  'gate.mayNotOverride':
    'Modifiez la politique pour qu’elle réussisse, ou demandez à quelqu’un qui peut outrepasser les tests.',
  'gate.reason': 'Motif pour enregistrer quand même',
  'gate.removals': '{n, plural, one {# retrait} other {# retraits}}, la limite est de {limit, number}.',
  'gate.removalsText':
    'Cette modification retire plus que d’habitude aux appareils. Regardez d’abord les groupes ci-dessus.',
  'gate.type': 'Pour continuer, saisissez <b>{phrase}</b>',
  'value.none': 'rien',
  'value.empty': 'vide',
  'value.emptyList': 'une liste vide',
  'value.on': 'Activé',
  'value.off': 'Désactivé',
  'value.allowed': 'Autorisé',
  'value.notAllowed': 'Non autorisé',
  'value.entries': '{n, plural, one {# entrée} other {# entrées}}',
  'value.fields': '{n, plural, one {# champ} other {# champs}}',
  'value.secret': 'un secret',
  'value.bytes': '{n, plural, one {# octet} other {# octets}}',
  'value.long': '{n, plural, one {# caractère} other {# caractères}}',
  'value.noLonger': 'plus défini',
}
