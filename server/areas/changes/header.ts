import { fold } from '../../base/text.ts'

/** What a file can be about. */
export const importOf = ['users', 'units', 'devices'] as const
export type ImportOf = (typeof importOf)[number]

/** A column of a file: its title as it stands there, and the field it was taken for; null where it is passed over. */
export interface Column {
  title: string
  field: string | null
}

/**
 * The titles a field goes by, in four languages, beside its own name. Ours come first; the others are what the common personnel systems write.
 * Compared without case, width and spaces.
 */
const titles: Readonly<Record<string, readonly string[]>> = {
  id: ['Id', 'Identifiant'],
  employeeNumber: [
    'number',
    'Employee number',
    'Employee ID',
    'Staff number',
    'Personnel number',
    'Matricule',
    'Numéro d’employé',
    'N° d’employé',
    'Anställningsnummer',
    'Anst.nr',
    '社員番号',
    '従業員番号',
    '職員番号',
  ],
  email: [
    'Mail',
    'E-mail',
    'Email address',
    'E-mail address',
    'Adresse e-mail',
    'Adresse électronique',
    'Courriel',
    'E-post',
    'E-postadress',
    'メール',
    'メールアドレス',
    'Eメール',
  ],
  displayName: [
    'name',
    'Display name',
    'Full name',
    'Nom affiché',
    'Nom complet',
    'Visningsnamn',
    'Namn',
    '氏名',
    '名前',
    '表示名',
  ],
  familyName: ['Last name', 'Family name', 'Surname', 'Nom', 'Nom de famille', 'Efternamn', '姓', '苗字'],
  givenName: ['First name', 'Given name', 'Prénom', 'Förnamn', '名'],
  yomi: [
    'Reading',
    'Phonetic name',
    'Lecture',
    'Läsning',
    'よみ',
    'ふりがな',
    'フリガナ',
    '氏名（カナ）',
    '氏名カナ',
    'カナ氏名',
  ],
  language: ['Language', 'Langue', 'Språk', '言語'],
  unit: [
    'Unit',
    'Department',
    'Organization',
    'Unité',
    'Service',
    'Département',
    'Avdelning',
    'Enhet (organisation)',
    '部署',
    '部門',
    '所属',
    '組織',
  ],
  groups: ['group', 'Groups', 'Groupes', 'Groupe', 'Grupper', 'Grupp', 'グループ'],
  name: [
    'Name',
    'Nom',
    'Namn',
    '名称',
    '名前',
    '部門名',
    '端末名',
    'デバイス名',
    'Device name',
    'Nom de l’appareil',
    'Enhetsnamn',
  ],
  parent: ['Parent', 'Parent unit', 'Unité parente', 'Överordnad', 'Överordnad avdelning', '上位部門', '親部門'],
  serial: ['Serial', 'Serial number', 'Numéro de série', 'Serienummer', 'シリアル番号', 'シリアル', '製造番号'],
  user: [
    'User',
    'Person',
    'Employee',
    'Holder',
    'Utilisateur',
    'Personne',
    'Användare',
    'Person (e-post)',
    '使用者',
    '利用者',
    'ユーザー',
  ],
  asset: [
    'assetTag',
    'Asset tag',
    'Asset',
    'Étiquette d’inventaire',
    'Numéro d’inventaire',
    'Inventarienummer',
    'Inventering',
    '資産番号',
    '管理番号',
  ],
  tags: ['tag', 'Tags', 'Étiquettes', 'Taggar', 'タグ'],
  ownership: ['Ownership', 'Owner', 'Propriété', 'Propriétaire', 'Ägare', 'Ägande', 'Ägarskap', '所有', '所有区分'],
  shared: ['Shared', 'Partagé', 'Delad', '共用'],
}

/** The fields that can be imported of each. */
export const fieldsOf: Readonly<Record<ImportOf, readonly string[]>> = {
  users: [
    'id',
    'employeeNumber',
    'email',
    'displayName',
    'familyName',
    'givenName',
    'yomi',
    'language',
    'unit',
    'groups',
  ],
  units: ['id', 'unit', 'name', 'parent'],
  devices: ['id', 'serial', 'name', 'unit', 'user', 'ownership', 'shared', 'asset', 'tags'],
}

const attribute = /^(?:attribute|attribut|属性)[.:：]\s*(.+)$/iu
const bare = (text: string): string => fold(text).replaceAll(/[\s'’`´]/g, '')

/** The field a title names in a file of this kind: by the field's own name, by one of its titles, or `attribute.floor`. */
export function fieldFor(of: ImportOf, title: string): string | null {
  const looked = bare(title)
  if (looked === '') return null
  const named = attribute.exec(title.normalize('NFKC').trim())
  if (named && of === 'users') return `attribute.${(named[1] ?? '').trim()}`
  const path = of === 'units' && ['path', 'chemin', 'sökväg', 'パス'].includes(looked)
  if (path) return 'unit'
  // The field's own name goes before the titles of others.
  const own = fieldsOf[of].find(f => bare(f) === looked)
  return own ?? fieldsOf[of].find(f => titles[f]?.some(t => bare(t) === looked)) ?? null
}

/** What each title of a head line is taken for: as said by the caller, else by its name. Of two titles for one field the first counts. */
export function columnsFor(of: ImportOf, head: readonly string[], said: Readonly<Record<string, string>>): Column[] {
  const taken = new Set<string>()
  return head.map(raw => {
    const title = raw.trim()
    const wanted = Object.hasOwn(said, title) ? said[title] : fieldFor(of, title)
    const known = wanted !== undefined && wanted !== null && isField(of, wanted) && !taken.has(wanted) ? wanted : null
    if (known !== null) taken.add(known)
    return { title, field: known }
  })
}

/** Whether a file of this kind can have this field. */
export function isField(of: ImportOf, field: string): boolean {
  return fieldsOf[of].includes(field) || (of === 'users' && /^attribute\..+$/.test(field))
}

/** Which of these fields a file must have one of, so that a row can be told from another. */
export function keysOf(of: ImportOf): readonly string[] {
  switch (of) {
    case 'users':
      return ['id', 'employeeNumber', 'email']
    case 'units':
      return ['id', 'unit']
    case 'devices':
      return ['id', 'serial']
  }
}

/** The titles that a file of this kind lacks: one of these must be there. */
export function keysLacking(of: ImportOf, columns: readonly Column[]): readonly string[] {
  const keys = keysOf(of)
  return columns.some(c => c.field !== null && keys.includes(c.field)) ? [] : keys
}
