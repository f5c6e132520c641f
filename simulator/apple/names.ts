import type { Family } from './hardware.ts'
import type { Random } from './random.ts'

/** The languages people of the virtual world speak. */
export type Language = 'en' | 'fr' | 'sv' | 'ja'

/** A person who owns a virtual device. */
export interface Person {
  givenName: string
  familyName: string
  /** Written the way the language writes it: family name first in Japanese. */
  fullName: string
  /** Latin letters, for mail addresses and account names. */
  shortName: string
  language: Language
}

type Pairs = readonly (readonly [written: string, latin: string])[]

const same = (names: string): Pairs => names.split(' ').map(name => [name, latin(name)] as const)

const given: Record<Language, Pairs> = {
  en: same('Amelia Oliver Priya Jack Chloe Mohammed Grace Declan Zoë Marcus Harriet Tobias Imogen Kwame'),
  fr: same('Camille Éloïse Mathéo Aurélie Benoît Noémie Gaël Inès Loïc Maëlys Théo Françoise Cédric Anaïs'),
  sv: same('Åsa Björn Märta Göran Linnéa Nils Örjan Ebba Håkan Alva Sören Freja Måns Ulrika'),
  ja: [
    ['美咲', 'misaki'],
    ['大輔', 'daisuke'],
    ['陽子', 'yoko'],
    ['健太', 'kenta'],
    ['さくら', 'sakura'],
    ['翔', 'sho'],
    ['由美子', 'yumiko'],
    ['隆', 'takashi'],
    ['葵', 'aoi'],
    ['蓮', 'ren'],
    ['真由美', 'mayumi'],
    ['悠斗', 'yuto'],
  ],
}

const family: Record<Language, Pairs> = {
  en: same("Whitfield O'Connor Patel Ashworth Hughes Okafor Marsh Sinclair Doyle Fenwick Bell Hartley Nguyen"),
  fr: same('Lefèvre Dubois Garçon Moreau Lemaître Besançon Rousseau Hérault Gauthier Châtelain Noël Perrin'),
  sv: same('Sjöberg Åkesson Lindqvist Nyström Bergström Öhman Hedlund Söderlund Ekström Wallin Hägg Norén'),
  ja: [
    ['田中', 'tanaka'],
    ['佐藤', 'sato'],
    ['鈴木', 'suzuki'],
    ['髙橋', 'takahashi'],
    ['渡邉', 'watanabe'],
    ['山本', 'yamamoto'],
    ['中村', 'nakamura'],
    ['小林', 'kobayashi'],
    ['斎藤', 'saito'],
    ['松本', 'matsumoto'],
    ['井上', 'inoue'],
    ['清水', 'shimizu'],
  ],
}

const things: Record<Family, string> = { iPhone: 'iPhone', iPad: 'iPad', Mac: 'MacBook', AppleTV: 'Apple TV' }

/** Somebody of a language, or of any of the four. */
export function person(chance: Random, language: Language = chance.pick(['en', 'fr', 'sv', 'ja'])): Person {
  const [givenName, shortGiven] = chance.pick(given[language])
  const [familyName, shortFamily] = chance.pick(family[language])
  return {
    givenName,
    familyName,
    fullName: language === 'ja' ? `${familyName} ${givenName}` : `${givenName} ${familyName}`,
    shortName: `${shortGiven}.${shortFamily}`,
    language,
  }
}

/** What Setup Assistant would call this person's device. */
export function deviceName(owner: Person, kind: Family): string {
  const thing = things[kind]
  switch (owner.language) {
    case 'en':
      return `${owner.givenName}’s ${thing}`
    case 'fr':
      return /^[AEIOUYÉÈÊÎÏÔH]/i.test(owner.givenName)
        ? `${thing} d’${owner.givenName}`
        : `${thing} de ${owner.givenName}`
    case 'sv':
      return /[sxz]$/i.test(owner.givenName) ? `${owner.givenName} ${thing}` : `${owner.givenName}s ${thing}`
    case 'ja':
      return `${owner.familyName}${owner.givenName}の${thing}`
  }
}

/** The name in plain small letters. */
function latin(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()
}
